/** What a request was approved for goes while a connected system is asked: what it gives all the same is taken back there. */
import { randomUUID } from 'node:crypto'
import type { RequestListener } from 'node:http'
import { eq, sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { deleteConnector } from '../../src/features/connectors/connectors.repository.ts'
import { userGroups } from '../../src/features/directory/groups/groups.table.ts'
import { users } from '../../src/features/directory/users/users.table.ts'
import { approvalFlows } from '../../src/features/flows/flows.table.ts'
import { startWebhookTarget, type WebhookTarget } from '../connectors/webhook-target.ts'
import { openService, type TestService } from '../support/worker-service.ts'

let world: TestService
let targets: WebhookTarget[] = []
beforeAll(async () => {
  world = await openService()
})
afterAll(() => world?.close())
afterEach(async () => {
  for (const target of targets.splice(0)) await target.close()
})

const soon = { timeout: 15_000 }
const toldTo = ({ calls }: WebhookTarget) =>
  calls.map(({ body }) => (JSON.parse(body) as { type: string }).type.replace('membership.', ''))

async function aTarget(answer?: RequestListener): Promise<WebhookTarget> {
  const target = await startWebhookTarget(answer)
  targets.push(target)
  return target
}

/** A target that answers the first call only when it is told to. */
async function aSlowTarget() {
  let release = () => undefined as void
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  let isFirst = true
  const target = await aTarget((_, response) => {
    const answers = isFirst ? held : Promise.resolve()
    isFirst = false
    void answers.then(() => response.writeHead(204).end())
  })
  return { target, release: () => release() }
}

/** A request that was approved, and whose target is being asked. */
async function beingGiven(target: WebhookTarget) {
  const [manager, connector] = [await world.addUser(), await world.addConnector(target.url)]
  const requester = await world.addUser({ managerId: manager.id })
  const flow = await world.offer()
  await world.db.update(userGroups).set({ connectorId: connector.id }).where(eq(userGroups.id, flow.groupId))
  const id = await world.ask(requester.id, flow.id)
  const decided = world.commands.decide(id, { by: manager.id, decision: 'approve' }, randomUUID())
  decided.catch(() => undefined)
  await expect.poll(() => target.calls.length, soon).toBe(1)
  return { id, requester, flow, decided, connector }
}

test('the requester is suspended: canceled, and taken back', async () => {
  const { target, release } = await aSlowTarget()
  const { id, requester } = await beingGiven(target)

  await world.db.update(users).set({ state: 'suspended' }).where(eq(users.id, requester.id))
  release()

  await expect.poll(() => world.statusOf(id), soon).toBe('canceled')
  await expect.poll(() => toldTo(target), soon).toEqual(['added', 'removed'])
  expect(await world.grantOf(id)).toBeUndefined()
})

test('the flow is deleted: canceled, and taken back', async () => {
  const { target, release } = await aSlowTarget()
  const { id, flow } = await beingGiven(target)

  await world.db.update(approvalFlows).set({ deletedAt: sql`now()` }).where(eq(approvalFlows.id, flow.id))
  release()

  await expect.poll(() => world.statusOf(id), soon).toBe('canceled')
  await expect.poll(() => toldTo(target), soon).toEqual(['added', 'removed'])
})

test('the group gets another system: that one is asked, and the first one takes it back', async () => {
  const { target, release } = await aSlowTarget()
  const other = await aTarget()
  const { id, flow } = await beingGiven(target)

  const second = await world.addConnector(other.url)
  await world.db.update(userGroups).set({ connectorId: second.id }).where(eq(userGroups.id, flow.groupId))
  release()

  await expect.poll(() => world.statusOf(id), soon).toBe('approved')
  expect(toldTo(other)).toEqual(['added'])
  await expect.poll(() => toldTo(target), soon).toEqual(['added', 'removed'])
  expect(await world.grantOf(id)).toMatchObject({ connectorId: second.id, endedAt: null })
})

test('the row of the requester goes: canceled, and taken back', async () => {
  const { target, release } = await aSlowTarget()
  const { id, requester } = await beingGiven(target)

  await world.superuser.delete(users).where(eq(users.id, requester.id))
  release()

  await expect.poll(() => world.statusOf(id), soon).toBe('canceled')
  await expect.poll(() => toldTo(target), soon).toEqual(['added', 'removed'])
})

test('the group is deleted: an error that says so, and taken back when it is denied', async () => {
  const { target, release } = await aSlowTarget()
  const { id, flow } = await beingGiven(target)
  const admin = await world.addUser({ roles: ['admin'] })

  await world.db.update(userGroups).set({ archivedAt: sql`now()` }).where(eq(userGroups.id, flow.groupId))
  release()

  await expect.poll(() => world.statusOf(id), soon).toBe('error')
  expect((await world.rowOf(id)).error?.message).toContain('no longer exists')
  await world.commands.override(id, { by: admin.id, decision: 'deny', reason: 'It is gone.' }, randomUUID())
  await expect.poll(() => toldTo(target), soon).toEqual(['added', 'removed'])
})

test('the flow gets another system: that one is asked, and the first one takes it back', async () => {
  const { target, release } = await aSlowTarget()
  const other = await aTarget()
  const { id, flow } = await beingGiven(target)

  const second = await world.addConnector(other.url)
  await world.db.update(approvalFlows).set({ connectorId: second.id }).where(eq(approvalFlows.id, flow.id))
  release()

  await expect.poll(() => world.statusOf(id), soon).toBe('approved')
  expect(toldTo(other)).toEqual(['added'])
  await expect.poll(() => toldTo(target), soon).toEqual(['added', 'removed'])
})

test('the system that was asked first cannot be deleted before it has taken back; then it can', async () => {
  const { target, release } = await aSlowTarget()
  const other = await aTarget()
  const { id, flow, connector } = await beingGiven(target)
  const remove = () => world.db.transaction((tx) => deleteConnector(tx, connector.id))

  await expect(remove()).rejects.toMatchObject({ details: { current: 'in_use', groups: [{ id: flow.groupId }] } })
  const second = await world.addConnector(other.url)
  await world.db.update(userGroups).set({ connectorId: second.id }).where(eq(userGroups.id, flow.groupId))
  await expect(remove()).rejects.toMatchObject({ details: { current: 'people_there', memberships: 1 } })
  release()

  await expect.poll(() => world.statusOf(id), soon).toBe('approved')
  await expect.poll(() => toldTo(target), soon).toEqual(['added', 'removed'])
  await expect.poll(remove, soon).toBeUndefined()
  await expect(world.db.transaction((tx) => deleteConnector(tx, second.id))).rejects.toThrow('give access through')
})

test('the requester withdraws while it is being given: who was first counts', async () => {
  const { target, release } = await aSlowTarget()
  const { id, requester } = await beingGiven(target)

  const withdrawn = world.commands.withdraw(id, { by: requester.id }, randomUUID()).catch((error: unknown) => error)
  release()

  expect(await withdrawn).toMatchObject({ code: 'request_closed' })
  await expect.poll(() => world.statusOf(id), soon).toBe('approved')
  expect(toldTo(target)).toEqual(['added'])
})

test('the group gets another system, which refuses: the first one takes back what it gave, though the request is in Error', async () => {
  const { target, release } = await aSlowTarget()
  const { id, flow } = await beingGiven(target)
  const other = await world.addConnector((await aTarget((_, response) => response.writeHead(422).end())).url)

  await world.db.update(userGroups).set({ connectorId: other.id }).where(eq(userGroups.id, flow.groupId))
  release()

  await expect.poll(() => world.statusOf(id), soon).toBe('error')
  await world.modules.memberships.settling.all()
  await expect.poll(() => toldTo(target), soon).toEqual(['added', 'removed'])
})
