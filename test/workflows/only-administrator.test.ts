/** A request of an administrator waits for another one: when one comes, and when the last other one goes. */
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { users } from '../../src/features/directory/users/users.table.ts'
import { openService, type TestService } from '../support/worker-service.ts'

let world: TestService
beforeAll(async () => {
  world = await openService()
})
afterAll(() => world?.close())

const soon = { timeout: 10_000 }
const demote = (id: string) => world.db.update(users).set({ roles: [] }).where(eq(users.id, id))

test('goes on when a second administrator is made, is missing one when they go, and goes on with the next', async () => {
  const asking = await world.addUser({ roles: ['admin'] })
  const flow = await world.offer({ approvers: [{ kind: 'administrator' }] })
  const id = await world.ask(asking.id, flow.id)
  expect(await world.statusOf(id)).toBe('missing_data')

  const second = await world.addUser({ roles: ['admin'] })
  await expect.poll(() => world.statusOf(id), soon).toBe('pending')

  await demote(second.id)
  await expect.poll(() => world.statusOf(id), soon).toBe('missing_data')

  await world.db
    .update(users)
    .set({ roles: ['admin'] })
    .where(eq(users.id, second.id))
  await expect.poll(() => world.statusOf(id), soon).toBe('pending')
})

test('is left alone while other administrators are there', async () => {
  const asking = await world.addUser({ roles: ['admin'] })
  const [other, another] = [await world.addUser({ roles: ['admin'] }), await world.addUser({ roles: ['admin'] })]
  const flow = await world.offer({ approvers: [{ kind: 'administrator' }] })
  const id = await world.ask(asking.id, flow.id)
  const versionOf = async () => (await world.rowOf(id)).version
  const before = await versionOf()

  await demote(other.id)
  await world.db.update(users).set({ managerId: another.id }).where(eq(users.id, asking.id))

  // The change of their manager is told after that of the administrator.
  await expect.poll(async () => (await world.rowOf(id)).requester.manager?.id, soon).toBe(another.id)
  expect(await world.statusOf(id)).toBe('pending')
  expect(await versionOf()).toBe(before + 1)
})
