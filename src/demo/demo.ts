/** Makes the demo company through the product's own commands: real rows, real workflows, real mails. */
import type { Actor } from '../domain/abilities.ts'
import type { ApproverRule } from '../domain/flow/flow.ts'
import type { DemoFlow } from './demo-catalog.ts'
import { demoApplications, demoFlows, demoGroups } from './demo-catalog.ts'
import { demoId } from './demo-id.ts'
import type { DemoPerson } from './demo-people.ts'
import { demoEmail, demoPeople } from './demo-people.ts'
import type { DemoAct, DemoRequest } from './demo-requests.ts'
import { demoRequests } from './demo-requests.ts'

interface Operation {
  actor: Actor
  origin: Record<string, never>
  operationId: string
}

interface Named {
  name: string
  id: string
}

/** The product's commands, as far as the demo uses them. */
export interface DemoDeps {
  /** Base of the service: the demo's VPN gateway is an address of it that does not exist. */
  publicUrl: string
  /** Of everybody but the administrator. */
  password: string
  firstAdministrator(): Promise<Actor>
  /** Users other than the first administrator that the demo did not make. */
  countForeign(demoIds: string[]): Promise<number>
  /** All with the same password, so it is hashed once. */
  createUsers(
    administrator: Actor,
    people: (Named & Omit<DemoPerson, 'manager' | 'key'> & { email: string; managerId: string | null })[],
    password: string,
  ): Promise<void>
  createGroup(
    operation: Operation,
    group: { name: string; description: string; connectorId: string | null },
  ): Promise<unknown>
  addMember(operation: Operation, member: { groupId: string; userId: string }): Promise<unknown>
  createConnector(operation: Operation, connector: { name: string; url: string }): Promise<string>
  createApplication(
    operation: Operation,
    application: { name: string; url: string; color: string; groupIds: string[] },
  ): Promise<unknown>
  createFlow(operation: Operation, flow: ReturnType<typeof flowInput>): Promise<unknown>
  submit(request: {
    id: string
    requesterId: string
    approvalFlowId: string
    reason: string
    requestedDuration: string | null
    now: string
  }): Promise<unknown>
  decide(
    requestId: string,
    message: { by: string; decision: 'approve' | 'deny'; reason?: string; nextSteps?: string },
    operationId: string,
  ): Promise<unknown>
  override(
    requestId: string,
    message: {
      by: string
      decision: 'grant' | 'deny'
      message?: string
      reason?: string
      nextSteps?: string
      internalNotes?: string
    },
    operationId: string,
  ): Promise<unknown>
  withdraw(requestId: string, message: { by: string }, operationId: string): Promise<unknown>
  /** True for a refusal by the rules: the demo was there before and this had already happened. */
  isRefusal(error: unknown): boolean
}

const dayMs = 24 * 60 * 60 * 1000
const atOnce = 4

const userId = (key: string) => demoId(`user ${key}`)
const groupId = (key: string) => demoId(`group ${key}`)
const flowId = (key: string) => demoId(`flow ${key}`)

function ruleOf({ kind, user, group, required }: DemoFlow['approvers'][number]): ApproverRule {
  return {
    kind,
    ...(user ? { userId: userId(user) } : {}),
    ...(group ? { groupId: groupId(group) } : {}),
    ...(required ? { required } : {}),
  }
}

function flowInput(flow: DemoFlow, connectorId: string | null) {
  return {
    name: flow.name,
    description: flow.description,
    color: flow.color,
    logoUrl: null,
    enabled: true,
    groupId: groupId(flow.group),
    visibleToGroupIds: (flow.visibleTo ?? []).map(groupId),
    approvalType: flow.approvalType,
    approvalRequirement: flow.approvalRequirement,
    approvers: flow.approvers.map(ruleOf),
    durations: flow.durations ?? [],
    connectorId: flow.connector ? connectorId : null,
  }
}

async function forEach<T>(items: readonly T[], run: (item: T) => Promise<unknown>, workers = atOnce): Promise<void> {
  const queue = [...items]
  await Promise.all(
    Array.from({ length: workers }, async () => {
      for (let item = queue.shift(); item !== undefined; item = queue.shift()) await run(item)
    }),
  )
}

