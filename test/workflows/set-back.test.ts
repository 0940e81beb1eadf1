/**
 * Either store set back to a moment of a request's life and of its timed grant, then reconciled: one outcome, one grant,
 * one mail of each kind, the right membership, a whole chain. Temporal's own file is set back.
 */
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { grants } from '../../src/features/grants/grants.table.ts'
import { membershipsOf } from '../../src/features/memberships/memberships.repository.ts'
import { mails } from '../../src/platform/mail/mail.table.ts'
import { keepDatabase, openKeptTemporal, setDatabaseBack } from '../support/kept-moments.ts'
import { until } from '../support/test-server.ts'
import { openService, type TestService } from '../support/worker-service.ts'

const moments = ['submitted', 'first_decided', 'approved', 'extended', 'revoked'] as const
type Moment = (typeof moments)[number]
type Store = 'Postgres' | 'Temporal'

let temporal: Awaited<ReturnType<typeof openKeptTemporal>>
let world: TestService
let life: Awaited<ReturnType<typeof liveOnce>>

beforeAll(async () => {
  temporal = await openKeptTemporal()
  world = await openService({ address: temporal.address })
  // Kept while it runs, the comparison at the worker's start would go on whenever Temporal is set back.
  await until(hasComparedAtStart)
  life = await liveOnce()
})
afterAll(async () => {
  await world?.close()
  await temporal?.close()
})

const hasComparedAtStart = (): Promise<boolean> =>
  world.client.workflow
    .getHandle('reconcile-at-start')
    .describe()
    .then(
      ({ status }) => status.name === 'COMPLETED',
      () => false,
    )

const check = () => world.reconciliation.run({ isThorough: true, isCheck: true })
const agree = () => until(async () => (await check().catch(() => null))?.differing === 0, 30_000)

async function keep(moment: Moment): Promise<void> {
  await agree()
  await Promise.all([temporal.keep(moment), keepDatabase(world.superuser, moment)])
  await agree()
}

/** Two people decide one after the other; the access is timed, extended, and taken away. */
async function liveOnce() {
  const [manager, owner, admin] = [
    await world.addUser(),
    await world.addUser(),
    await world.addUser({ roles: ['admin'] }),
  ]
  const requester = await world.addUser({ managerId: manager.id })
  const approvers = [{ kind: 'manager' as const }, { kind: 'resource_owner' as const, userId: owner.id }]
  const sequential = { approvers, approvalRequirement: 'all', durations: ['P5D'] } as const
  const flow = await world.offer({ ...sequential, approvers, durations: ['P5D'] })
  const id = await world.ask(requester.id, flow.id)
  await keep('submitted')
  await world.commands.decide(id, { by: manager.id, decision: 'approve' }, 'first')
  await keep('first_decided')
  await world.commands.decide(id, { by: owner.id, decision: 'approve' }, 'second')
  const grant = (await world.grantOf(id)) ?? Promise.reject(new Error('there is no grant'))
  const { id: grantId, expiresAt } = await grant
  await until(() => isWaitedFor(grantId))
  await keep('approved')
  const extendedUntil = new Date(Date.parse(expiresAt ?? '') + 86_400_000).toISOString()
  await world.grantCommands.extend(grantId, { by: admin.id, until: extendedUntil }, 'extend')
  await keep('extended')
  await world.grantCommands.revoke(grantId, { by: admin.id }, 'revoke')
  await until(async () => !(await isWaitedFor(grantId)))
  const endedAt = (await world.grantOf(id))?.endedAt ?? null
  await keep('revoked')
  return { id, grantId, flow, manager, owner, admin, requester, extendedUntil, endedAt }
}

const isWaitedFor = (grantId: string): Promise<boolean> =>
  world
    .grantHandle(grantId)
    .describe()
    .then(
      ({ status }) => status.name === 'RUNNING',
      () => false,
    )

/** Restored as a backup is: while no worker runs, whose cache would be ahead of the server. */
const restore = (moment: Record<Store, Moment>) =>
  world.restartWorker(async () => {
    await temporal.setBack(moment.Temporal)
    await setDatabaseBack(world.superuser, moment.Postgres)
  })

/** Both stores are at `now`, but for one, which is at `earlier`. */
const setBack = (store: Store, now: Moment, earlier: Moment) =>
  restore({ Postgres: now, Temporal: now, [store]: earlier })

async function reconcile(): Promise<number> {
  const { differing } = await world.reconciliation.run({ isThorough: true })
  // The workflow of a grant that its request's workflow starts anew meanwhile is met by the next comparison.
  await until(async () => {
    await world.reconciliation.run({ isThorough: true })
    return (await check()).differing === 0
  }, 30_000)
  return differing
}

const grantsOf = () => world.db.select().from(grants).where(eq(grants.accessRequestId, life.id))

async function isMember(): Promise<boolean> {
  const rows = await membershipsOf(world.db, life.requester.id)
  return rows.some(({ groupId }) => groupId === life.flow.groupId)
}

async function mailsByKind(): Promise<string[]> {
  const rows = await world.db.select().from(mails).where(eq(mails.accessRequestId, life.id))
  return rows.map(({ kind, recipientId }) => `${kind} ${recipientId}`).sort()
}

