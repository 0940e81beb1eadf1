/**
 * Whatever happens, and in whatever order: at the end each connected system has exactly whom something holds through it.
 * A seed that failed is lived again with `LEDGERS_SEED`; `LEDGERS_RUNS` lives more of them.
 */
import { randomUUID } from 'node:crypto'
import { setTimeout as after } from 'node:timers/promises'
import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Operation } from '../../src/domain/operation.ts'
import { userGroups } from '../../src/features/directory/groups/groups.table.ts'
import { users } from '../../src/features/directory/users/users.table.ts'
import { approvalFlows } from '../../src/features/flows/flows.table.ts'
import { grants } from '../../src/features/grants/grants.table.ts'
import { groupMembers, toldMemberships } from '../../src/features/memberships/memberships.table.ts'
import { accessRequests } from '../../src/features/requests/requests.table.ts'
import { type LedgerTarget, type Mishap, startLedgerTarget } from '../support/ledger-target.ts'
import { openService, type TestService } from '../support/worker-service.ts'

let world: TestService
beforeAll(async () => {
  world = await openService()
})
afterAll(() => world?.close())

const two = fc.constantFrom(0 as const, 1 as const)
/** Mostly the first one, so that much happens to the same membership. */
const oneOfTwo = fc.constantFrom(0 as const, 0 as const, 0 as const, 1 as const)
const mishap = fc.constantFrom(500, 422, 'cut', 'done and cut', 'slow', 'slow', 'slow and late', 'slow and late')
/** Most calls that fail, so that retries end soon. */
const mostMishaps = 4
const slowMs = 700
const act = fc.oneof(
  fc.record({ is: fc.constantFrom('join', 'leave', 'suspend', 'activate', 'revoke'), person: oneOfTwo }),
  fc.record({ is: fc.constant('ask'), person: oneOfTwo, flow: two }),
  fc.record({ is: fc.constantFrom('group moves', 'flow moves'), to: two }),
  fc.record({ is: fc.constant('fails'), target: oneOfTwo, mishap }),
)
const step = fc.record({ act, isWaitedFor: fc.boolean() })
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never
type Act = Step['act'] & { person?: 0 | 1; flow?: 0 | 1; to?: 0 | 1; target?: 0 | 1; mishap?: string | number }

function mishapOf(word: string | number | undefined): Mishap {
  if (word === 'slow') return { until: after(slowMs), isDone: 'at once' }
  if (word === 'slow and late') return { until: after(slowMs), isDone: 'late' }
  return word as Mishap
}

async function aScene() {
  const targets = [await startLedgerTarget(), await startLedgerTarget()]
  const connectors = await Promise.all(targets.map(({ url }) => world.addConnector(url)))
  const [admin, ...people] = [await world.addUser({ roles: ['admin'] }), await world.addUser(), await world.addUser()]
  const offered = { approvalType: 'automatic' as const, approvers: [], durations: ['P5D'] }
  const flows = [await world.offer(offered), await world.offer(offered)]
  const groupId = flows[0]?.groupId ?? ''
  const idOf = (index = 0) => connectors[index]?.id ?? ''
  await world.db
    .update(userGroups)
    .set({ connectorId: idOf(0) })
    .where(eq(userGroups.id, groupId))
  await world.db
    .update(approvalFlows)
    .set({ groupId, connectorId: idOf(1) })
    .where(eq(approvalFlows.id, flows[1]?.id ?? ''))
  return { targets, connectors, admin, people, flows, groupId, idOf }
}

type Scene = Awaited<ReturnType<typeof aScene>>

const personOf = ({ people }: Scene, index = 0) => people[index]?.id ?? ''

function operationOf({ admin: { id, name, email } }: Scene): Operation {
  return { actor: { id, name, email, roles: ['admin'] }, origin: {}, operationId: randomUUID() }
}

async function revoke(scene: Scene, userId: string): Promise<void> {
  const open = and(eq(grants.userId, userId), isNull(grants.endedAt))
  const [grant] = await world.db.select({ id: grants.id }).from(grants).where(open).orderBy(grants.id).limit(1)
  if (grant) await world.grantCommands.revoke(grant.id, { by: scene.admin.id }, randomUUID())
}

const become = (userId: string, state: 'activated' | 'suspended') =>
  world.db.update(users).set({ state }).where(eq(users.id, userId))

