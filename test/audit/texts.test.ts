/** What the audit log is searched by: each text once, as long as an event has it. */
import { sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeEach, expect, test } from 'vitest'
import type { AuditEntry } from '../../src/domain/audit-entry.ts'
import { startTestApp, type TestApp } from '../support/app.ts'

let app: TestApp | undefined
beforeEach(async () => {
  await app?.close()
  app = await startTestApp()
})
afterAll(() => app?.close())

const entry = (name: string, errorMessage: string | null = null): AuditEntry => ({
  sourceKey: uuidv7(),
  eventType: 'user_update',
  timestamp: '2026-03-01T10:00:00.000Z',
  initiatedBy: { id: uuidv7(), type: 'user', email: 'Somebody@Example.test' },
  resource: { type: 'user', id: uuidv7(), name },
  errorMessage,
})

async function record({ db, auditLog }: TestApp, ...entries: AuditEntry[]): Promise<void> {
  await db.transaction((tx) => auditLog.append(tx, entries))
}

async function textsOf({ db }: TestApp): Promise<string[]> {
  const rows = await db.execute<{ text: string }>(sql`select text from audit_texts`)
  return rows.map(({ text }) => text)
}

test('a text is there once, in small letters and cut where it is too long for an index', async () => {
  const now = app as TestApp
  await record(now, entry('Zoë'), entry('ZOË', `No ${'x'.repeat(9000)}`))
  await record(now, entry('zoë'))

  const texts = (await textsOf(now)).filter((text) => /zoë|somebody|no x/.test(text)).sort()

  expect(texts).toEqual([`no ${'x'.repeat(497)}`, 'somebody@example.test', 'zoë'])
})

test('a text that is erased goes with the last event that has it, and what stands there then is found', async () => {
  const now = app as TestApp
  await record(now, entry('Zoë Quartz'), entry('Zoë Quartz'))
  const erase = (which: string) =>
    now.superuser.transaction(async (tx) => {
      await tx.execute(sql`set local gatehouse.erasure = 'on'`)
      await tx.execute(sql`update audit_events set resource_name = 'Erased user' where seq = (
        select ${sql.raw(which)}(seq) from audit_events where resource_name = 'Zoë Quartz')`)
    })

  await erase('min')
  expect(await textsOf(now)).toEqual(expect.arrayContaining(['zoë quartz', 'erased user']))
  await erase('min')
  expect(await textsOf(now)).not.toContain('zoë quartz')
})

test('a text goes with the events that retention removes', async () => {
  const now = app as TestApp
  await record(now, entry('Only old'), entry('Of both'))
  await record(now, entry('Of both'))

  await now.superuser.transaction(async (tx) => {
    await tx.execute(sql`select set_config('gatehouse.retention', 'on', true)`)
    await tx.execute(sql`delete from audit_events where timestamp = '2026-03-01T10:00:00.000Z'
      and seq < (select max(seq) from audit_events)`)
  })

  const texts = await textsOf(now)
  expect(texts).toContain('of both')
  expect(texts).not.toContain('only old')
})

test('the service adds texts and takes none away', async () => {
  const now = app as TestApp
  const refused = (statement: string) =>
    expect(now.db.execute(sql.raw(statement))).rejects.toMatchObject({
      cause: expect.objectContaining({ code: '42501' }),
    })
  await refused('delete from audit_texts')
  await refused(`update audit_texts set text = 'x'`)
})
