/** Old events go as the settings say, from the beginning of the log only; what is left still verifies, and every other cut is found. */
import { sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import {
  isCheckpointHeld,
  listCheckpoints,
  makeCheckpoint,
} from '../../src/features/audit/audit.checkpoints.repository.ts'
import { settings } from '../../src/features/settings/settings.table.ts'
import { createRetention } from '../../src/main/retention.ts'
import { startTestApp, type TestApp } from '../support/app.ts'

let app: TestApp

async function add(count: number): Promise<void> {
  const entries = Array.from({ length: count }, (_, index) => ({
    sourceKey: uuidv7(),
    eventType: 'user_update' as const,
    timestamp: new Date().toISOString(),
    initiatedBy: { id: uuidv7(), type: 'user' as const, email: `user-${index}@example.test` },
    resource: { type: 'user', id: uuidv7(), name: `User ${index}` },
  }))
  await app.db.transaction((tx) => app.auditLog.append(tx, entries))
}

const checkpoint = async () => (await makeCheckpoint(app.db, app)).checkpoint

/** Rows 1 to 20 are 60 days old, 21 to 30 are 40, 31 to 40 are new; a checkpoint after each part, and one after row 10. */
beforeEach(async () => {
  const now = Date.now()
  const at = (days: number) => vi.setSystemTime(now - days * 24 * 60 * 60 * 1000)
  vi.useFakeTimers({ toFake: ['Date'] })
  at(60)
  app = await startTestApp()
  const last = await lastRow()
  await add(10 - last)
  await checkpoint()
  await add(10)
  await checkpoint()
  at(40)
  await add(10)
  await checkpoint()
  await app.superuser.execute(sql`create table old_head as select * from audit_head`)
  vi.useRealTimers()
  await add(10)
  await checkpoint()
})
afterEach(() => app.close())

async function lastRow(): Promise<number> {
  const [row] = await app.db.execute<{ last: number }>(sql`select coalesce(max(seq), 0)::int as last from audit_events`)
  return row?.last ?? 0
}

async function firstRow(): Promise<number> {
  const [row] = await app.db.execute<{ first: number }>(sql`select min(seq)::int as first from audit_events`)
  return row?.first ?? 0
}

async function removeOlderThan(days: number | null): Promise<void> {
  const values = { auditEventDays: days }
  await app.db.insert(settings).values(values).onConflictDoUpdate({ target: settings.id, set: values })
  // Requests are kept, so Temporal is not asked.
  await createRetention({
    db: app.db,
    requests: undefined as never,
    grants: undefined as never,
    auditLog: app.auditLog,
  })()
}

const verify = (others: Awaited<ReturnType<typeof checkpoint>>[] = []) =>
  app.auditLog.verify(
    app.db,
    others.map((one) => ({ checkpoint: one, source: 'the file' })),
  )
const faultOf = async () => (await verify()).fault

/** As somebody who may do anything in the database, triggers off. */
async function tamper(...statements: string[]): Promise<void> {
  await app.superuser.transaction(async (tx) => {
    await tx.execute(sql`set local session_replication_role = replica`)
    for (const statement of statements) await tx.execute(sql.raw(statement))
  })
}

describe('old events', () => {
  test('are kept for ever at first', async () => {
    await removeOlderThan(null)

    expect(await firstRow()).toBe(1)
  })

  test('go up to the newest checkpoint that is old enough; an event says which, and the log is sound', async () => {
    await removeOlderThan(50)
    await removeOlderThan(50)

    const [event] = await app.db.execute(
      sql`select resource_name, changes from audit_events where seq > 40 and event_type = 'retention_removal'`,
    )
    expect(event).toEqual({
      resource_name: 'audit events',
      changes: [
        { field: 'removed', from: null, to: 20 },
        { field: 'older_than_days', from: null, to: 50 },
        { field: 'from_sequence', from: null, to: 1 },
        { field: 'to_sequence', from: null, to: 20 },
      ],
    })
    expect([await firstRow(), await lastRow()]).toEqual([21, 41])
    expect(await verify()).toMatchObject({ rows: 21, removed: 20, fault: null })
  })

  test('go again later, when the event of the removal before is one of the many', async () => {
    await removeOlderThan(50)
    await removeOlderThan(35)
    await add(1)

    expect(await firstRow()).toBe(31)
    expect(await verify()).toMatchObject({ removed: 30, fault: null })
  })

  test('go though they are all there is: the event that says so is left', async () => {
    // As if nothing had happened for 40 days.
    await tamper(
      'delete from audit_events where seq > 30',
      'delete from audit_checkpoints where sequence > 30',
      'delete from audit_head',
      'insert into audit_head select * from old_head',
    )
    await removeOlderThan(30)

    expect([await firstRow(), await lastRow()]).toEqual([31, 31])
    expect(await verify()).toMatchObject({ rows: 1, removed: 30, fault: null })
  })

  test('leave their checkpoints, which are still held against their signature', async () => {
    const [last, , second] = await listCheckpoints(app.db)
    await removeOlderThan(50)

    expect((await listCheckpoints(app.db)).map(({ sequence }) => sequence)).toEqual([40, 30, 20, 10])
    expect((await verify(await listCheckpoints(app.db))).fault).toBeNull()
    const changed = { ...(second as NonNullable<typeof second>), sequence: 5 }
    expect((await verify([changed])).fault?.fault).toMatch(/in the file is not signed by this service/)
    expect(await isCheckpointHeld(app.db, last as NonNullable<typeof last>)).toBe(true)
    expect(await isCheckpointHeld(app.db, second as NonNullable<typeof second>)).toBe(true)
  })
})

describe('is found:', () => {
  test('a beginning that was cut without the event', async () => {
    await tamper('delete from audit_events where seq <= 20')

    expect(await faultOf()).toEqual({ seq: 1, fault: 'rows up to 20 were removed' })
    expect(await isCheckpointHeld(app.db, (await listCheckpoints(app.db))[2] as never)).toBe(false)
  })

  test('a beginning that was cut at no checkpoint', async () => {
    await tamper('delete from audit_events where seq <= 15')

    expect(await faultOf()).toEqual({ seq: 1, fault: 'rows up to 15 were removed' })
  })

  test('more cut than the event says', async () => {
    await removeOlderThan(50)
    await tamper('delete from audit_events where seq <= 30')

    expect(await faultOf()).toEqual({
      seq: 1,
      fault: 'rows up to 30 were removed, and the log says so of rows up to 20 only',
    })
  })

  test('an event that somebody without the key put in or changed', async () => {
    await removeOlderThan(50)
    await tamper(
      'delete from audit_events where seq <= 30',
      `update audit_events set source_key = 'retention_removal:audit-events:30' where seq = 41`,
    )

    expect(await faultOf()).toEqual({ seq: 41, fault: 'this row was changed or put in' })
  })

  test('a checkpoint for the cut that this service did not sign', async () => {
    await removeOlderThan(50)
    await tamper(
      `update audit_checkpoints set signature = '\\x00' where sequence = 20`,
      'delete from audit_checkpoints where sequence = 10',
    )

    expect(await faultOf()).toEqual({ seq: 1, fault: 'rows up to 20 were removed' })
  })

  test('another beginning than the one that the checkpoint names', async () => {
    await removeOlderThan(50)
    await tamper(`update audit_events set previous_hash = '\\x00' where seq = 21`)

    expect((await faultOf())?.fault).toMatch(/names another row here/)
  })

  test('a row in the middle that was removed later', async () => {
    await removeOlderThan(50)
    await tamper('delete from audit_events where seq = 25')

    expect(await faultOf()).toEqual({ seq: 25, fault: 'this row was removed' })
  })

  test('a row before the first', async () => {
    await tamper(`insert into audit_events select (jsonb_populate_record(one,
      '{"seq": 0, "id": "00000000-0000-4000-8000-000000000001", "source_key": "forged"}')).* from audit_events one where seq = 1`)

    expect(await faultOf()).toEqual({ seq: 0, fault: 'this row was changed or put in' })
  })
})

describe('recent events stay', () => {
  test('when their times were set back, so that the service would remove them itself', async () => {
    await tamper(`update audit_events set timestamp = '2020-01-01'`)
    await removeOlderThan(30)

    expect([await firstRow(), await lastRow()]).toEqual([31, 41])
  })

  test.each([
    ['at a checkpoint that is not there', 25, /only be cut at a checkpoint that is older than 30 days/],
    ['at a recent checkpoint', 40, /only be cut at a checkpoint that is older than 30 days/],
  ])("whatever the service's role asks for: %s", async (_where, upTo, message) => {
    await expect(app.db.execute(sql`select remove_audit_events(${upTo})`)).rejects.toMatchObject({
      cause: expect.objectContaining({ code: '42501', message: expect.stringMatching(message) }),
    })
    expect(await firstRow()).toBe(1)
  })

  test("when the service's role makes a checkpoint that seems old", async () => {
    await add(1)
    await app.db.execute(sql`insert into audit_checkpoints (sequence, hash, signed_at, signature)
      select seq, hash, now() - interval '90 days', '\\x00' from audit_events where seq = 41`)

    await expect(app.db.execute(sql`select remove_audit_events(41)`)).rejects.toMatchObject({
      cause: expect.objectContaining({ message: 'events that are younger than 30 days cannot be removed' }),
    })
  })

  test('when somebody deletes them with the setting of the function on: no role may, and the trigger looks at their age', async () => {
    const deleting = (db: typeof app.db) =>
      db.transaction(async (tx) => {
        await tx.execute(sql`set local gatehouse.retention = 'on'`)
        await tx.execute(sql`delete from audit_events where seq > 30`)
      })

    await expect(deleting(app.db)).rejects.toMatchObject({ cause: expect.objectContaining({ code: '42501' }) })
    await expect(deleting(app.superuser)).rejects.toMatchObject({
      cause: expect.objectContaining({ message: expect.stringContaining('append-only') }),
    })
  })

  test("what the service's role removes by the function without saying so is found", async () => {
    await app.db.execute(sql`select remove_audit_events(20)`)

    expect(await faultOf()).toEqual({ seq: 1, fault: 'rows up to 20 were removed' })
  })
})
