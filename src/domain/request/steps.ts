/**
 * Who must act next, and what the decisions made so far add up to.
 * A person counts once in a request: a decision counts in one step, and that person is no approver of the others.
 */

import type { ApprovalRequirement } from '../flow/flow.ts'
import type { Person } from '../shared/person.ts'
import type { DirectoryFacts } from './approvers.ts'
import { resolveRule } from './approvers.ts'
import type { AccessRequest, MissingData, Step } from './record.ts'

export type Outcome = 'approved' | 'denied' | 'waiting' | 'missing'

export interface Evaluation {
  steps: Step[]
  missingData: MissingData[]
  outcome: Outcome
}

export interface Progress {
  approved: number
  total: number
}

const settledStates = new Set(['approved', 'denied', 'skipped', 'overridden'])

export function isSettled(step: Step): boolean {
  return settledStates.has(step.state)
}

/** Everyone whose decision counted in a step other than `order`. */
function countedElsewhere(steps: readonly Step[], order: number): Set<string> {
  return new Set(steps.filter((step) => step.order !== order).flatMap((step) => step.decisions.map(({ by }) => by.id)))
}

function approvals(step: Step): number {
  return step.decisions.filter(({ decision }) => decision === 'approve').length
}

/** Approvals the step still has to reach in all: never more than the people who can give them. */
export function requiredApprovals(step: Step): number {
  const decided = new Set(step.decisions.map(({ by }) => by.id))
  const possible = step.decisions.length + step.approvers.filter(({ id }) => !decided.has(id)).length
  return step.required === 'all' ? Math.max(1, possible) : Math.min(step.required, Math.max(1, possible))
}

/** Those who have decided and left since still count: with them, enough people may be there to finish the step. */
function isFilledByDecisions(step: Step, approvers: readonly Person[]): boolean {
  const gone = step.decisions.filter(({ by }) => !approvers.some(({ id }) => id === by.id)).length
  return approvers.length + gone >= (step.required === 'all' ? 1 : step.required)
}

/** Settled by its own decisions, or nobody is left who has not counted already. */
function ownState(step: Step, missing: boolean): Step['state'] {
  if (step.decisions.some(({ decision }) => decision === 'deny')) return 'denied'
  if (missing) return 'missing'
  if (approvals(step) > 0 && approvals(step) >= requiredApprovals(step)) return 'approved'
  return step.approvers.length === 0 ? 'skipped' : 'waiting'
}

function outcomeOf(steps: readonly Step[], requirement: ApprovalRequirement): Outcome {
  const counting = steps.filter((step) => step.state !== 'skipped')
  const every = (state: Step['state']) => counting.every((step) => step.state === state)
  const some = (state: Step['state']) => counting.some((step) => step.state === state)
  if (requirement === 'any') {
    if (some('approved')) return 'approved'
    if (every('denied')) return 'denied'
    return counting.some((step) => step.state === 'current') ? 'waiting' : 'missing'
  }
  if (some('denied')) return 'denied'
  if (every('approved')) return 'approved'
  return some('missing') ? 'missing' : 'waiting'
}

/** Which of the undecided steps wait for their approvers now: all of them, or the first when sequential. */
function markCurrent(steps: readonly Step[], requirement: ApprovalRequirement, now: string): Step[] {
  let isOpen = true
  return steps.map((step) => {
    if (isSettled(step)) return step
    const isCurrent = isOpen && step.state === 'waiting'
    if (requirement === 'sequential') isOpen = false
    if (!isCurrent) return { ...step, currentSince: null }
    return { ...step, state: 'current', currentSince: step.currentSince ?? now }
  })
}

/**
 * The request's steps as the directory and the decisions so far make them.
 * Steps already settled stay as they are.
 * @param now RFC 3339; from when newly current steps wait
 */
