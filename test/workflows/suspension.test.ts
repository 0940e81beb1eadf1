/** Access ends with a suspension: timed or not, in the directory and at connected systems; nothing comes back by itself. */
import { randomUUID } from 'node:crypto'
import { eq, isNull } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { userGroups } from '../../src/features/directory/groups/groups.table.ts'
import { endedBySuspension } from '../../src/features/directory/users/users.repository.ts'
import { users } from '../../src/features/directory/users/users.table.ts'
import { directoryChanges } from '../../src/features/requests/directory-changes.table.ts'
import { startWebhookTarget, type WebhookTarget } from '../connectors/webhook-target.ts'
import { openService, type TestService } from '../support/worker-service.ts'

let world: TestService
let target: WebhookTarget
beforeAll(async () => {
  world = await openService()
  target = await startWebhookTarget()
})
afterAll(async () => {
  await world?.close()
  await target?.close()
})

const become = (id: string, state: 'activated' | 'suspended' | 'staged') =>
  world.db.update(users).set({ state }).where(eq(users.id, id))

/** Access of three kinds: with an end, without one, and at a connected system. */
async function anEmployee() {
  const manager = await world.addUser()
  const requester = await world.addUser({ managerId: manager.id })
  const flows = [await world.offer({ durations: ['P5D'] }), await world.offer(), await world.offer()]
  const connector = await world.addConnector(target.url)
  await world.db
    .update(userGroups)
    .set({ connectorId: connector.id })
    .where(eq(userGroups.id, flows[2]?.groupId ?? ''))
  const requests: string[] = []
  for (const [index, flow] of flows.entries()) {
    const id = await world.ask(requester.id, flow.id, index === 0 ? 'P5D' : null)
    await world.commands.decide(id, { by: manager.id, decision: 'approve' }, randomUUID())
    requests.push(id)
  }
  const grants = () => Promise.all(requests.map((id) => world.grantOf(id)))
  expect((await grants()).map((grant) => grant?.endedAt)).toEqual([null, null, null])
  return { requester, requests, grants }
}

const areEnded = async ({ grants }: Awaited<ReturnType<typeof anEmployee>>) =>
  (await grants()).every((grant) => grant?.endedAt !== null)

test.each(['suspended', 'staged'] as const)(
  'all access of somebody who becomes %s ends, at every target',
  async (state) => {
    const employee = await anEmployee()
    const told = target.calls.length

    await become(employee.requester.id, state)

    await expect.poll(() => areEnded(employee), { timeout: 10_000 }).toBe(true)
    const removals = target.calls.slice(told).map(({ body }) => JSON.parse(body) as { type: string })
    expect(removals.map(({ type }) => type)).toEqual(['membership.removed'])
    for (const grant of await employee.grants())
      expect(grant).toMatchObject({ endedById: null, end: { by: null, cause: 'user_suspended' } })
    for (const id of employee.requests) {
      const [ended] = (await world.auditOf(id)).filter(
        ({ eventType }) => eventType === 'access_management_access_revoked',
      )
      expect(ended?.changes).toContainEqual({ field: 'cause', from: null, to: 'user_suspended' })
      expect(await world.mailsOf(id)).not.toContain('access_ended')
    }
  },
)

test('a reactivation right after the suspension gives nothing back, and new access stays', async () => {
  const employee = await anEmployee()
  const { requester } = employee

  await become(requester.id, 'suspended')
  await become(requester.id, 'activated')

  await expect.poll(() => areEnded(employee), { timeout: 10_000 }).toBe(true)
  const ended = await endedBySuspension(world.db, requester.id)
  expect(ended.map(({ accessRequestId }) => accessRequestId).sort()).toEqual([...employee.requests].sort())
  const [admin, flow] = [await world.addUser({ roles: ['admin'] }), await world.offer()]
  const id = await world.ask(requester.id, flow.id)
  await world.commands.override(id, { by: admin.id, decision: 'grant' }, randomUUID())
  // Another change of theirs is told, and ends nothing.
  await world.db
    .update(users)
    .set({ roles: ['admin'] })
    .where(eq(users.id, requester.id))
  const waiting = () => world.db.select().from(directoryChanges).where(isNull(directoryChanges.doneAt))
  await expect.poll(waiting, { timeout: 10_000 }).toEqual([])
  expect(await world.grantOf(id)).toMatchObject({ endedAt: null })
  expect(await endedBySuspension(world.db, requester.id)).toHaveLength(3)
})
