/** A connected system has exactly whom something holds there, also when groups, people or connectors go. */
import { randomUUID } from 'node:crypto'
import { and, eq, isNull } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Operation } from '../../src/domain/operation.ts'
import { auditEvents } from '../../src/features/audit/audit.table.ts'
import { userGroups } from '../../src/features/directory/groups/groups.table.ts'
import { users } from '../../src/features/directory/users/users.table.ts'
import { lockForErasure } from '../../src/features/erasure/erasure.repository.ts'
import { approvalFlows } from '../../src/features/flows/flows.table.ts'
import { grants } from '../../src/features/grants/grants.table.ts'
import { groupMembers } from '../../src/features/memberships/memberships.table.ts'
import { type LedgerTarget, startLedgerTarget } from '../support/ledger-target.ts'
import { openService, type TestService } from '../support/worker-service.ts'

let world: TestService
let target: LedgerTarget
beforeAll(async () => {
  world = await openService()
})
beforeEach(async () => {
  target = await startLedgerTarget()
  return () => target.close()
})
afterAll(() => world?.close())

type Ids = { groupId: string; userId: string }
const soon = { timeout: 20_000 }
const become = (id: string, fields: Partial<typeof users.$inferInsert>) =>
  world.db.update(users).set(fields).where(eq(users.id, id))

async function aGroup() {
  const admin = await world.addUser({ roles: ['admin'] })
  const connector = await world.addConnector(target.url)
  const [group] = await world.db
    .insert(userGroups)
    .values({ name: `Group ${randomUUID()}`, connectorId: connector.id })
    .returning()
  const groupId = group?.id ?? ''
  const operation = (): Operation => ({
    actor: { id: admin.id, name: admin.name, email: admin.email, roles: ['admin'] },
    origin: {},
    operationId: randomUUID(),
  })
  const { members } = world.modules.memberships
  return {
    admin,
    connector,
    groupId,
    operation,
    join: (userId: string) => members.add(operation(), { groupId, userId }),
    leave: (userId: string) => members.remove(operation(), { groupId, userId }),
    remove: () => world.modules.directory.groups.delete(operation(), groupId),
  }
}

test('a group is deleted: every member is taken out at its system, which is asked until it answers', async () => {
  const { groupId, join, remove } = await aGroup()
  const people = await Promise.all(Array.from({ length: 30 }, () => world.addUser()))
  await Promise.all(people.map(({ id }) => join(id)))
  expect(target.membersOf(groupId)).toHaveLength(30)
  target.fail(500, 'cut', 503, 'done and cut')

  await world.restartWorker(remove)

  await expect.poll(() => target.membersOf(groupId), soon).toEqual([])
  const told = async (success: boolean) =>
    (
      await world.db
        .select({ changes: auditEvents.changes })
        .from(auditEvents)
        .where(and(eq(auditEvents.resourceId, groupId), eq(auditEvents.success, success)))
    ).filter(({ changes }) => changes.some(({ field }) => field === 'connected_membership')).length
  await expect.poll(() => told(true), soon).toBe(30)
  expect(await told(false)).toBeGreaterThan(0)
})

test('somebody who is suspended is taken out where they are a direct member, and put in again when they come back', async () => {
  const [first, second] = [await aGroup(), await aGroup()]
  const person = await world.addUser()
  await first.join(person.id)
  await second.join(person.id)
  const begin = target.told().length

  await become(person.id, { state: 'suspended' })
  await expect.poll(() => target.verbs().slice(begin), soon).toEqual(['removed', 'removed'])

  await become(person.id, { state: 'activated' })
  await expect.poll(() => target.verbs().slice(begin + 2), soon).toEqual(['added', 'added'])
  expect(target.membersOf(first.groupId)).toEqual([person.id])
})

test('nobody is erased while a connected system may have them', async () => {
  const { join } = await aGroup()
  const person = await world.addUser()
  await join(person.id)
  const answer = target.hold()
  const lock = () => world.db.transaction((tx) => lockForErasure(tx, person.id))

  await become(person.id, { state: 'suspended' })
  await expect.poll(() => target.verbs(), soon).toEqual(['added', 'removed'])
  await expect(lock()).rejects.toMatchObject({ details: { current: 'people_there' } })
  answer()

  await expect.poll(lock, soon).toMatchObject({ email: person.email })
})

test('nobody who is suspended is added to a connected group; a source is, without a word to the system', async () => {
  const { groupId, join, leave, operation } = await aGroup()
  const person = await world.addUser({ state: 'suspended' })

  await expect(join(person.id)).rejects.toMatchObject({ code: 'conflict', details: { current: 'suspended' } })
  const bySource = { ...operation(), sourceId: randomUUID() }
  await world.modules.memberships.members.add(bySource, { groupId, userId: person.id })
  await leave(person.id)
  expect(target.told()).toEqual([])
})

test('whoever is yet to come is put in when they are activated', async () => {
  const { groupId, join } = await aGroup()
  const person = await world.addUser({ state: 'staged' })
  await join(person.id)
  expect(target.told()).toEqual([])

  await become(person.id, { state: 'activated' })

  await expect.poll(() => target.membersOf(groupId), soon).toEqual([person.id])
})

test('a removal names the person by id, by the address of now, and by the one that the system was told', async () => {
  const { groupId, join, leave } = await aGroup()
  const person = await world.addUser({ email: 'before@example.test' })
  await join(person.id)
  await become(person.id, { email: 'after@example.test' })

  await leave(person.id)

  expect(target.told().at(-1)?.data).toMatchObject({
    user: { id: person.id, email: 'after@example.test' },
    group: { id: groupId },
    addedAs: { email: 'before@example.test' },
  })
})

