/** Everybody is judged, mailed and told of by the directory as it is at the moment, whatever a workflow remembers. */
import { randomUUID } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { userGroups } from '../../src/features/directory/groups/groups.table.ts'
import { users } from '../../src/features/directory/users/users.table.ts'
import { groupMembers } from '../../src/features/memberships/memberships.table.ts'
import { listQueue } from '../../src/features/requests/queue.repository.ts'
import { claimDueMails } from '../../src/platform/mail/mail.repository.ts'
import { mails } from '../../src/platform/mail/mail.table.ts'
import { startWebhookTarget, type WebhookTarget } from '../connectors/webhook-target.ts'
import { until } from '../support/test-server.ts'
import { openService, type TestService } from '../support/worker-service.ts'

let world: TestService
const targets: WebhookTarget[] = []
beforeAll(async () => {
  world = await openService()
})
afterAll(async () => {
  await world?.close()
  await Promise.all(targets.map((target) => target.close()))
})

const approve = (id: string, by: string) => world.commands.decide(id, { by, decision: 'approve' }, randomUUID())
const grant = (id: string, by: string) => world.commands.override(id, { by, decision: 'grant' }, randomUUID())
const change = (id: string, fields: Partial<typeof users.$inferInsert>) =>
  world.db.update(users).set(fields).where(eq(users.id, id))

test('a former member of the approving group decides nothing, on none of forty open requests', async () => {
  const teamId = uuidv7()
  const [former, stays] = [await world.addUser(), await world.addUser()]
  await world.db.insert(userGroups).values({ id: teamId, name: `Team ${teamId}` })
  await world.db.insert(groupMembers).values([former, stays].map(({ id }) => ({ groupId: teamId, userId: id })))
  const flow = await world.offer({ approvers: [{ kind: 'user_group', groupId: teamId, required: 1 }] })
  const open: string[] = []
  for (let count = 0; count < 40; count++) open.push(await world.ask((await world.addUser()).id, flow.id))

  await world.db.delete(groupMembers).where(and(eq(groupMembers.groupId, teamId), eq(groupMembers.userId, former.id)))
  const answers = await Promise.allSettled(open.map((id) => approve(id, former.id)))

  expect(answers.filter(({ status }) => status === 'fulfilled')).toEqual([])
  expect(await Promise.all(open.map(world.statusOf))).toEqual(open.map(() => 'pending'))
  await approve(open[0] ?? '', stays.id)
  expect(await world.statusOf(open[0] ?? '')).toBe('approved')
})

test('a former manager decides nothing, and the new one at once', async () => {
  const [former, next] = [await world.addUser(), await world.addUser()]
  const requester = await world.addUser({ managerId: former.id })
  const id = await world.ask(requester.id, (await world.offer()).id)

  await change(requester.id, { managerId: next.id })

  await expect(approve(id, former.id)).rejects.toMatchObject({ code: 'not_an_approver' })
  await approve(id, next.id)
  expect(await world.rowOf(id)).toMatchObject({ status: 'approved', decision: { by: { id: next.id } } })
})

test('a former administrator decides nothing, by neither way', async () => {
  const [former, other] = [await world.addUser({ roles: ['admin'] }), await world.addUser({ roles: ['admin'] })]
  const id = await world.ask(
    (await world.addUser()).id,
    (await world.offer({ approvers: [{ kind: 'administrator' }] })).id,
  )

  await change(former.id, { roles: [] })

  await expect(approve(id, former.id)).rejects.toMatchObject({ code: 'not_an_approver' })
  await expect(grant(id, former.id)).rejects.toMatchObject({ code: 'not_an_administrator' })
  await grant(id, other.id)
  expect(await world.statusOf(id)).toBe('approved')
})

test('the history keeps who did what under which name; lists, search and mails have the name and address of now', async () => {
  const [manager, owner] = [await world.addUser({ name: 'Mina Old' }), await world.addUser({ name: 'Otto Old' })]
  const requester = await world.addUser({
    name: 'Rita Before',
    email: `before-${randomUUID()}@example.test`,
    managerId: manager.id,
  })
  const approvers = [{ kind: 'manager' as const }, { kind: 'resource_owner' as const, userId: owner.id }]
  const flow = await world.offer({ approvers, durations: ['P5D'], approvalRequirement: 'all' })
  const id = await world.ask(requester.id, flow.id)
  await approve(id, manager.id)

  const email = `after-${randomUUID()}@example.test`
  await change(requester.id, { name: 'Rita After', email, department: 'Finance' })
  await change(manager.id, { name: 'Mina New' })
  await change(owner.id, { name: 'Otto New' })

  const newest = { sort: '-createdAt', limit: 10 } as const
  const [found] = await listQueue(world.db, { q: 'rita after' }, newest)
  expect(found?.request.requester).toMatchObject({
    name: 'Rita After',
    email,
    department: 'Finance',
    manager: { name: 'Mina New' },
  })
  expect(found?.request.steps.map(({ label }) => label)).toEqual([
    "Requester's manager: Mina New",
    'Resource owner: Otto New',
  ])
  expect(found?.request.steps[0]?.decisions[0]?.by.name).toBe('Mina Old')
  // And they are found by the name that they had.
  expect((await listQueue(world.db, { q: 'rita before' }, newest)).map(({ request }) => request.id)).toEqual([id])

  await approve(id, owner.id)
  const admin = await world.addUser({ roles: ['admin'] })
  await world.grantCommands.revoke((await world.grantOf(id))?.id ?? '', { by: admin.id }, randomUUID())
  const outcome = await world.db.select().from(mails).where(eq(mails.accessRequestId, id))
  for (const kind of ['request_approved', 'access_ended'])
    expect(outcome.find((mail) => mail.kind === kind)).toMatchObject({
      recipientEmail: email,
      recipientName: 'Rita After',
    })
})

