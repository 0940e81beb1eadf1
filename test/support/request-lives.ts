/** A life of a request for every message that can be said to one. Each is lived twice: in peace, and with a killed worker. */
import { randomUUID } from 'node:crypto'
import { eq, isNull } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { userGroups } from '../../src/features/directory/groups/groups.table.ts'
import { users } from '../../src/features/directory/users/users.table.ts'
import { directoryChanges } from '../../src/features/requests/directory-changes.table.ts'
import { startWebhookTarget } from '../connectors/webhook-target.ts'
import { answerTo, eventually, type Outcome } from './lived.ts'
import type { Life, Stage } from './lives.ts'
import type { TestService } from './worker-service.ts'

const submitted = [
  'request_for_approvers to admin',
  'request_submitted to requester',
  'review_requested_approver to manager',
]
const approvedMails = ['request_approved to requester', ...submitted]
const canceledMails = ['request_canceled to requester', ...submitted]
export const givenMails = ['request_approved to requester', 'request_submitted to requester']

/** A request that its requester's manager has to decide; the worker is armed before it is asked. */
async function asked({ world, arm }: Stage, offered: Parameters<TestService['offer']>[0] = {}, expiry = 'P30D') {
  const [manager, admin] = [await world.addUser(), await world.addUser({ roles: ['admin'] })]
  const requester = await world.addUser({ managerId: manager.id })
  const flow = await world.offer(offered)
  await arm(requester.id)
  const id = await world.ask(requester.id, flow.id, null, expiry)
  return { id, flow, people: { manager, admin, requester } }
}

/** A flow that gives at once what is asked for, where `answer` is the connected system, if any. */
export async function anAutomaticFlow(
  { world, atEnd }: Stage,
  { answer, durations = [] }: { answer?: ((type: string) => number) | undefined; durations?: string[] } = {},
) {
  const flow = await world.offer({ approvalType: 'automatic', approvers: [], durations })
  if (!answer) return { flow }
  const target = await startWebhookTarget((_, response) => {
    const { type } = JSON.parse(target.calls.at(-1)?.body ?? '') as { type: string }
    response.writeHead(answer(type)).end()
  })
  atEnd(() => target.close())
  const connector = await world.addConnector(target.url)
  await world.db.update(userGroups).set({ connectorId: connector.id }).where(eq(userGroups.id, flow.groupId))
  return { flow, target }
}

/** Asked for through a connected system. */
export async function askedThere(stage: Stage, answer: (type: string) => number) {
  const { world, arm } = stage
  const { flow, target } = await anAutomaticFlow(stage, { answer })
  const [requester, admin] = [await world.addUser(), await world.addUser({ roles: ['admin'] })]
  await arm(requester.id)
  const id = await world.ask(requester.id, flow.id)
  return { id, people: { requester, admin }, ...(target && { target }) }
}

export const is =
  ({ world }: Stage, id: string, status: Outcome['status']) =>
  async () =>
    (await world.statusOf(id)) === status

/** Every change of the directory so far was told. */
const allTold = ({ world }: Stage) =>
  eventually(
    async () =>
      (await world.db.select().from(directoryChanges).where(isNull(directoryChanges.doneAt)).limit(1)).length === 0,
  )

export const refusesFirst = () => {
  let count = 0
  return () => (count++ === 0 ? 400 : 204)
}

