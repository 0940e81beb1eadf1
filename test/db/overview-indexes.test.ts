/** The overview and the counters of live views look at few of 200,000 requests. */
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sumUpDecisionTimes } from '../../src/features/requests/decision-times.repository.ts'
import { countQueue } from '../../src/features/requests/queue.repository.ts'
import { sumUpCounts } from '../../src/features/requests/queue-counts.repository.ts'
import { readOverview } from '../../src/features/requests/requests.overview.repository.ts'
import type { RequestFilter } from '../../src/features/requests/requests.schemas.ts'
import { openDatabase } from '../../src/platform/db/client.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { createPlanReader, type PlanReader } from '../support/plans.ts'

let testDatabase: TestDatabase
let plans: PlanReader

/** Three years of them; 5,000 are open. */
beforeAll(async () => {
  testDatabase = await createTestDatabase()
  const { db, close } = openDatabase(testDatabase.url)
  await db.execute(sql`insert into user_groups (id, name) values (md5('g')::uuid, 'Group')`)
  await db.execute(sql`
    insert into approval_flows (id, name, group_id, approval_type, approval_requirement)
    select md5('f' || n)::uuid, 'Flow ' || n, md5('g')::uuid, 'manual', 'any' from generate_series(0, 49) n`)
  await db.execute(sql`
    insert into access_requests (id, version, status, queue, approval_type, flow_id, flow_name, requester_id, requester_name,
      created_at, updated_at, state, started, awaited_ids, awaited_since)
    select md5('r' || n)::uuid, 1, case when n <= 5000 then 'pending' else (array['approved','denied','canceled'])[1 + n % 3] end,
      (array['administrator','others'])[1 + n % 2], (array['manual','automatic'])[1 + n % 5 / 4], md5('f' || n % 50)::uuid, 'Flow ' || n % 50,
      md5('u' || n)::uuid, 'Person ' || n % 999, moment - interval '1 hour', moment, '{"reason": "because"}'::jsonb, true,
      case when n <= 5000 and n % 2 = 1 then array[md5('u' || n % 20)::uuid] else '{}' end,
      case when n <= 5000 then array[moment] else '{}' end
    from (select n, now() - n * interval '8 minutes' as moment from generate_series(1, 200000) n) as planned`)
  await sumUpCounts(db)
  await sumUpDecisionTimes(db)
  await db.execute(sql`vacuum analyze`)
  await close()
  plans = createPlanReader(testDatabase.url)
})

afterAll(async () => {
  await plans.close()
  await testDatabase.drop()
})

test.each([1, 30, 90, 366])(
  'the overview of %i days looks at open requests, and of the decisions at some weeks',
  async (days) => {
    const { rows, scanned } = await plans.costOf((db) => readOverview(db, { days, timeZone: 'Europe/Berlin' }))

    expect(scanned).not.toContain('access_requests')
    expect(rows).toBeLessThan(50_000)
  },
)

const now = Date.now()
const day = (ago: number) => new Date(now - ago * 86_400_000).toISOString()
const watched: [string, RequestFilter][] = [
  ['nothing', {}],
  ['a status', { status: ['pending', 'error'] }],
  ['a type', { approvalType: ['automatic'] }],
  ['a time', { from: day(40.5), to: day(10.2) }],
]

test.each(watched)(
  'the counters of a live view filtered by %s look at hours of requests at most',
  async (_, filter) => {
    const { rows, scanned } = await plans.costOf((db) => countQueue(db, filter))

    expect(scanned).not.toContain('access_requests')
    expect(rows).toBeLessThan(5000)
  },
)