test('somebody becomes a direct member while they are being taken out: they are there at the end', async () => {
  const { groupId, join, leave } = await aGroup()
  const person = await world.addUser()
  await join(person.id)
  const answer = target.hold()
  await world.db.delete(groupMembers).where(eq(groupMembers.userId, person.id))
  await expect.poll(() => target.verbs(), soon).toEqual(['added', 'removed'])

  await join(person.id)
  answer()

  await expect.poll(() => target.verbs(), soon).toEqual(['added', 'removed', 'added', 'added'])
  expect(target.membersOf(groupId)).toEqual([person.id])
  await leave(person.id)
})

test('a group with members gets another system: they are taken out at one, and put in at the other', async () => {
  const other = await startLedgerTarget()
  const { groupId, join } = await aGroup()
  const people = await Promise.all(Array.from({ length: 8 }, () => world.addUser()))
  await Promise.all(people.map(({ id }) => join(id)))

  const { id } = await world.addConnector(other.url)
  await world.db.update(userGroups).set({ connectorId: id }).where(eq(userGroups.id, groupId))

  await expect.poll(() => target.membersOf(groupId), soon).toEqual([])
  await expect.poll(() => other.membersOf(groupId), soon).toEqual(people.map((person) => person.id).sort())
  await other.close()
})

test('somebody becomes a direct member while a grant of theirs is being taken away: they are there at the end', async () => {
  const { groupId, connector, admin, join } = await aGroup()
  const person = await world.addUser()
  const flow = await world.offer({ approvalType: 'automatic', approvers: [] })
  await world.db.update(approvalFlows).set({ groupId, connectorId: connector.id }).where(eq(approvalFlows.id, flow.id))
  const request = await world.ask(person.id, flow.id)
  await expect.poll(() => world.statusOf(request), soon).toBe('approved')
  const grantId = (await world.grantOf(request))?.id ?? ''
  const answer = target.hold()

  const revoked = world.grantCommands.revoke(grantId, { by: admin.id }, randomUUID())
  await expect.poll(() => target.verbs(), soon).toEqual(['added', 'removed'])
  await join(person.id)
  answer()
  await revoked

  await expect.poll(async () => (await world.grantOf(request))?.endedAt, soon).not.toBeNull()
  expect(target.verbs()).toEqual(['added', 'removed', 'added', 'added'])
  expect(target.membersOf(groupId)).toEqual([person.id])
})

test('a system that refuses to take access away is asked again after seconds, and the grant ends', async () => {
  const { admin, groupId } = await aGroup()
  const person = await world.addUser()
  const flow = await world.offer({ approvalType: 'automatic', approvers: [], durations: ['P5D'] })
  await world.db.update(approvalFlows).set({ groupId }).where(eq(approvalFlows.id, flow.id))
  await world.ask(person.id, flow.id, 'P5D')
  await expect.poll(() => target.membersOf(groupId), soon).toEqual([person.id])
  const isTheirs = eq(grants.userId, person.id)
  const [grant] = await world.db.select({ id: grants.id }).from(grants).where(isTheirs)
  target.fail(422)

  await world.grantCommands.revoke(grant?.id ?? '', { by: admin.id }, randomUUID())

  await expect.poll(() => target.membersOf(groupId), soon).toEqual([])
  await expect.poll(() => world.db.$count(grants, and(isTheirs, isNull(grants.endedAt))), soon).toBe(0)
})

test('somebody who was added although the call was cut off is taken out again', async () => {
  const { groupId, join } = await aGroup()
  const person = await world.addUser()
  target.fail('done and cut')

  await expect(join(person.id)).rejects.toMatchObject({ code: 'connector_unavailable' })

  await expect.poll(() => target.verbs(), soon).toEqual(['added', 'removed'])
  expect(target.membersOf(groupId)).toEqual([])
})

test.each([
  {
    what: 'they are suspended',
    meanwhile: ({ userId }: Ids) => become(userId, { state: 'suspended' }),
    refusal: { code: 'conflict', details: { current: 'suspended' } },
  },
  {
    what: 'the group is deleted',
    meanwhile: ({ groupId }: Ids) => world.db.delete(userGroups).where(eq(userGroups.id, groupId)),
    refusal: { code: 'not_found' },
  },
  {
    what: 'the group gets another system',
    meanwhile: ({ groupId }: Ids) =>
      world.db.update(userGroups).set({ connectorId: null }).where(eq(userGroups.id, groupId)),
    refusal: { code: 'conflict', details: { current: 'connector_changed' } },
  },
])('$what while somebody is put in: nobody is recorded, and what was told is taken back soon', async (one) => {
  const { groupId, join } = await aGroup()
  const { id: userId } = await world.addUser()
  const answer = target.hold()
  const joining = join(userId).catch((error: unknown) => error)
  await expect.poll(() => target.verbs(), soon).toEqual(['added'])

  await one.meanwhile({ groupId, userId })
  answer()

  expect(await joining).toMatchObject(one.refusal)
  await expect.poll(() => target.verbs(), soon).toEqual(['added', 'removed'])
  expect(await world.db.select().from(groupMembers).where(eq(groupMembers.userId, userId))).toEqual([])
})

test('the row of a person goes: what the system has of them is taken away', async () => {
  const { groupId, join } = await aGroup()
  const person = await world.addUser()
  await join(person.id)

  await world.superuser.delete(users).where(eq(users.id, person.id))

  await expect.poll(() => target.membersOf(groupId), soon).toEqual([])
  expect(target.told().at(-1)?.data.user).toMatchObject({ id: person.id, email: person.email })
})