export function createDemo(deps: DemoDeps) {
  const began = Date.now()

  async function directory(operation: (name: string) => Operation): Promise<void> {
    const managersFirst = [...demoPeople].sort((a, b) => depth(a) - depth(b))
    const people = managersFirst.map(({ key, manager, ...person }) => ({
      ...person,
      id: userId(key),
      email: demoEmail({ key, ...person }),
      managerId: manager ? userId(manager) : null,
    }))
    await deps.createUsers(operation('users').actor, people, deps.password)
    for (const { key, members, ...group } of demoGroups) {
      await deps.createGroup(operation(`group ${key}`), { ...group, connectorId: null })
      for (const member of members)
        await deps.addMember(operation(`member ${key} ${member}`), { groupId: groupId(key), userId: userId(member) })
    }
  }

  async function catalogue(operation: (name: string) => Operation): Promise<void> {
    for (const { key, groups, ...application } of demoApplications) {
      await deps.createApplication(operation(`application ${key}`), { ...application, groupIds: groups.map(groupId) })
    }
    const connectorId = await deps.createConnector(operation('connector gateway'), {
      name: 'VPN gateway',
      url: `${deps.publicUrl}/vpn-gateway/members`,
    })
    for (const flow of demoFlows) await deps.createFlow(operation(`flow ${flow.key}`), flowInput(flow, connectorId))
  }

  // oxlint-disable-next-line complexity -- optional words of a story are left out, which counts as branches
  async function act(request: { id: string; by: string }, step: DemoAct, operationId: string): Promise<void> {
    if (step.act === 'withdraw') return void (await deps.withdraw(request.id, { by: request.by }, operationId))
    const by = userId(step.by)
    if (isApprovers(step)) {
      const { act: decision, reason, nextSteps } = step
      return void (await deps.decide(
        request.id,
        { by, decision, ...(reason ? { reason } : {}), ...(nextSteps ? { nextSteps } : {}) },
        operationId,
      ))
    }
    const { text, nextSteps, notes } = step
    const words =
      step.act === 'grant'
        ? { ...(text ? { message: text } : {}) }
        : { reason: text ?? '', ...(nextSteps ? { nextSteps } : {}), ...(notes ? { internalNotes: notes } : {}) }
    await deps.override(request.id, { by, decision: step.act === 'grant' ? 'grant' : 'deny', ...words }, operationId)
  }

  async function live(request: DemoRequest): Promise<void> {
    const name = `request ${request.flow} ${request.by} ${request.daysAgo}`
    const id = demoId(name)
    const minutes = Number.parseInt(id.slice(-3), 16) % 480
    const now = new Date(began - request.daysAgo * dayMs - minutes * 60_000).toISOString()
    try {
      await deps.submit({
        id,
        requesterId: userId(request.by),
        approvalFlowId: flowId(request.flow),
        reason: request.reason,
        requestedDuration: request.duration ?? null,
        now,
      })
      for (const [index, step] of request.acts.entries())
        await act({ id, by: userId(request.by) }, step, demoId(`${name} act ${index}`))
    } catch (error) {
      if (!deps.isRefusal(error)) throw error
    }
  }

  return {
    /** Only into an empty database, or one that holds nothing but an unfinished demo. */
    mayRun: async (): Promise<boolean> => (await deps.countForeign(demoPeople.map(({ key }) => userId(key)))) === 0,

    async run(): Promise<void> {
      const actor = await deps.firstAdministrator()
      const operation = (name: string): Operation => ({ actor, origin: {}, operationId: idFor(name) })
      await directory(operation)
      await catalogue(operation)
      await forEach(demoRequests, live)
    },

    signIns: () => [
      { role: 'Employee', email: emailOf('hana') },
      { role: 'Approver', email: emailOf('lukas') },
    ],
  }
}

function isApprovers(step: DemoAct): step is Extract<DemoAct, { act: 'approve' | 'deny' }> {
  return step.act === 'approve' || step.act === 'deny'
}

function idFor(name: string): string {
  const [kind, key] = name.split(' ')
  return kind === 'group' ? groupId(key ?? '') : kind === 'flow' ? flowId(key ?? '') : demoId(name)
}

function depth(person: DemoPerson): number {
  const manager = demoPeople.find(({ key }) => key === person.manager)
  return manager ? depth(manager) + 1 : 0
}

function emailOf(key: string): string {
  const person = demoPeople.find((one) => one.key === key)
  return person ? demoEmail(person) : ''
}
