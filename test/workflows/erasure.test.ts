/** One person is erased from everything but the facts, and the audit log still proves what it proved. */
import { randomUUID } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { auditEvents } from '../../src/features/audit/audit.table.ts'
import { users } from '../../src/features/directory/users/users.table.ts'
import { accessRequests } from '../../src/features/requests/requests.table.ts'
import { defaultQueueViews, queueViews } from '../../src/features/requests/views/views.table.ts'
import { createErasure } from '../../src/main/erasure.ts'
import { until } from '../support/test-server.ts'
import { openService, type TestService } from '../support/worker-service.ts'

const person = { name: 'Marguerite Oldname', email: 'Marguerite@Example.test' }
const namesake = { name: person.name, email: 'the-other-marguerite@example.test' }
let world: TestService
let id: string
let requestId: string
let namesakeId: string

const erase = (who: string) =>
  createErasure({ db: world.superuser, auditLog: world.audit, newId: randomUUID })(who.toLowerCase())
const suspend = (who: string) => world.db.update(users).set({ state: 'suspended' }).where(eq(users.id, who))

const viewIds = { own: uuidv7(), shared: uuidv7(), ofAnother: uuidv7() }

/** One that only the person sees, one that they share, and one of somebody else that looks for their address. */
async function saveViews(): Promise<void> {
  const search = { requester: person.email, status: 'any' }
  await world.db.insert(queueViews).values([
    { id: viewIds.own, ownerId: id, name: 'Mine', search: {} },
    { id: viewIds.shared, ownerId: id, name: `All of ${person.name}`, search, shared: true },
    { id: viewIds.ofAnother, ownerId: namesakeId, name: 'Looks for somebody', search },
  ])
  await world.db.insert(defaultQueueViews).values({ userId: id, viewId: viewIds.own })
}

beforeAll(async () => {
  world = await openService()
  const manager = await world.addUser()
  const sourceProfile = { userName: person.email, displayName: person.name }
  id = (
    await world.addUser({
      ...person,
      managerId: manager.id,
      department: 'Letters',
      externalId: person.email,
      sourceProfile,
    })
  ).id
  namesakeId = (await world.addUser({ ...namesake, managerId: id })).id
  await saveViews()
  const flow = await world.offer()
  requestId = await world.ask(id, flow.id)
  await world.commands.decide(
    requestId,
    { by: manager.id, decision: 'approve', reason: `For ${person.name}, welcome` },
    'first',
  )
  await world.db.transaction((tx) =>
    world.audit.append(tx, [
      {
        sourceKey: 'told',
        eventType: 'user_update',
        timestamp: new Date().toISOString(),
        initiatedBy: { id, type: 'user', email: person.email },
        resource: { type: 'user', id, name: person.name },
        changes: [
          { field: 'name', from: 'Maggie Maiden', to: person.name },
          { field: 'roles', from: ['admin'], to: [] },
        ],
        origin: { clientIp: '192.0.2.77', userAgent: 'Marguerite/5.0' },
        internalNote: `${person.email} asked for it`,
      },
      {
        sourceKey: 'told of the other',
        eventType: 'user_create',
        timestamp: new Date().toISOString(),
        initiatedBy: { id, type: 'user', email: person.email },
        resource: { type: 'user', id: namesakeId, name: namesake.name },
      },
    ]),
  )
})
afterAll(() => world?.close())

/** Tables that hold a text, in any row and column; not counted where it is part of the namesake's address. */
async function tablesWith(text: string): Promise<string[]> {
  const tables = await world.superuser.execute<{ name: string }>(
    sql`select tablename as name from pg_tables where schemaname = 'public'`,
  )
  const found: string[] = []
  for (const { name } of tables) {
    const [row] = await world.superuser.execute(
      sql`select 1 from ${sql.identifier(name)} one where strpos(replace(lower(one::text), ${namesake.email}, ''), lower(${text})) > 0 limit 1`,
    )
    if (row) found.push(name)
  }
  return found
}

