/** What is older than the settings say is removed, with its workflow, and the audit log says what. */
import { randomUUID } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { auditEvents } from '../../src/features/audit/audit.table.ts'
import { findRequest } from '../../src/features/requests/requests.repository.ts'
import { settings } from '../../src/features/settings/settings.table.ts'
import { createRetention } from '../../src/main/retention.ts'
import { mails } from '../../src/platform/mail/mail.table.ts'
import { until } from '../support/test-server.ts'
import { openService, type TestService } from '../support/worker-service.ts'

let world: TestService
beforeAll(async () => {
  world = await openService()
})
afterAll(() => world?.close())
beforeEach(async () => {
  await world.superuser.transaction(async (tx) => {
    await tx.execute(sql`set local session_replication_role = replica`)
    await tx.execute(sql`delete from mails`)
  })
})

const removeOld = () => createRetention({ ...world.modules, db: world.db, auditLog: world.audit })()
const set = (values: Partial<typeof settings.$inferInsert>) =>
  world.db.insert(settings).values(values).onConflictDoUpdate({ target: settings.id, set: values })

async function told(): Promise<unknown[]> {
  const rows = await world.db.select().from(auditEvents).where(eq(auditEvents.eventType, 'retention_removal'))
  return rows.map(({ resourceName, changes }) => [resourceName, ...changes.map(({ to }) => to)])
}

async function aMail(name: string, state: 'queued' | 'sent' | 'failed', daysAgo: number): Promise<void> {
  const at = sql`now() - ${daysAgo} * interval '1 day'` as unknown as string
  await world.db.insert(mails).values({
    id: randomUUID(),
    kind: 'access_ended',
    recipientName: name,
    recipientEmail: 'somebody@example.test',
    data: {},
    state,
    createdAt: at,
    nextAttemptAt: '2999-01-01T00:00:00.000Z',
    ...(state === 'sent' ? { sentAt: at } : {}),
  })
}

test('mails go 30 days after they were sent, those that wait stay, and an event names the count', async () => {
  await aMail('old and sent', 'sent', 31)
  await aMail('old and refused', 'failed', 31)
  await aMail('old and waiting', 'queued', 31)
  await aMail('new and sent', 'sent', 29)

  await removeOld()
  await removeOld()

  const left = await world.db.select({ name: mails.recipientName }).from(mails).orderBy(mails.recipientName)
  expect(left.map(({ name }) => name)).toEqual(['new and sent', 'old and waiting'])
  // The schedule of the worker may be due just now, and have taken one of them.
  const removed = (await told()) as [string, number, number][]
  expect(removed.map(([what, , days]) => `${what}: ${days}`)).toEqual(removed.map(() => 'sent mails: 30'))
  expect(removed.map(([, count]) => count).reduce((sum, count) => sum + count)).toBe(2)
})

test('a schedule removes them, once for the installation', async () => {
  await aMail('sent long ago', 'sent', 31)
  const schedule = world.client.schedule.getHandle('remove-old-records')

  // The worker makes it when it begins.
  await until(() => schedule.describe().then(Boolean, () => false))
  const { spec, action } = await schedule.describe()
  await schedule.trigger()
  await until(async () => (await world.db.select().from(mails)).length === 0)

  expect(spec.calendars?.map(({ comment }) => comment)).toEqual(['Every hour'])
  expect(action).toMatchObject({ workflowType: 'removeOldRecords' })
})

test('finished requests are kept unless the settings name days; then they go with their workflows, and do not come back', async () => {
  const manager = await world.addUser()
  const flow = await world.offer()
  const asked = async () => world.ask((await world.addUser({ managerId: manager.id })).id, flow.id)
  const [open, withAccess, denied, ended] = [await asked(), await asked(), await asked(), await asked()]
  await world.commands.decide(withAccess, { by: manager.id, decision: 'approve' }, 'a')
  await world.commands.decide(denied, { by: manager.id, decision: 'deny', reason: 'No.' }, 'b')
  await world.commands.decide(ended, { by: manager.id, decision: 'approve' }, 'c')
  const admin = await world.addUser({ roles: ['admin'] })
  const grant = await world.grantOf(ended)
  await world.grantCommands.revoke(grant?.id as string, { by: admin.id }, 'd')
  await until(async () => (await world.grantOf(ended))?.endedAt !== null)
  await world.superuser.execute(
    sql`update access_requests set created_at = now() - interval '102 days', updated_at = now() - interval '100 days'`,
  )
  await world.superuser.execute(
    sql`update grants set started_at = now() - interval '101 days', ended_at = ended_at - interval '100 days'`,
  )

  await removeOld()
  expect(await world.statusOf(denied)).toBe('denied')
  await set({ finishedRequestDays: 101 })
  await removeOld()
  expect(await world.statusOf(denied)).toBe('denied')
  await set({ finishedRequestDays: 99 })
  // Temporal takes up to a minute to remove a workflow.
  const isGone = async (id: string) => (await findRequest(world.db, id)) === undefined
  await until(async () => {
    await removeOld()
    return (await isGone(denied)) && (await isGone(ended))
  }, 100_000)

  expect(await world.grantOf(ended)).toBeUndefined()
  expect([await world.statusOf(open), await world.statusOf(withAccess)]).toEqual(['pending', 'approved'])
  const removed = (await told()) as [string, number, number][]
  const ofRequests = removed.filter(([what]) => what === 'finished requests').map(([, count]) => count)
  expect(ofRequests.reduce((sum, count) => sum + count)).toBe(2)
  expect((await world.reconciliation.run({ isThorough: true })).differing).toBe(0)
  expect(await isGone(denied)).toBe(true)
  expect((await world.audit.verify(world.db)).fault).toBeNull()
}, 120_000)