export const requestLives: Life[] = [
  {
    name: 'the only approver approves access with an end',
    kind: 'request decide',
    left: { status: 'approved', version: 2, mails: approvedMails, told: ['done'], grant: { isWatched: true } },
    async live(stage) {
      const { id, people } = await asked(stage, { durations: ['P5D'] })
      const operation = randomUUID()
      const decision = { by: people.manager.id, decision: 'approve' } as const
      return {
        id,
        people,
        told: [await answerTo(() => stage.world.commands.decide(id, decision, operation))],
      }
    },
  },
  {
    name: 'the first of two approvers approves, then the second',
    kind: 'request decide',
    left: { status: 'approved', version: 3, told: ['done', 'done'] },
    async live(stage) {
      const owner = await stage.world.addUser()
      const approvers = [{ kind: 'manager' as const }, { kind: 'resource_owner' as const, userId: owner.id }]
      const { id, people } = await asked(stage, { approvers, approvalRequirement: 'all' })
      const told: string[] = []
      for (const by of [people.manager.id, owner.id]) {
        const operation = randomUUID()
        told.push(await answerTo(() => stage.world.commands.decide(id, { by, decision: 'approve' }, operation)))
      }
      return { id, people: { ...people, owner }, told }
    },
  },
  {
    name: 'an approver denies by a signal',
    kind: 'request decide',
    left: { status: 'denied', version: 2, mails: ['request_denied to requester', ...submitted] },
    async live(stage) {
      const { id, people } = await asked(stage)
      const message = { by: people.manager.id, decision: 'deny', reason: 'No.' }
      await stage.world.requestHandle(id).signal('decide', message)
      await eventually(is(stage, id, 'denied'))
      return { id, people }
    },
  },
  {
    name: 'somebody who may not override is refused, in the commit that finds another manager',
    kind: 'request override',
    left: { status: 'pending', version: 2, told: ['not_an_administrator'] },
    async live(stage) {
      const { id, people } = await asked(stage)
      const next = await stage.world.addUser()
      await stage.world.db.update(users).set({ managerId: next.id }).where(eq(users.id, people.requester.id))
      const operation = randomUUID()
      const grant = { by: people.manager.id, decision: 'grant' } as const
      const told = [await answerTo(() => stage.world.commands.override(id, grant, operation))]
      return { id, people: { ...people, next }, told }
    },
  },
  {
    name: 'an administrator grants',
    kind: 'request override',
    left: { status: 'approved', version: 2, mails: approvedMails, told: ['done'], isMember: true },
    async live(stage) {
      const { id, people } = await asked(stage)
      const operation = randomUUID()
      const grant = { by: people.admin.id, decision: 'grant' } as const
      return { id, people, told: [await answerTo(() => stage.world.commands.override(id, grant, operation))] }
    },
  },
  {
    name: 'an administrator denies',
    kind: 'request override',
    left: { status: 'denied', version: 2, mails: ['request_denied to requester', ...submitted], told: ['done'] },
    async live(stage) {
      const { id, people } = await asked(stage)
      const operation = randomUUID()
      const denial = { by: people.admin.id, decision: 'deny', reason: 'No.' } as const
      return {
        id,
        people,
        told: [await answerTo(() => stage.world.commands.override(id, denial, operation))],
      }
    },
  },
  {
    name: 'a signal of somebody who may not override is refused, and noted once',
    kind: 'request override',
    left: { status: 'pending', version: 1, mails: submitted },
    async live(stage) {
      const { id, people } = await asked(stage)
      await stage.world.requestHandle(id).signal('override', { by: people.manager.id, decision: 'grant' })
      await eventually(async () => (await stage.world.auditOf(id)).length === 2)
      return { id, people }
    },
  },
  {
    name: 'the requester withdraws',
    kind: 'request withdraw',
    left: { status: 'canceled', version: 2, mails: canceledMails, told: ['done'] },
    async live(stage) {
      const { id, people } = await asked(stage)
      const operation = randomUUID()
      const withdraw = () => stage.world.commands.withdraw(id, { by: people.requester.id }, operation)
      return { id, people, told: [await answerTo(withdraw)] }
    },
  },
  {
    name: 'a manager is set, and decides',
    kind: 'request directoryChanged',
    left: { status: 'approved', version: 3, told: ['done'] },
    async live(stage) {
      const { world } = stage
      const [manager, requester] = [await world.addUser(), await world.addUser()]
      const id = await world.ask(requester.id, (await world.offer()).id)
      await allTold(stage)
      await stage.arm(requester.id)
      await world.db.update(users).set({ managerId: manager.id }).where(eq(users.id, requester.id))
      await eventually(is(stage, id, 'pending'))
      const operation = randomUUID()
      const decide = () => world.commands.decide(id, { by: manager.id, decision: 'approve' }, operation)
      return { id, people: { manager, requester }, told: [await answerTo(decide)] }
    },
  },
  {
    name: 'its flow is deleted',
    kind: 'request flowClosed',
    left: { status: 'canceled', version: 2, mails: canceledMails },
    async live(stage) {
      const { id, people, flow } = await asked(stage)
      const { id: adminId, name, email } = people.admin
      const actor = { id: adminId, name, email, roles: ['admin'] }
      const operation = { actor, origin: {}, operationId: uuidv7() }
      await stage.world.flows.delete(operation, flow.id, { isConfirmed: true })
      await eventually(is(stage, id, 'canceled'))
      return { id, people }
    },
  },
  {
    name: 'nobody decides in time',
    kind: 'request expire',
    left: { status: 'expired', version: 2, mails: ['request_expired to requester', ...submitted] },
    async live(stage) {
      const { id, people } = await asked(stage, {}, 'PT2S')
      await eventually(is(stage, id, 'expired'))
      return { id, people }
    },
  },
  {
    name: 'an operator cancels its workflow',
    kind: 'request workflowEnded',
    left: { status: 'canceled', version: 2, mails: canceledMails },
    async live(stage) {
      const { id, people } = await asked(stage)
      await stage.world.requestHandle(id).cancel()
      await eventually(is(stage, id, 'canceled'))
      return { id, people }
    },
  },
  {
    name: 'access is given at once',
    kind: 'request lookAgain',
    left: { status: 'approved', version: 2, mails: givenMails, isMember: true },
    async live(stage) {
      const { flow } = await anAutomaticFlow(stage)
      const requester = await stage.world.addUser()
      await stage.arm(requester.id)
      const id = await stage.world.ask(requester.id, flow.id)
      await eventually(is(stage, id, 'approved'))
      return { id, people: { requester } }
    },
  },
  ...(['lookAgain', 'given'] as const).map(
    (message): Life => ({
      name: `a connected system is asked, and has given: ${message}`,
      kind: `request ${message}`,
      left: { status: 'approved', version: 3, mails: givenMails, calls: ['membership.added'], isMember: true },
      async live(stage) {
        const lived = await askedThere(stage, () => 204)
        await eventually(is(stage, lived.id, 'approved'))
        return lived
      },
    }),
  ),
  {
    name: 'a connected system refuses, and an administrator tries again as soon as the row says so',
    kind: 'request notGiven',
    left: { status: 'approved', version: 5, told: ['done'], calls: ['membership.added', 'membership.added'] },
    async live(stage) {
      const lived = await askedThere(stage, refusesFirst())
      await eventually(is(stage, lived.id, 'error'))
      const operation = randomUUID()
      const grant = { by: lived.people.admin.id, decision: 'grant' } as const
      return {
        ...lived,
        told: [await answerTo(() => stage.world.commands.override(lived.id, grant, operation))],
      }
    },
  },
  {
    name: 'a connected system refuses, and takes back what it may have given',
    kind: 'request takenBack',
    left: { status: 'denied', told: ['done'], calls: ['membership.added', 'membership.removed'], askedConnectors: 0 },
    async live(stage) {
      const lived = await askedThere(stage, refusesFirst())
      await eventually(is(stage, lived.id, 'error'))
      const operation = randomUUID()
      const denial = { by: lived.people.admin.id, decision: 'deny', reason: 'No.' } as const
      return {
        ...lived,
        told: [await answerTo(() => stage.world.commands.override(lived.id, denial, operation))],
      }
    },
  },
  {
    name: 'a signal that nobody can read is noted once',
    kind: 'request unreadable',
    left: { status: 'pending', version: 1, mails: submitted },
    async live(stage) {
      const { id, people } = await asked(stage)
      await stage.world.requestHandle(id).signal('decide', 'yes')
      await eventually(async () => (await stage.world.auditOf(id)).length === 2)
      return { id, people }
    },
  },
]
