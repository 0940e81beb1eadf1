/** One group, several connected systems: each is told of what held somebody there, and of nothing else. */
import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Operation } from '../../src/domain/operation.ts'
import { userGroups } from '../../src/features/directory/groups/groups.table.ts'
import { users } from '../../src/features/directory/users/users.table.ts'
import { presentCatalogEntry } from '../../src/features/flows/catalog.presenter.ts'
import { listCatalog } from '../../src/features/flows/catalog.repository.ts'
import { approvalFlows } from '../../src/features/flows/flows.table.ts'
import { findGrant } from '../../src/features/grants/grants.repository.ts'
import { startWebhookTarget, type WebhookTarget } from '../connectors/webhook-target.ts'
import { openService, type TestService } from '../support/worker-service.ts'

let world: TestService
let targets: [WebhookTarget, WebhookTarget]
beforeAll(async () => {
  world = await openService()
  targets = [await startWebhookTarget(), await startWebhookTarget()]
})
afterAll(async () => {
  await world?.close()
  await Promise.all(targets?.map((target) => target.close()) ?? [])
})

/** What each system was told since `begin` was taken, in order. */
const told = (begin: number[]) =>
  targets.map(({ calls }, index) =>
    calls.slice(begin[index]).map(({ body }) => (JSON.parse(body) as { type: string }).type.replace('membership.', '')),
  )
const now = () => targets.map(({ calls }) => calls.length)
const soon = { timeout: 10_000 }

async function inCatalogue(userId: string, id: string) {
  const [row] = await listCatalog(world.db, { userId, id, sort: 'name', limit: 1 })
  return row && presentCatalogEntry(row, new Map())
}

/** A group with two flows, each through a system of its own; the group's own system is the first one. */
async function aScene() {
  const [manager, admin] = [await world.addUser(), await world.addUser({ roles: ['admin'] })]
  const requester = await world.addUser({ managerId: manager.id })
  const connectors = [await world.addConnector(targets[0].url), await world.addConnector(targets[1].url)]
  // Who has access asks again only for longer.
  const flows = [await world.offer({ durations: ['P5D'] }), await world.offer()]
  const groupId = flows[0]?.groupId ?? ''
  await world.db.update(userGroups).set({ connectorId: connectors[0]?.id }).where(eq(userGroups.id, groupId))
  /** Has a flow give the group through a system. */
  const through = (flow: 0 | 1, system: 0 | 1) =>
    world.db
      .update(approvalFlows)
      .set({ groupId, connectorId: connectors[system]?.id })
      .where(eq(approvalFlows.id, flows[flow]?.id ?? ''))
  await through(0, 0)
  await through(1, 1)

  async function grant(index: 0 | 1) {
    const id = await world.ask(requester.id, flows[index]?.id ?? '', index === 0 ? 'P5D' : null)
    await world.commands.decide(id, { by: manager.id, decision: 'approve' }, randomUUID())
    await expect.poll(() => world.statusOf(id), soon).toBe('approved')
    const given = await world.grantOf(id)
    if (!given) throw new Error('nothing was given')
    return given.id
  }
  const revoke = (id: string) => world.grantCommands.revoke(id, { by: admin.id }, randomUUID())
  const operation = (): Operation => ({
    actor: { id: admin.id, name: admin.name, email: admin.email, roles: ['admin'] },
    origin: {},
    operationId: randomUUID(),
  })
  const { members } = world.modules.memberships
  const ids = { groupId, userId: requester.id }
  return {
    requester,
    flows,
    through,
    grant,
    revoke,
    join: () => members.add(operation(), ids),
    leave: () => members.remove(operation(), ids),
  }
}

test('two grants of one group through two systems are taken away at both', async () => {
  const { grant, revoke } = await aScene()
  const [first, second] = [await grant(0), await grant(1)]
  const begin = now()

  await revoke(first)
  expect(told(begin)).toEqual([['removed'], []])
  await revoke(second)
  expect(told(begin)).toEqual([['removed'], ['removed']])
})

test('a direct membership holds at the group’s own system only', async () => {
  const { grant, revoke, join } = await aScene()
  const elsewhere = await grant(1)
  await join()
  const begin = now()

  await revoke(elsewhere)

  expect(told(begin)).toEqual([[], ['removed']])
  const { accessRequestId } = (await findGrant(world.db, elsewhere)) ?? {}
  expect(await world.mailsOf(accessRequestId ?? '')).toContain('access_ended')
})

test('a grant through another system does not keep a direct member in the group’s own', async () => {
  const { grant, join, leave } = await aScene()
  await grant(1)
  await join()
  const begin = now()

  expect(await leave()).toMatchObject({ member: true, direct: false })

  expect(told(begin)).toEqual([['removed'], []])
})

test('what holds somebody at the same system keeps them there', async () => {
  const { grant, revoke, join, leave } = await aScene()
  const granted = await grant(0)
  await join()
  const begin = now()

  await revoke(granted)
  expect(told(begin)).toEqual([[], []])
  await leave()
  expect(told(begin)).toEqual([['removed'], []])
})

test('a membership through one system is not the access that a flow gives through another', async () => {
  const { requester, grant, join, flows } = await aScene()
  await join()

  const [own, other] = await Promise.all(flows.map((flow) => inCatalogue(requester.id, flow.id)))
  expect([own?.access, other?.access]).toEqual(['granted', 'none'])
  await expect(world.ask(requester.id, flows[0]?.id ?? '', 'P5D')).rejects.toMatchObject({ code: 'already_granted' })
  const begin = now()
  await grant(1)
  expect(told(begin)).toEqual([[], ['added']])

  expect((await inCatalogue(requester.id, flows[1]?.id ?? ''))?.access).toBe('granted')
  await expect(world.ask(requester.id, flows[1]?.id ?? '')).rejects.toMatchObject({ code: 'already_granted' })
})

test('of two grants through one system that end together, the system is told', async () => {
  const { requester, grant, through } = await aScene()
  await through(1, 0)
  const given = [await grant(0), await grant(1)]
  const begin = now()

  await world.db.update(users).set({ state: 'suspended' }).where(eq(users.id, requester.id))

  const ends = async () => (await Promise.all(given.map((id) => findGrant(world.db, id)))).map((one) => one?.endedAt)
  await expect.poll(ends, soon).not.toContain(null)
  expect(told(begin)[0]).toContain('removed')
  expect(told(begin)[1]).toEqual([])
})