async function expectOneOutcome(): Promise<void> {
  const row = await world.rowOf(life.id)
  expect(row).toMatchObject({ status: 'approved', decision: { outcome: 'approved', by: { id: life.owner.id } } })
  expect(row.steps.map(({ decisions }) => decisions.map(({ by }) => by.id))).toEqual([
    [life.manager.id],
    [life.owner.id],
  ])
  expect(row.carriedOut).toEqual(['first', 'second'])
  expect(row.version).toBe(3)
  expect((await grantsOf()).map(({ id }) => id)).toEqual([life.grantId])
  expect(await world.requestHandle(life.id).result()).toBe('approved')
  expect((await world.audit.verify(world.db)).fault).toBeNull()
}

/** A mail that nobody has to act on any more need not be sent again; none is sent twice. */
async function expectMails(hasEnded: boolean): Promise<void> {
  const all = await mailsByKind()
  expect(new Set(all).size).toBe(all.length)
  const { requester, manager, owner, admin } = life
  const isAlways = [
    `request_submitted ${requester.id}`,
    `request_for_approvers ${admin.id}`,
    `request_approved ${requester.id}`,
    `review_requested_approver ${manager.id}`,
    ...(hasEnded ? [`access_ended ${requester.id}`] : []),
  ]
  const others = all.filter((mail) => mail !== `review_requested_approver ${owner.id}`)
  expect(others).toEqual(isAlways.sort())
}

async function expectRepairTold(): Promise<void> {
  const changes = (await world.auditOf(life.id)).flatMap((entry) => entry.changes)
  expect(changes.map(({ field }) => field)).toContain('reconciled')
}

const endedLives = (['Postgres', 'Temporal'] as const).flatMap((store) =>
  (['submitted', 'first_decided', 'approved', 'extended'] as const).map((earlier) => ({ store, earlier })),
)

test.each(endedLives)('$store set back from the end to "$earlier"', async ({ store, earlier }) => {
  await setBack(store, 'revoked', earlier)

  expect(await reconcile()).toBeGreaterThan(0)

  await expectOneOutcome()
  const [grant] = await grantsOf()
  expect(grant).toMatchObject({ endedAt: life.endedAt, endedById: life.admin.id, expiresAt: life.extendedUntil })
  expect(await isMember()).toBe(false)
  await until(async () => !(await isWaitedFor(life.grantId)))
  await expectMails(true)
  await expectRepairTold()
})

test('both stores set back to the same moment agree, and nothing is mended', async () => {
  for (const moment of moments) {
    await restore({ Postgres: moment, Temporal: moment })
    expect(await world.reconciliation.run({ isThorough: true })).toEqual({
      lookedAt: expect.any(Number) as number,
      differing: 0,
    })
  }
})

const openLives = (['Postgres', 'Temporal'] as const).flatMap((store) => [
  { store, now: 'approved' as const, earlier: 'submitted' as const },
  { store, now: 'approved' as const, earlier: 'first_decided' as const },
  { store, now: 'extended' as const, earlier: 'submitted' as const },
  { store, now: 'extended' as const, earlier: 'approved' as const },
])

test.each(openLives)(
  '$store set back from "$now" to "$earlier": the access stays until it is taken away',
  async (one) => {
    await setBack(one.store, one.now, one.earlier)

    expect(await reconcile()).toBeGreaterThan(0)

    await expectOneOutcome()
    expect(await isMember()).toBe(true)
    expect((await grantsOf())[0]).toMatchObject({
      endedAt: null,
      ...(one.now === 'extended' && { expiresAt: life.extendedUntil }),
    })
    expect(await isWaitedFor(life.grantId)).toBe(true)
    await expectMails(false)
    await expectRepairTold()

    await world.grantCommands.revoke(life.grantId, { by: life.admin.id }, 'later')
    expect(await isMember()).toBe(false)
    await expectMails(true)
  },
)

test('a decision that meets a workflow older than its row is refused as the row says, or was carried out already', async () => {
  await setBack('Temporal', 'approved', 'submitted')
  const before = { mails: await mailsByKind(), audit: await world.auditOf(life.id) }

  const deny = world.commands.override(life.id, { by: life.admin.id, decision: 'deny', reason: 'No.' }, 'late')

  await expect(deny).rejects.toMatchObject({ code: 'request_closed', details: { current: 'approved' } })
  const again = world.commands.decide(life.id, { by: life.manager.id, decision: 'approve' }, 'first')
  expect(await again).toEqual({ isKnown: true })
  expect(await mailsByKind()).toEqual(before.mails)
  expect(await world.auditOf(life.id)).toEqual(before.audit)
  await expectOneOutcome()
})

test('a decision on a row older than its ended workflow is refused as the workflow ended, and the row follows', async () => {
  await setBack('Postgres', 'approved', 'submitted')
  expect(await world.statusOf(life.id)).toBe('pending')

  const deny = world.commands.override(life.id, { by: life.admin.id, decision: 'deny', reason: 'No.' }, 'late')

  await expect(deny).rejects.toMatchObject({ code: 'request_closed', details: { current: 'approved' } })
  await expectOneOutcome()
  expect(await isMember()).toBe(true)
  await expectMails(false)
})
