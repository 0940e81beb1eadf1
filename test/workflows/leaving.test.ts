/** Somebody leaves while requests wait for them and of them: what goes on, with whom, and what is told of it afterwards. */
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { users } from '../../src/features/directory/users/users.table.ts'
import { readLeaving } from '../../src/features/leaving/leaving.repository.ts'
import { mails } from '../../src/platform/mail/mail.table.ts'
import { openService, type TestService } from '../support/worker-service.ts'

let world: TestService
beforeAll(async () => {
  world = await openService()
})
afterAll(() => world?.close())

const change = (id: string, fields: Partial<typeof users.$inferInsert>) =>
  world.db.update(users).set(fields).where(eq(users.id, id))
const statusOf = (id: string) => world.statusOf(id)
const soon = { timeout: 10_000 }

test('what they had asked for is canceled, and stands in what happened to them', async () => {
  const manager = await world.addUser()
  const requester = await world.addUser({ managerId: manager.id })
  const flow = await world.offer()
  const id = await world.ask(requester.id, flow.id)

  await change(requester.id, { state: 'suspended' })

  await expect.poll(() => statusOf(id), soon).toBe('canceled')
  const told = await readLeaving(world.db, requester.id)
  expect(told?.requests).toMatchObject([{ id, flow: { id: flow.id }, status: 'canceled' }])
  expect(told?.steps).toEqual([])
})

test('steps of a manager who leaves are nobody’s, then those of the new one the moment there is one', async () => {
  const [old, young] = [await world.addUser({ name: 'Old' }), await world.addUser({ name: 'Young' })]
  const requester = await world.addUser({ managerId: old.id })
  const flow = await world.offer()
  const id = await world.ask(requester.id, flow.id)
  const stepsOf = async (userId: string) => (await readLeaving(world.db, userId))?.steps

  await change(old.id, { state: 'suspended' })
  await expect.poll(() => statusOf(id), soon).toBe('missing_data')
  expect(await stepsOf(old.id)).toMatchObject([{ requestId: id, status: 'missing_data', now: null }])

  await change(requester.id, { managerId: young.id })
  await expect.poll(() => statusOf(id), soon).toBe('pending')
  expect(await stepsOf(old.id)).toMatchObject([
    { requestId: id, requester: { id: requester.id }, now: { id: young.id, name: 'Young' } },
  ])
  const asked = await world.db.select({ to: mails.recipientEmail, kind: mails.kind }).from(mails)
  expect(asked).toContainEqual({ to: young.email, kind: 'review_requested_approver' })
})

test('a new manager takes over from one who stays, and nobody has left', async () => {
  const [old, young] = [await world.addUser(), await world.addUser()]
  const requester = await world.addUser({ managerId: old.id })
  const id = await world.ask(requester.id, (await world.offer()).id)

  await change(requester.id, { managerId: young.id })

  const approver = async () => (await world.rowOf(id)).steps[0]?.approvers.map((person) => person.id)
  await expect.poll(approver, soon).toEqual([young.id])
  expect(await readLeaving(world.db, old.id)).toMatchObject({ since: null, steps: [] })
  const changes = (await world.auditOf(id)).flatMap((event) => event.changes)
  expect(changes).toContainEqual({
    field: 'steps.1.approver',
    from: { id: old.id, name: old.name },
    to: { id: young.id, name: young.name },
  })
})
