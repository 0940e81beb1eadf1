/** Who was an administrator, a member, an owner or a manager decides nothing any more, whatever way the decision comes. */
import { randomUUID } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ApproverRule } from '../../src/domain/flow/flow.ts'
import { viewRequest } from '../../src/domain/request/view.ts'
import { userGroups } from '../../src/features/directory/groups/groups.table.ts'
import { users } from '../../src/features/directory/users/users.table.ts'
import { approvalFlows } from '../../src/features/flows/flows.table.ts'
import { groupMembers } from '../../src/features/memberships/memberships.table.ts'
import { until } from '../support/test-server.ts'
import { openService, type TestService } from '../support/worker-service.ts'

let world: TestService
beforeAll(async () => {
  world = await openService({ signalsInClear: true })
})
afterAll(() => world?.close())

interface Former {
  approvers: ApproverRule[]
  requester?: Partial<typeof users.$inferInsert>
  /** Takes their place away from `former`; `requesterId` is who asks. */
  leave: (former: string, requesterId: string) => Promise<unknown>
}

const formers: Record<string, () => Promise<{ former: string } & Former>> = {
  administrator: async () => ({
    former: (await world.addUser({ roles: ['admin'] })).id,
    approvers: [{ kind: 'administrator' }],
    leave: (id) => world.db.update(users).set({ roles: [] }).where(eq(users.id, id)),
  }),
  'member of the group': async () => {
    const [former, stays] = [await world.addUser(), await world.addUser()]
    const groupId = uuidv7()
    await world.db.insert(userGroups).values({ id: groupId, name: `Team ${groupId}` })
    await world.db.insert(groupMembers).values([former, stays].map(({ id }) => ({ groupId, userId: id })))
    return {
      former: former.id,
      approvers: [{ kind: 'user_group', groupId, required: 1 }],
      leave: (id) =>
        world.db.delete(groupMembers).where(and(eq(groupMembers.groupId, groupId), eq(groupMembers.userId, id))),
    }
  },
  manager: async () => {
    const former = await world.addUser()
    return {
      former: former.id,
      approvers: [{ kind: 'manager' }],
      requester: { managerId: former.id },
      leave: async (_, requesterId) =>
        world.db
          .update(users)
          .set({ managerId: (await world.addUser()).id })
          .where(eq(users.id, requesterId)),
    }
  },
  'owner, who is suspended,': async () => {
    const former = await world.addUser()
    return {
      former: former.id,
      approvers: [{ kind: 'resource_owner', userId: former.id }],
      leave: (id) => world.db.update(users).set({ state: 'suspended' }).where(eq(users.id, id)),
    }
  },
}

test.each(Object.entries(formers))('a former %s decides by no update and no signal', async (_, make) => {
  const { former, approvers, requester, leave } = await make()
  await world.addUser({ roles: ['admin'] })
  const asking = await world.addUser(requester)
  const id = await world.ask(asking.id, (await world.offer({ approvers })).id)
  await leave(former, asking.id)

  const decision = { by: former, decision: 'approve' } as const
  await expect(world.commands.decide(id, decision, randomUUID())).rejects.toMatchObject({ name: 'DomainError' })
  await expect(world.commands.override(id, { by: former, decision: 'grant' }, randomUUID())).rejects.toMatchObject({
    name: 'DomainError',
  })
  await world.requestHandle(id).signal('decide', decision)
  await world.requestHandle(id).signal('override', { by: former, decision: 'grant' })
  await until(async () => (await world.auditOf(id)).filter(({ success }) => !success).length >= 2)

  expect(['pending', 'missing_data']).toContain(await world.statusOf(id))
  expect((await world.rowOf(id)).steps.flatMap(({ decisions }) => decisions)).toEqual([])
})

test('an open request keeps the owner that its flow named when it was asked for, and the next one has the new one', async () => {
  const [before, after] = [await world.addUser(), await world.addUser()]
  const flow = await world.offer({ approvers: [{ kind: 'resource_owner', userId: before.id }] })
  const id = await world.ask((await world.addUser()).id, flow.id)
  await world.db
    .update(approvalFlows)
    .set({ approvers: [{ kind: 'resource_owner', userId: after.id }] })
    .where(eq(approvalFlows.id, flow.id))
  const next = await world.ask((await world.addUser()).id, flow.id)
  const approve = (of: string, by: string) => world.commands.decide(of, { by, decision: 'approve' }, randomUUID())

  await expect(approve(next, before.id)).rejects.toMatchObject({ code: 'not_an_approver' })
  await expect(approve(id, after.id)).rejects.toMatchObject({ code: 'not_an_approver' })
  await approve(id, before.id)
  await approve(next, after.id)

  expect([await world.statusOf(id), await world.statusOf(next)]).toEqual(['approved', 'approved'])
})

test('an approval that a departure completes names whose decision it was, and DI says that the directory completed it', async () => {
  const [stays, leaves] = [await world.addUser({ name: 'Ann Stays' }), await world.addUser()]
  const groupId = uuidv7()
  await world.db.insert(userGroups).values({ id: groupId, name: `Team ${groupId}` })
  await world.db.insert(groupMembers).values([stays, leaves].map(({ id }) => ({ groupId, userId: id })))
  const flow = await world.offer({ approvers: [{ kind: 'user_group', groupId, required: 'all' }] })
  const id = await world.ask((await world.addUser()).id, flow.id)
  await world.commands.decide(id, { by: stays.id, decision: 'approve', reason: 'For the move.' }, randomUUID())
  expect(await world.statusOf(id)).toBe('pending')

  await world.db.delete(groupMembers).where(and(eq(groupMembers.groupId, groupId), eq(groupMembers.userId, leaves.id)))
  await until(async () => (await world.statusOf(id)) === 'approved')

  expect(viewRequest(await world.rowOf(id)).decision).toMatchObject({
    by: { id: stays.id, name: 'Ann Stays' },
    byDirectoryChange: true,
    outcome: 'approved',
    message: 'For the move.',
  })
  const given = (await world.auditOf(id)).find(({ eventType }) => eventType === 'access_management_association_change')
  expect(given).toMatchObject({
    initiatedByType: 'system',
    changes: expect.arrayContaining([
      { field: 'completed_by_directory_change', from: null, to: [{ id: stays.id, name: 'Ann Stays' }] },
    ]),
  })
})
