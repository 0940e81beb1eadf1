/** As much as a company has after years, for tests of how lists are read. */
import { createHash } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { DbOrTx } from '../../src/platform/db/columns.ts'

/** The id of one of them by its number, as the database makes it. */
export function idOf(kind: 'user' | 'group' | 'flow' | 'request', number: number): string {
  const hex = createHash('md5').update(`${kind}${number}`).digest('hex')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

/** 4,000 people, 100 groups, 50 flows, 100,000 grants, 200,000 events and 50,000 decided requests. The first group has every third open grant. */
export async function fillLargely(db: DbOrTx): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.execute(sql`set local session_replication_role = replica`)
    await tx.execute(sql`insert into users (id, name, email, department)
      select md5('user' || n)::uuid, 'Person ' || n || ' Name', 'person.' || n || '@example.test', 'Department ' || n % 9 from generate_series(0, 3999) n`)
    await tx.execute(
      sql`insert into user_groups (id, name) select md5('group' || n)::uuid, 'Group ' || n || ' of all' from generate_series(0, 99) n`,
    )
    await tx.execute(sql`insert into approval_flows (id, name, group_id, approval_type, approval_requirement)
      select md5('flow' || n)::uuid, 'Flow ' || n || ' of all', md5('group' || n)::uuid, 'manual', 'any' from generate_series(0, 49) n`)
    await tx.execute(sql`insert into group_members (group_id, user_id)
      select md5('group' || n % 100)::uuid, md5('user' || n)::uuid from generate_series(0, 3999) n`)
    await tx.execute(sql`
      insert into grants (id, access_request_id, flow_id, user_id, group_id, started_at, expires_at, ended_at)
      select md5('grant' || n)::uuid, md5('request' || n)::uuid, md5('flow' || n % 50)::uuid, md5('user' || n * 7 % 4000)::uuid,
        md5('group' || case when n % 6 = 0 then 0 else n % 100 end)::uuid, timestamptz '2024-01-01' + n * interval '10 minutes',
        case when n % 10 = 1 and n > 90000 or n % 4 = 0 then timestamptz '2024-02-01' + n * interval '10 minutes' end,
        case when n % 2 = 0 then timestamptz '2026-01-01' end
      from generate_series(0, 99999) n`)
    await tx.execute(sql`
      insert into audit_events (seq, id, event_type, timestamp, initiated_by_id, initiated_by_type, initiated_by_email, access_request_id,
        resource_type, resource_name, changes, success, source_key, previous_hash, hash)
      select n, md5('event' || n)::uuid, (array['user_update','user_update','user_logout','user_create'])[1 + n % 4],
        timestamptz '2024-01-01' + n * interval '5 minutes', md5('user' || n % 4000)::uuid, 'user', 'person.' || n % 4000 || '@example.test',
        md5('request' || n / 3)::uuid, 'flow', 'Flow ' || n % 50 || ' of all', '[]', true, 'event ' || n, '', ''
      from generate_series(1, 200000) n`)
    await tx.execute(sql`insert into audit_texts (text)
      select distinct lower(t.text) from audit_events cross join lateral (values (initiated_by_email), (resource_name)) as t(text)`)
    await tx.execute(sql`
      insert into access_requests (id, version, status, queue, approval_type, flow_id, flow_name, requester_id, requester_name,
        created_at, updated_at, state, started, decider_ids)
      select md5('request' || n)::uuid, 1, 'denied', 'others', 'manual', md5('flow' || n % 50)::uuid, 'Flow', md5('user' || n % 4000)::uuid,
        'Person', timestamptz '2024-01-01' + n * interval '10 minutes', now(),
        '{"reason": "x", "requester": {"id": "00000000-0000-4000-8000-000000000001"}, "steps": []}'::jsonb, true,
        case when n % 2 = 0 then array[md5('user' || n % 3)::uuid, md5('user' || n % 4000)::uuid] else array[md5('user1')::uuid] end
      from generate_series(1, 50000) n`)
  })
  await db.execute(sql`vacuum analyze`)
}
