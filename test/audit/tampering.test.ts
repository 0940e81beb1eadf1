/** Whoever changes the audit log by SQL is found, and the first row that does not fit is named. */
import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DbOrTx } from '../../src/platform/db/columns.ts'
import { startTestApp, type TestApp } from '../support/app.ts'

const rows = 60
let app: TestApp

beforeAll(async () => {
  app = await startTestApp()
  const { lastSeq } = await end()
  const entries = Array.from({ length: rows - lastSeq }, (_, index) => ({
    sourceKey: uuidv7(),
    eventType: 'user_update' as const,
    timestamp: '2026-03-01T10:00:00.000Z',
    initiatedBy: { id: uuidv7(), type: 'user' as const, email: `user-${index}@example.test` },
    resource: { type: 'user' as const, id: uuidv7(), name: `User ${index}` },
    internalNote: `note ${index}`,
  }))
  await app.db.transaction((tx) => app.auditLog.append(tx, entries))
})
afterAll(() => app.close())

async function end(): Promise<{ lastSeq: number }> {
  const [row] = await app.db.execute<{ last: number }>(sql`select coalesce(max(seq), 0)::int as last from audit_events`)
  return { lastSeq: row?.last ?? 0 }
}

class Undo extends Error {}

/** Tampers without the triggers, looks, and takes it back. */
async function verdictOn(tamper: (tx: DbOrTx) => Promise<unknown>) {
  let verdict: Awaited<ReturnType<typeof app.auditLog.verify>> | undefined
  await app.superuser
    .transaction(async (tx) => {
      await tx.execute(sql`set local session_replication_role = replica`)
      await tamper(tx)
      verdict = await app.auditLog.verify(tx)
      throw new Undo()
    })
    .catch((error: unknown) => {
      if (!(error instanceof Undo)) throw error
    })
  return verdict?.fault ?? null
}

/** Each changes whatever row it meets: one that left a row as it is would be found nowhere, and rightly so. */
const edits = [
  sql`event_type = event_type || 'x'`,
  sql`timestamp = timestamp + interval '1 millisecond'`,
  sql`initiated_by_id = gen_random_uuid()`,
  sql`initiated_by_email = 'somebody@else.test'`,
  sql`access_request_id = gen_random_uuid()`,
  sql`resource_name = case when resource_name is null then 'x' end`,
  sql`changes = '[{"field":"status","from":null,"to":7}]'`,
  sql`changes = '[{"field":"status","from":"denied","to":"approved"}]'`,
  sql`client_ip = '192.0.2.9'`,
  sql`success = not success`,
  sql`error_message = 'no'`,
  sql`internal_note = case when internal_note is null then 'x' end`,
  sql`source_key = source_key || 'x'`,
  sql`user_agent = case when user_agent is null then 'x' end`,
  sql`search_text = 'x'`,
  sql`format = 1`,
  sql`personal_digest = hash`,
  sql`personal_key = null`,
  sql`personal_key = null, erased = '{"erasures": ["x"], "fields": ["resourceName"], "mark": "x"}', resource_name = null`,
  sql`changes = '7'`,
  sql`previous_hash = hash`,
  sql`hash = previous_hash`,
]

const place = fc.integer({ min: 1, max: rows })
const tampering = fc.oneof(
  fc.record({ kind: fc.constant('edit' as const), at: place, edit: fc.constantFrom(...edits) }),
  fc.record({ kind: fc.constant('delete' as const), at: place }),
  fc.record({ kind: fc.constant('swap' as const), at: fc.integer({ min: 1, max: rows - 1 }) }),
  fc.record({ kind: fc.constant('insert' as const), at: place }),
  fc.record({ kind: fc.constant('truncate' as const), at: place }),
)

type Tampering = typeof tampering extends fc.Arbitrary<infer T> ? T : never

async function carryOut(tx: DbOrTx, change: Tampering): Promise<unknown> {
  const { at } = change
  if (change.kind === 'edit') return tx.execute(sql`update audit_events set ${change.edit} where seq = ${at}`)
  if (change.kind === 'delete') return tx.execute(sql`delete from audit_events where seq = ${at}`)
  if (change.kind === 'truncate') return tx.execute(sql`delete from audit_events where seq >= ${at}`)
  if (change.kind === 'swap') {
    await tx.execute(sql`update audit_events set seq = -1 where seq = ${at}`)
    await tx.execute(sql`update audit_events set seq = ${at} where seq = ${at + 1}`)
    return tx.execute(sql`update audit_events set seq = ${at + 1} where seq = -1`)
  }
  await tx.execute(sql`update audit_events set seq = -seq where seq >= ${at}`)
  await tx.execute(sql`update audit_events set seq = 1 - seq where seq < 0`)
  return tx.execute(sql`
    insert into audit_events
    select (jsonb_populate_record(one, jsonb_build_object('seq', ${at}::int, 'id', gen_random_uuid(), 'source_key', 'forged'))).*
    from audit_events one where seq = ${at + 1}`)
}

test('every edit, deletion, swap, insertion and truncation is found at its first row', async () => {
  await fc.assert(
    fc.asyncProperty(tampering, async (change) => {
      const fault = await verdictOn((tx) => carryOut(tx, change))

      expect(fault?.seq).toBe(change.at)
    }),
    { numRuns: 150 },
  )
})

test('a chain whose end was cut off, with its head put back to fit, is found', async () => {
  const fault = await verdictOn(async (tx) => {
    await tx.execute(sql`delete from audit_events where seq > 10`)
    await tx.execute(sql`update audit_head set seq = 10, hash = (select hash from audit_events where seq = 10)`)
  })

  expect(fault?.fault).toBe('the end of the chain was changed')
})

test('an old end of the chain, put back while the rows after it stay, is found', async () => {
  const fault = await verdictOn(async (tx) => {
    await tx.execute(sql`create temporary table old_head as select * from audit_head`)
    const entry = { eventType: 'user_update' as const, timestamp: '2026-03-01T10:00:00.000Z', sourceKey: 'one more' }
    const system = { id: null, type: 'system' as const, email: null }
    const resource = { type: 'user', id: null, name: 'User' }
    await app.auditLog.append(tx, [{ ...entry, initiatedBy: system, resource }])
    await tx.execute(sql`update audit_head set (seq, hash, mac) = (select seq, hash, mac from old_head)`)
  })

  expect(fault).toEqual({ seq: rows + 1, fault: 'an old end of the chain was put back, and rows after it were left' })
})

test('the triggers refuse to change, remove or empty it', async () => {
  for (const statement of [
    'update audit_events set success = false',
    'delete from audit_events',
    'truncate audit_events',
  ])
    await expect(app.superuser.execute(sql.raw(statement))).rejects.toMatchObject({
      cause: expect.objectContaining({ message: expect.stringContaining('append-only') }),
    })
  expect(await app.auditLog.verify(app.db)).toMatchObject({ rows, fault: null })
})