export function evaluate(request: AccessRequest, facts: DirectoryFacts, now: string): Evaluation {
  const missingData: MissingData[] = []
  const steps = request.steps.map((step, index) => {
    const rule = request.flow.approvers[index]
    const ruleFacts = facts.rules[index]
    if (isSettled(step) || !rule || !ruleFacts) return step
    const { label, approvers, missing: gap } = resolveRule(rule, ruleFacts, request.requester)
    const missing = isFilledByDecisions(step, approvers) ? null : gap
    if (missing) missingData.push({ step: step.order, kind: step.kind, ...missing })
    const counted = countedElsewhere(request.steps, step.order)
    const resolved = { ...step, label, approvers: approvers.filter(({ id }) => !counted.has(id)) }
    return { ...resolved, state: ownState(resolved, missing !== null) }
  })
  const marked = markCurrent(steps, request.approvalRequirement, now)
  return { steps: marked, missingData, outcome: outcomeOf(marked, request.approvalRequirement) }
}

/** The same after a decision, when the directory need not be read again. */
export function reevaluate(request: AccessRequest, now: string): Evaluation {
  const steps = request.steps.map((step) => {
    if (isSettled(step)) return step
    const counted = countedElsewhere(request.steps, step.order)
    const others = { ...step, approvers: step.approvers.filter(({ id }) => !counted.has(id)) }
    return { ...others, state: ownState(others, step.state === 'missing') }
  })
  const marked = markCurrent(steps, request.approvalRequirement, now)
  return { steps: marked, missingData: request.missingData, outcome: outcomeOf(marked, request.approvalRequirement) }
}

/** The current step in which `userId` may decide: of several, the first with the fewest other approvers, so that others stay decidable. */
export function stepFor(request: Pick<AccessRequest, 'steps'>, userId: string): Step | undefined {
  return request.steps
    .filter((step) => step.state === 'current')
    .filter((step) => step.approvers.some(({ id }) => id === userId) && !hasDecided(step, userId))
    .sort((a, b) => a.approvers.length - b.approvers.length)[0]
}

export function hasDecided(step: Pick<Step, 'decisions'>, userId: string): boolean {
  return step.decisions.some(({ by }) => by.id === userId)
}

/** Does the request wait for this person? */
export function waitsFor(request: Pick<AccessRequest, 'steps'>, userId: string): boolean {
  return stepFor(request, userId) !== undefined
}

/** Everyone the current steps wait for, each once. */
export function awaitedPeople(request: Pick<AccessRequest, 'steps'>): Person[] {
  return waits(request).map(({ person }) => person)
}

/** Everyone the current steps wait for, each once, and since when the first of those steps does (RFC 3339). */
export function waits(request: Pick<AccessRequest, 'steps'>): { person: Person; since: string | null }[] {
  const found = new Map<string, { person: Person; since: string | null }>()
  for (const { currentSince: since, ...step } of request.steps.filter(({ state }) => state === 'current')) {
    for (const person of step.approvers.filter(({ id }) => !hasDecided(step, id)))
      found.set(person.id, { person, since: earlier(found.get(person.id)?.since ?? null, since) })
  }
  return [...found.values()]
}

/** Both of our own making, so they are in order as text. */
function earlier(one: string | null, other: string | null): string | null {
  if (one === null || other === null) return one ?? other
  return one < other ? one : other
}

/** "x of y approvals": under `any` those of the step that is nearest to its end, else all of them together. */
export function progressOf(request: Pick<AccessRequest, 'steps' | 'approvalRequirement'>): Progress {
  const each = request.steps
    .filter((step) => step.state !== 'skipped' || step.approvers.length > 0)
    .map((step) => ({ approved: Math.min(approvals(step), requiredApprovals(step)), total: requiredApprovals(step) }))
  if (request.approvalRequirement === 'any') {
    return each.sort((a, b) => a.total - a.approved - (b.total - b.approved))[0] ?? { approved: 0, total: 0 }
  }
  return each.reduce((sum, one) => ({ approved: sum.approved + one.approved, total: sum.total + one.total }), {
    approved: 0,
    total: 0,
  })
}
