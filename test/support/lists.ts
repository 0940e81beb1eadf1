/** A small company for tests of lists: few names, which share words, and rows of which many share a moment. */
import { type SQL, sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import type { DbOrTx } from '../../src/platform/db/columns.ts'

const at = <T>(list: readonly T[], n: number): T => list[n % list.length] as T
const begin = Date.parse('2026-03-01T00:00:00.000Z')
const moment = (n: number) => new Date(begin + n * 60_000).toISOString()

const names = ['Zoë Quist', 'Ana Tan', 'Björn Olsen', 'ana tan', 'Chloé Dubois', 'Li', 'O_log Änder', 'Zed 100%']
export const people = Array.from({ length: 60 }, (_, n) => ({
  id: uuidv7(),
  name: at(names, n),
  email: `person.${n}@example.test`,
  department: n % 3 === 0 ? null : at(['Finance', 'Tan Works'], n),
}))
export const groups = ['Figma', 'Access_log', 'Zed 100%', 'Nobody is in it'].map((name) => ({ id: uuidv7(), name }))
export const flows = ['Figma', 'figma', 'Émile', 'Zed 100%', 'Access_log'].map((name) => ({ id: uuidv7(), name }))
export const members = people
  .filter((_, n) => n % 4 === 0)
  .map(({ id }, n) => ({ userId: id, groupId: at(groups, n % 3).id }))
export const grants = Array.from({ length: 300 }, (_, n) => ({
  id: uuidv7(),
  user: at(people, n * 7),
  flow: at(flows, n),
  group: at(groups, (n * 5) % 3),
  startedAt: moment(n >> 1),
  expiresAt: n % 3 === 0 ? moment(5000 + n) : null,
  endedAt: n % 2 === 0 ? moment(6000) : null,
}))
/** Those of one person often, of others as second or later. */
export const requests = Array.from({ length: 200 }, (_, n) => ({
  id: uuidv7(),
  requester: at(people, n),
  createdAt: moment(n >> 1),
  deciderIds: [0, 1, 2, 3]
    .filter((place) => n % 5 > place)
    .map((place) => at(people, n % 2 === 0 ? place : n + place).id),
}))

/** Their rows, in an empty database. */
export async function fillLists(db: DbOrTx): Promise<void> {
  const insert = (into: SQL, rows: readonly object[], columns: string) =>
    db.execute(
      sql`insert into ${into} select * from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as row(${sql.raw(columns)})`,
    )
  await insert(sql`users (id, name, email, department)`, people, 'id uuid, name text, email text, department text')
  await insert(sql`user_groups (id, name)`, groups, 'id uuid, name text')
  for (const { id, name } of flows)
    await db.execute(sql`insert into approval_flows (id, name, group_id, approval_type, approval_requirement)
      values (${id}, ${name}, ${at(groups, 0).id}, 'manual', 'any')`)
  await insert(sql`group_members (user_id, group_id)`, members, '"userId" uuid, "groupId" uuid')
  await insert(
    sql`grants (id, access_request_id, flow_id, user_id, group_id, started_at, expires_at, ended_at)`,
    grants.map((one) => ({
      ...one,
      requestId: uuidv7(),
      flowId: one.flow.id,
      userId: one.user.id,
      groupId: one.group.id,
    })),
    'id uuid, "requestId" uuid, "flowId" uuid, "userId" uuid, "groupId" uuid, "startedAt" timestamptz, "expiresAt" timestamptz, "endedAt" timestamptz',
  )
  for (const { id, requester, createdAt, deciderIds } of requests)
    await db.execute(sql`
      insert into access_requests (id, version, status, queue, approval_type, flow_id, flow_name, requester_id, requester_name,
        created_at, updated_at, state, started, decider_ids)
      values (${id}, 1, 'denied', 'others', 'manual', ${at(flows, 0).id}, 'Figma', ${requester.id}, ${requester.name}, ${createdAt},
        ${createdAt}, ${JSON.stringify({ reason: 'x', requester: { ...requester, manager: null }, steps: [] })}::text::jsonb, true,
        ${`{${deciderIds.join(',')}}`}::uuid[])`)
}
