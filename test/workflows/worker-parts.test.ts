/** The worker as it really is: real Temporal, real Postgres, the real activities and chores. */
import { randomUUID } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { userGroups } from '../../src/features/directory/groups/groups.table.ts'
import { users } from '../../src/features/directory/users/users.table.ts'
import { approvalFlows } from '../../src/features/flows/flows.table.ts'
import { groupMembers } from '../../src/features/memberships/memberships.table.ts'
import { directoryChanges } from '../../src/features/requests/directory-changes.table.ts'
import { until } from '../support/test-server.ts'
import { openService, type TestService } from '../support/worker-service.ts'

let world: TestService
beforeAll(async () => {
  world = await openService()
})
afterAll(() => world?.close())

const addUser: TestService['addUser'] = (...args) => world.addUser(...args)
const offer: TestService['offer'] = (...args) => world.offer(...args)
const ask: TestService['ask'] = (...args) => world.ask(...args)
const rowOf: TestService['rowOf'] = (id) => world.rowOf(id)
const statusOf: TestService['statusOf'] = (id) => world.statusOf(id)
const grantOf: TestService['grantOf'] = (id) => world.grantOf(id)
const mailsOf: TestService['mailsOf'] = (id) => world.mailsOf(id)
const auditOf: TestService['auditOf'] = (id) => world.auditOf(id)

test('a request is granted, its user is in the group, and everybody gets one mail', async () => {
  const manager = await addUser()
  const requester = await addUser({ managerId: manager.id })
  const flow = await offer()
  const id = await ask(requester.id, flow.id)

  const outcome = await world.commands.decide(id, { by: manager.id, decision: 'approve' }, 'key')
  expect(await world.commands.decide(id, { by: manager.id, decision: 'approve' }, 'key')).toEqual(outcome)

  expect(await rowOf(id)).toMatchObject({ status: 'approved', decision: { by: { id: manager.id } } })
  expect(await grantOf(id)).toMatchObject({
    userId: requester.id,
    groupId: flow.groupId,
    expiresAt: null,
    endedAt: null,
  })
  expect(await mailsOf(id)).toEqual(['request_approved', 'request_submitted', 'review_requested_approver'])
})

test('a manager who is set by plain SQL heals the request that waits for one', async () => {
  const manager = await addUser()
  const requester = await addUser()
  const id = await ask(requester.id, (await offer()).id)
  expect(await statusOf(id)).toBe('missing_data')

  await world.db.update(users).set({ managerId: manager.id }).where(eq(users.id, requester.id))

  await until(async () => (await statusOf(id)) === 'pending')
  expect((await rowOf(id)).steps[0]?.approvers.map(({ id: one }) => one)).toEqual([manager.id])
  expect(await mailsOf(id)).toContain('review_requested_approver')
})

test('a member who joins heals the request that waits for a group, and an owner who returns another', async () => {
  const teamId = uuidv7()
  await world.db.insert(userGroups).values({ id: teamId, name: `Team ${teamId}` })
  const owner = await addUser({ state: 'suspended' })
  const requester = await addUser()
  const forGroup = await ask(
    requester.id,
    (await offer({ approvers: [{ kind: 'user_group', groupId: teamId, required: 1 }] })).id,
  )
  const forOwner = await ask(
    requester.id,
    (await offer({ approvers: [{ kind: 'resource_owner', userId: owner.id }] })).id,
  )
  expect([await statusOf(forGroup), await statusOf(forOwner)]).toEqual(['missing_data', 'missing_data'])

  await world.db.insert(groupMembers).values({ groupId: teamId, userId: (await addUser()).id })
  await world.db.update(users).set({ state: 'activated' }).where(eq(users.id, owner.id))

  await until(async () => (await statusOf(forGroup)) === 'pending' && (await statusOf(forOwner)) === 'pending')
})

test("an administrator's own request goes on when there is a second administrator, and is lost with its suspension", async () => {
  const alone = await addUser({ roles: ['admin'] })
  const flow = await offer({ approvers: [{ kind: 'administrator' }] })
  const id = await ask(alone.id, flow.id)
  expect(await statusOf(id)).toBe('missing_data')

  const other = await addUser()
  await world.db
    .update(users)
    .set({ roles: ['admin'] })
    .where(eq(users.id, other.id))
  await until(async () => (await statusOf(id)) === 'pending')
  await world.db.update(users).set({ state: 'suspended' }).where(eq(users.id, alone.id))

  await until(async () => (await statusOf(id)) === 'canceled')
  expect((await rowOf(id)).decision).toMatchObject({ cause: 'requester_suspended' })
})

