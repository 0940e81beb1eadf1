/** The service's own role adds to the audit log, and can do nothing else to it. */
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeCheckpoint } from '../../src/features/audit/audit.checkpoints.repository.ts'
import { mayChangeLog } from '../../src/features/audit/audit.privileges.repository.ts'
import { startTestApp, type TestApp } from '../support/app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
  await makeCheckpoint(app.db, app)
})
afterAll(() => app.close())

const refused = [
  'update audit_events set success = false',
  'delete from audit_events',
  'truncate audit_events',
  'update audit_checkpoints set sequence = 9',
  'delete from audit_checkpoints',
  'truncate audit_checkpoints',
  'delete from audit_head',
  'truncate audit_head',
  'delete from audit_signing_key',
  `update audit_signing_key set public_key = '\\x00'`,
  'alter table audit_events disable trigger all',
  'drop trigger audit_events_no_change on audit_events',
  'create or replace function audit_events_append_only() returns trigger language plpgsql as $$ begin return new; end $$',
  'drop table audit_events',
  'create table mine (x int)',
  'alter table users add column mine int',
  'set session_replication_role = replica',
  'set role gatehouse_owner',
  'alter role gatehouse_app superuser',
  `copy (select 1) to program 'true'`,
]

test.each(refused)('is refused: %s', async (statement) => {
  await expect(app.db.execute(sql.raw(statement))).rejects.toMatchObject({
    cause: expect.objectContaining({ code: '42501' }),
  })
})

test('it knows that it may not change the log, and that its owner could', async () => {
  expect(await mayChangeLog(app.db)).toBe(false)
  expect(await mayChangeLog(app.superuser)).toBe(true)
})

test('the log is as it was', async () => {
  expect(await app.auditLog.verify(app.db)).toMatchObject({ fault: null, checkpoints: 1 })
})