describe('erasing somebody', () => {
  test('is refused while they are active, take part in an open request, or do not exist', async () => {
    await expect(erase(id)).rejects.toThrow(/Suspend this user first/)
    await expect(erase(uuidv7())).rejects.toThrow(/no such user/)
    const open = await world.ask(namesakeId, (await world.offer()).id)
    await suspend(id)
    await until(async () => (await world.grantOf(requestId))?.endedAt !== null)

    await expect(erase(id)).rejects.toThrow(/takes part in 1 open requests/)

    await world.commands.withdraw(open, { by: namesakeId }, 'away')
  })

  test('leaves neither name nor address anywhere, and every fact', async () => {
    const before = await world.rowOf(requestId)
    const mailsBefore = await tablesWith(person.email)

    const counts = await erase(id)

    expect(mailsBefore).toEqual(expect.arrayContaining(['access_requests', 'audit_events', 'mails', 'users']))
    expect(counts).toMatchObject({ requests: 2, events: expect.any(Number) })
    for (const text of [person.email, 'Maggie Maiden', '192.0.2.77', 'Marguerite/5.0'])
      expect([text, await tablesWith(text)]).toEqual([text, []])
    const after = await world.rowOf(requestId)
    expect(after).toMatchObject({
      status: before.status,
      requester: { id, name: 'Erased person', email: `erased-${id}@erased.invalid` },
      decision: { by: { id: before.decision?.by?.id, name: before.decision?.by?.name } },
    })
    const [row] = await world.db.select().from(accessRequests).where(eq(accessRequests.id, requestId))
    expect(row).toMatchObject({ requesterName: 'Erased person', version: before.version })
    expect(JSON.stringify(row?.record)).not.toContain('Oldname')
  })

  test('takes their saved views along; those that are shared stay, and name them no more', async () => {
    const views = await world.db.select().from(queueViews).where(sql`${queueViews.ownerId} is not null`)
    expect(views.map((view) => view.id).sort()).toEqual([viewIds.shared, viewIds.ofAnother].sort())
    expect(views.find((view) => view.id === viewIds.shared)?.name).toMatch(/^All of Erased person \w+$/)
    expect(views.find((view) => view.id === viewIds.ofAnother)?.name).toBe('Looks for somebody')
    for (const { search } of views) expect(search).toEqual({ requester: 'Erased person', status: 'any' })
    expect(await world.db.select().from(defaultQueueViews)).toEqual([])
  })

  test('keeps the chain sound, and an event says what was done', async () => {
    const verdict = await world.audit.verify(world.db)
    expect(verdict).toMatchObject({ fault: null, erased: { initiatedByEmail: expect.any(Number), clientIp: 1 } })
    const [told] = await world.db.select().from(auditEvents).where(eq(auditEvents.sourceKey, 'told'))
    expect(told).toMatchObject({
      initiatedById: id,
      initiatedByEmail: null,
      resourceName: 'Erased person',
      changes: [
        { field: 'name', from: 'Erased person', to: 'Erased person' },
        { field: 'roles', from: ['admin'], to: [] },
      ],
      internalNote: 'Erased person asked for it',
      personalKey: null,
    })
    const [event] = await world.db.select().from(auditEvents).where(eq(auditEvents.eventType, 'user_erase'))
    expect(event).toMatchObject({ resourceId: id, resourceName: 'Erased person', initiatedByType: 'system' })
  })

  test('leaves others alone who have the same name', async () => {
    const [other] = await world.db.select().from(users).where(eq(users.id, namesakeId))
    expect(other).toMatchObject(namesake)
    const [told] = await world.db.select().from(auditEvents).where(eq(auditEvents.sourceKey, 'told of the other'))
    expect(told).toMatchObject({ resourceName: namesake.name, initiatedByEmail: null })
  })

  test('is no difference between rows and workflows', async () => {
    expect(await world.reconciliation.run({ isThorough: true, isCheck: true })).toMatchObject({ differing: 0 })
  })
})

describe('somebody who erases in the database by hand is found', () => {
  const undo = new Error('undo')
  async function faultAfter(...statements: string[]) {
    let fault: string | undefined
    await world.superuser
      .transaction(async (tx) => {
        await tx.execute(sql`set local session_replication_role = replica`)
        for (const statement of statements) await tx.execute(sql.raw(statement))
        fault = (await world.audit.verify(tx)).fault?.fault
        throw undo
      })
      .catch((error: unknown) => {
        if (error !== undo) throw error
      })
    return fault
  }
  const theirs = `source_key = 'told'`
  const untouched = `seq = (select min(seq) from audit_events where erased is null and initiated_by_email is not null)`

  test('without a mark', async () => {
    const fault = 'a name, an address or a text of this row was changed'
    expect(await faultAfter(`update audit_events set initiated_by_email = null where ${untouched}`)).toBe(fault)
    expect(
      await faultAfter(`update audit_events set initiated_by_email = null, personal_key = null where ${untouched}`),
    ).toBe(fault)
  })

  test('with the mark of another row', async () => {
    const fault = await faultAfter(
      `update audit_events set initiated_by_email = null, personal_key = null,
        erased = (select erased from audit_events where ${theirs}) where ${untouched}`,
    )
    expect(fault).toBe('a name, an address or a text of this row was changed')
  })

  test('by writing something else where something was erased', async () => {
    for (const change of [
      `initiated_by_email = 'mallory@example.test'`,
      `changes = '[]'`,
      `erased = jsonb_set(erased, '{fields}', '[]')`,
      `success = false`,
    ])
      expect(await faultAfter(`update audit_events set ${change} where ${theirs}`)).toMatch(/was changed/)
  })

  test('with the key of the chain, and no event that says so', async () => {
    let fault: string | undefined
    await world.superuser
      .transaction(async (tx) => {
        const them = { id: namesakeId, words: [namesake.email] }
        await world.audit.erase(tx, { person: them, erasure: randomUUID(), requestIds: [] })
        fault = (await world.audit.verify(tx)).fault?.fault
        throw undo
      })
      .catch((error: unknown) => {
        if (error !== undo) throw error
      })
    expect(fault).toBe('fields of this row were erased, and no event says so')
  })

  test('by taking away the event of the erasure', async () => {
    const fault = await faultAfter(
      `delete from audit_events where seq >= (select max(seq) from audit_events where event_type = 'user_erase')`,
      `update audit_head set seq = (select max(seq) from audit_events),
        hash = (select hash from audit_events order by seq desc limit 1)`,
    )
    expect(fault).toBe('the end of the chain was changed')
  })
})

test('the trigger lets an erasure change the personal part and nothing else', async () => {
  const attempt = (statement: string) =>
    world.superuser.transaction(async (tx) => {
      await tx.execute(sql`set local gatehouse.erasure = 'on'`)
      await tx.execute(sql.raw(statement))
    })
  for (const statement of [
    'update audit_events set success = not success',
    `update audit_events set hash = '\\x00'`,
    'delete from audit_events',
    'truncate audit_events',
  ])
    await expect(attempt(statement)).rejects.toMatchObject({
      cause: expect.objectContaining({ message: expect.stringContaining('append-only') }),
    })
})