test('deleting a flow cancels every open request of it, and access already given stays', async () => {
  const admin = await addUser({ roles: ['admin'] })
  const manager = await addUser()
  const flow = await offer()
  const granted = await ask((await addUser({ managerId: manager.id })).id, flow.id)
  await world.commands.decide(granted, { by: manager.id, decision: 'approve' }, randomUUID())
  const open: string[] = []
  for (let count = 0; count < 20; count++) open.push(await ask((await addUser({ managerId: manager.id })).id, flow.id))

  const actor = { id: admin.id, name: admin.name, email: admin.email, roles: ['admin'] }
  await world.flows.delete({ actor, origin: {}, operationId: uuidv7() }, flow.id, { isConfirmed: true })

  await until(async () => (await Promise.all(open.map(statusOf))).every((status) => status === 'canceled'))
  expect((await rowOf(open[0] ?? '')).decision).toMatchObject({ cause: 'flow_deleted' })
  expect(await grantOf(granted)).toMatchObject({ endedAt: null })
  await until(
    async () =>
      (
        await world.db
          .select()
          .from(directoryChanges)
          .where(sql`${directoryChanges.kind} = 'flow_deleted' and ${directoryChanges.doneAt} is null`)
      ).length === 0,
  )
})

test('a grant cannot slip through after the flow was closed, even before its request hears of it', async () => {
  const manager = await addUser()
  const flow = await offer()
  const id = await ask((await addUser({ managerId: manager.id })).id, flow.id)
  await world.db.update(approvalFlows).set({ enabled: false }).where(eq(approvalFlows.id, flow.id))

  const late = world.commands.decide(id, { by: manager.id, decision: 'approve' }, randomUUID())

  await expect(late).rejects.toMatchObject({ code: 'request_closed', details: { current: 'canceled' } })
  expect(await rowOf(id)).toMatchObject({ status: 'canceled', decision: { cause: 'flow_disabled' } })
  expect(await grantOf(id)).toBeUndefined()
})

test('timed access ends by itself, in the directory and by mail', async () => {
  const requester = await addUser()
  const id = await ask(
    requester.id,
    (await offer({ approvalType: 'automatic', approvers: [], durations: ['PT2S'] })).id,
  )
  await until(async () => (await statusOf(id)) === 'approved')
  expect(await grantOf(id)).toMatchObject({ endedAt: null })

  await until(async () => (await grantOf(id))?.endedAt !== null)

  const grant = await grantOf(id)
  expect(grant?.endedById).toBeNull()
  expect(Date.parse(grant?.endedAt ?? '') - Date.parse(grant?.expiresAt ?? '')).toBeLessThan(3000)
  await until(async () => (await mailsOf(id)).includes('access_ended'))
})

test('access without an end is revoked by an administrator, once', async () => {
  const admin = await addUser({ roles: ['admin'] })
  const requester = await addUser()
  const id = await ask(requester.id, (await offer({ approvalType: 'automatic', approvers: [] })).id)
  await until(async () => (await statusOf(id)) === 'approved')
  const grantId = (await grantOf(id))?.id ?? ''

  await expect(world.grantCommands.revoke(grantId, { by: requester.id }, 'not-me')).rejects.toMatchObject({
    code: 'not_an_administrator',
  })
  expect(await world.grantCommands.revoke(grantId, { by: admin.id }, 'key')).toEqual({ isKnown: true })

  expect(await grantOf(id)).toMatchObject({ endedById: admin.id })
  await expect(world.grantCommands.revoke(grantId, { by: admin.id }, 'again')).rejects.toMatchObject({
    code: 'grant_ended',
  })
  expect((await mailsOf(id)).filter((kind) => kind === 'access_ended')).toHaveLength(1)
})

test('a second decision is told who won, also after the workflow is closed', async () => {
  const admin = await addUser({ name: 'Ada Admin', roles: ['admin'] })
  const id = await ask((await addUser()).id, (await offer()).id)
  await world.commands.override(id, { by: admin.id, decision: 'deny', reason: 'No.' }, randomUUID())

  const second = world.commands.override(id, { by: admin.id, decision: 'grant' }, randomUUID())

  await expect(second).rejects.toMatchObject({
    code: 'request_closed',
    message: expect.stringContaining('by Ada Admin') as string,
    details: { current: 'denied' },
  })
})