test('a mail that waits goes to its person, not to whoever has their old address by now', async () => {
  const address = `shared-${randomUUID()}@example.test`
  const requester = await world.addUser({ email: address })
  const id = await world.ask(requester.id, (await world.offer()).id)
  await change(requester.id, { email: `moved-${randomUUID()}@example.test` })
  const newcomer = await world.addUser({ email: address })

  const { mails: claimed } = await claimDueMails(world.db, users, { limit: 1000, leaseMs: 1000, except: [] })

  const mine = claimed.filter(({ accessRequestId }) => accessRequestId === id)
  expect(mine.map(({ recipientId }) => recipientId)).toContain(requester.id)
  expect(mine.every(({ recipientEmail }) => recipientEmail !== newcomer.email)).toBe(true)
})

async function aTarget(answer?: Parameters<typeof startWebhookTarget>[0]) {
  const target = await startWebhookTarget(answer)
  targets.push(target)
  const connector = await world.addConnector(target.url)
  const told = () =>
    target.calls.map(({ body }) => JSON.parse(body) as { type: string; data: { user: { email: string } } })
  return { id: connector.id, told }
}

const giveThrough = (groupId: string, connectorId: string | null) =>
  world.db.update(userGroups).set({ connectorId }).where(eq(userGroups.id, groupId))

test('access is given where it is given now, with the address of now, and taken away there', async () => {
  const [manager, admin] = [await world.addUser(), await world.addUser({ roles: ['admin'] })]
  const requester = await world.addUser({ managerId: manager.id })
  const flow = await world.offer()
  const [first, second] = [await aTarget(), await aTarget()]
  await giveThrough(flow.groupId, first.id)
  const id = await world.ask(requester.id, flow.id)

  await giveThrough(flow.groupId, second.id)
  await change(requester.id, { email: `now-${randomUUID()}@example.test` })
  await approve(id, manager.id)

  expect(first.told()).toEqual([])
  expect(second.told()).toHaveLength(1)
  expect(await world.grantOf(id)).toMatchObject({ connectorId: second.id })
  await giveThrough(flow.groupId, null)
  const email = `later-${randomUUID()}@example.test`
  await change(requester.id, { email })
  await world.grantCommands.revoke((await world.grantOf(id))?.id ?? '', { by: admin.id }, randomUUID())
  expect(
    second
      .told()
      .map(({ data }) => data.user.email)
      .at(-1),
  ).toBe(email)
  expect(second.told()).toHaveLength(2)
  expect(first.told()).toEqual([])
})

test('a group that gets a connector while a request is open gives through it', async () => {
  const manager = await world.addUser()
  const flow = await world.offer()
  const id = await world.ask((await world.addUser({ managerId: manager.id })).id, flow.id)
  const target = await aTarget()
  await giveThrough(flow.groupId, target.id)

  await approve(id, manager.id)

  expect(target.told()).toHaveLength(1)
  expect(await world.rowOf(id)).toMatchObject({ status: 'approved', grant: { connectorId: target.id } })
})

test('a target that is replaced while it is asked gives back what it may have given', async () => {
  const manager = await world.addUser()
  const flow = await world.offer()
  let replace: () => Promise<unknown> = async () => undefined
  const first = await aTarget((_, response) => {
    const run = replace
    replace = async () => undefined
    void run().then(() => response.writeHead(204).end())
  })
  const second = await aTarget()
  await giveThrough(flow.groupId, first.id)
  replace = () => giveThrough(flow.groupId, second.id)
  const id = await world.ask((await world.addUser({ managerId: manager.id })).id, flow.id)

  await approve(id, manager.id)

  expect(await world.rowOf(id)).toMatchObject({ status: 'approved', grant: { connectorId: second.id } })
  await until(async () => (await world.rowOf(id)).askedConnectors.length === 0)
  expect(second.told()).toHaveLength(1)
})

test('whoever is suspended while a target is asked gets nothing, and the target takes it back', async () => {
  const manager = await world.addUser()
  const requester = await world.addUser({ managerId: manager.id })
  const flow = await world.offer()
  let suspend: () => Promise<unknown> = () => change(requester.id, { state: 'suspended' })
  const target = await aTarget((_, response) => {
    const run = suspend
    suspend = async () => undefined
    void run().then(() => response.writeHead(204).end())
  })
  await giveThrough(flow.groupId, target.id)
  const id = await world.ask(requester.id, flow.id)

  await expect(approve(id, manager.id)).rejects.toMatchObject({ code: 'request_closed' })

  expect(await world.rowOf(id)).toMatchObject({
    status: 'canceled',
    decision: { cause: 'requester_suspended' },
    grant: null,
  })
  await until(() => target.told().length === 2)
  await until(async () => (await world.rowOf(id)).askedConnectors.length === 0)
})