function done(scene: Scene, { is, person, flow, to, target, mishap: word }: Act): Promise<unknown> {
  const [userId, { groupId }] = [personOf(scene, person), scene]
  const { members } = world.modules.memberships
  const acts: Record<string, () => Promise<unknown>> = {
    join: () => members.add(operationOf(scene), { groupId, userId }),
    leave: () => members.remove(operationOf(scene), { groupId, userId }),
    suspend: () => become(userId, 'suspended'),
    activate: () => become(userId, 'activated'),
    revoke: () => revoke(scene, userId),
    ask: () => world.ask(userId, scene.flows[flow ?? 0]?.id ?? '', 'P5D'),
    'group moves': async () =>
      world.db
        .update(userGroups)
        .set({ connectorId: scene.idOf(to) })
        .where(eq(userGroups.id, groupId)),
    'flow moves': async () =>
      world.db
        .update(approvalFlows)
        .set({ connectorId: scene.idOf(to) })
        .where(eq(approvalFlows.id, scene.flows[1]?.id ?? '')),
    fails: async () => scene.targets[target ?? 0]?.fail(mishapOf(word)),
  }
  // A refusal is an answer, too.
  return (acts[is] as () => Promise<unknown>)().catch(() => undefined)
}

/** What is still going on: requests, ends of access, and calls. Requests in error are denied, as somebody would. */
async function goingOn(scene: Scene): Promise<number> {
  const ids = scene.people.map(({ id }) => id)
  const isTheirs = inArray(accessRequests.requesterId, ids)
  const failed = await world.db
    .select({ id: accessRequests.id })
    .from(accessRequests)
    .where(and(isTheirs, eq(accessRequests.status, 'error')))
  for (const { id } of failed)
    await world.commands
      .override(id, { by: scene.admin.id, decision: 'deny', reason: 'No.' }, randomUUID())
      .catch(() => undefined)
  const asked = sql`${accessRequests.status} in ('pending', 'error', 'missing_data') or state #> '{askedConnectors,0}' is not null`
  const open = await world.db.$count(accessRequests, and(isTheirs, sql`(${asked})`))
  const ending = await world.db.$count(
    grants,
    and(inArray(grants.userId, ids), isNull(grants.endedAt), sql`ending is not null`),
  )
  const unsure = await world.db.$count(
    toldMemberships,
    and(eq(toldMemberships.groupId, scene.groupId), eq(toldMemberships.isSure, false)),
  )
  return open + ending + unsure
}

/** Whom something holds at each system. */
async function heldOf({ connectors, groupId, people }: Scene): Promise<string[][]> {
  const [group] = await world.db.select().from(userGroups).where(eq(userGroups.id, groupId))
  const states = new Map((await world.db.select().from(users)).map(({ id, state }) => [id, state]))
  const direct = await world.db.select().from(groupMembers).where(eq(groupMembers.groupId, groupId))
  const given = await world.db
    .select()
    .from(grants)
    .where(and(eq(grants.groupId, groupId), isNull(grants.endedAt)))
  return connectors.map(({ id }) =>
    people
      .map((person) => person.id)
      .filter(
        (userId) =>
          given.some((grant) => grant.userId === userId && grant.connectorId === id) ||
          (group?.connectorId === id &&
            states.get(userId) === 'activated' &&
            direct.some((member) => member.userId === userId)),
      )
      .sort(),
  )
}

const ledgersOf = (targets: LedgerTarget[], groupId: string) => targets.map((target) => target.membersOf(groupId))

async function lived(steps: Step[]): Promise<void> {
  const scene = await aScene()
  let mishaps = 0
  const begun: Promise<unknown>[] = []
  for (const { act: one, isWaitedFor } of steps) {
    if (one.is === 'fails' && (mishaps += 1) > mostMishaps) continue
    const doing = done(scene, one as Act)
    begun.push(doing)
    if (isWaitedFor) await doing
  }
  await Promise.all(begun)
  for (const target of scene.targets) target.heal()
  const isOver = async () => {
    const left = await goingOn(scene)
    const [held, ledgers] = [await heldOf(scene), ledgersOf(scene.targets, scene.groupId)]
    return { left, ledgers, held }
  }
  const about = { timeout: 45_000, interval: 250, message: JSON.stringify(steps) }
  await expect
    .poll(async () => {
      const { left, ledgers, held } = await isOver()
      return left > 0
        ? { left, ledgers, held }
        : { ledgers, held, isRight: JSON.stringify(ledgers) === JSON.stringify(held) }
    }, about)
    .toMatchObject({ isRight: true })
  await Promise.all(scene.targets.map((target) => target.close()))
}

const seed = process.env['LEDGERS_SEED']
const runs = Number(process.env['LEDGERS_RUNS'] ?? 5)

test('the systems have whom something holds there, whatever has happened', {
  timeout: 120_000 + runs * 60_000,
}, async () => {
  const lives = fc.array(fc.array(step, { minLength: 4, maxLength: 14 }), { minLength: 12, maxLength: 12 })
  await fc.assert(
    fc.asyncProperty(lives, async (all) => {
      // Another worker takes over in the middle, with nothing in its memory.
      await Promise.all([...all.map(lived), world.restartWorker(async () => undefined)])
    }),
    { numRuns: runs, endOnFailure: true, ...(seed && { seed: Number(seed) }) },
  )
})