test('a broken signal is written to the audit log as failed, by whom it said', async () => {
  const manager = await addUser()
  const id = await ask((await addUser({ managerId: manager.id })).id, (await offer()).id)
  const handle = world.requestHandle(id)

  await handle.signal('override', { by: manager.id, decision: 'grant' })
  await handle.signal('decide', { by: "'; drop table users; --\u0000", decision: 'approve' })

  await until(async () => (await auditOf(id)).filter(({ success }) => !success).length === 2)
  const codes = (await auditOf(id)).flatMap(({ errorMessage }) => errorMessage?.split(':')[0] ?? [])
  expect(new Set(codes)).toEqual(new Set(['invalid_input', 'not_an_administrator']))
  expect(await statusOf(id)).toBe('pending')
})

test("odd texts in signals stand in nobody's way, and the audit log still verifies", async () => {
  const manager = await addUser()
  const id = await ask((await addUser({ managerId: manager.id })).id, (await offer()).id)
  const handle = world.requestHandle(id)

  await handle.signal('override', { by: manager.id.toUpperCase(), decision: 'grant' })
  await handle.signal('decide', {
    by: manager.id.toUpperCase(),
    decision: 'deny',
    reason: 'r',
    origin: { clientIp: '\u0000', userAgent: 'half \ud83d' },
  })

  await until(async () => (await statusOf(id)) === 'denied')
  // Signals of two kinds that come before the workflow has begun are heard in the order of its handlers.
  const refused = async () => (await auditOf(id)).filter(({ success }) => !success)
  await until(async () => (await refused()).length > 0)
  expect(await refused()).toMatchObject([{ initiatedById: manager.id }])
  expect((await world.audit.verify(world.db)).fault).toBeNull()
})

test('an open request whose workflow was terminated is canceled at the next look', async () => {
  const id = await ask((await addUser()).id, (await offer()).id)
  await world.requestHandle(id).terminate('by an operator')

  // What the server lists is a moment late.
  await until(async () => {
    await world.reconciliation.lookForEnded()
    return (await statusOf(id)) === 'canceled'
  })

  expect(await rowOf(id)).toMatchObject({ status: 'canceled', decision: { cause: 'workflow_ended' } })
})

test('a decision on a request whose workflow was terminated closes it at once and says so, whoever decides', async () => {
  const [manager, admin] = [await addUser(), await addUser({ roles: ['admin'] })]
  const flow = await offer()
  const decide = (id: string) => world.commands.decide(id, { by: manager.id, decision: 'approve' }, randomUUID())
  const deny = (id: string) =>
    world.commands.override(id, { by: admin.id, decision: 'deny', reason: 'No.' }, randomUUID())

  for (const act of [decide, deny]) {
    const id = await ask((await addUser({ managerId: manager.id })).id, flow.id)
    await world.requestHandle(id).terminate('by an operator')

    await expect(act(id)).rejects.toMatchObject({ code: 'request_closed', details: { current: 'canceled' } })
    await expect(act(id)).rejects.toMatchObject({ code: 'request_closed', details: { current: 'canceled' } })

    expect(await rowOf(id)).toMatchObject({ status: 'canceled', decision: { cause: 'workflow_ended' } })
    expect((await mailsOf(id)).filter((kind) => kind === 'request_canceled')).toHaveLength(1)
  }
})

test('timed access whose workflow was terminated still ends, and can still be revoked', async () => {
  const admin = await addUser({ roles: ['admin'] })
  const offered = await offer({ approvalType: 'automatic', approvers: [], durations: ['PT4S', 'P5D'] })
  const granted = async (duration: string) => {
    const id = await ask((await addUser()).id, offered.id, duration)
    await until(async () => (await statusOf(id)) === 'approved')
    const grantId = (await grantOf(id))?.id ?? ''
    const handle = world.grantHandle(grantId)
    await until(() =>
      handle.describe().then(
        () => true,
        () => false,
      ),
    )
    await handle.terminate('by an operator')
    return { id, grantId }
  }
  const [brief, long] = [await granted('PT4S'), await granted('P5D')]

  await world.reconciliation.lookForEnded()
  const revoked = await world.grantCommands.revoke(long.grantId, { by: admin.id }, 'revoke-terminated')
  await until(async () => (await grantOf(brief.id))?.endedAt !== null)

  expect(revoked).toEqual({ isKnown: true })
  expect(await grantOf(long.id)).toMatchObject({ endedById: admin.id })
})
