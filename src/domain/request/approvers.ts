/** Who may decide a step, from what the directory says now. */

import { type ApproverRule, approverKinds, type StepKind, sourceOf } from '../flow/flow.ts'
import type { Person } from '../shared/person.ts'
import type { MissingData, Requester, Step } from './record.ts'

export interface DirectoryPerson extends Person {
  activated: boolean
}

/**
 * What the directory says about one approver rule. `found` is false when the user or group is gone or not set: then
 * there is no name and nobody.
 */
export interface RuleFacts {
  found: boolean
  name: string
  people: DirectoryPerson[]
}

/** Everything a request needs to know about the world around it, read in one go. */
export interface DirectoryFacts {
  requester: (Requester & { activated: boolean }) | null
  /** One entry per approver rule, in the order of the flow. */
  rules: RuleFacts[]
}

/** What a step is called: its kind, and whom it names. */
export function labelOf(kind: StepKind, name: string): string {
  const { label, source } = approverKinds[kind]
  return source === 'administrators' ? label : `${label}: ${name}`
}

/** Nobody decides on their own request, and only activated users decide. */
function eligible(facts: RuleFacts, requesterId: string): Person[] {
  return facts.people
    .filter((person) => person.activated && person.id !== requesterId)
    .map(({ id, name, email }) => ({ id, name, email }))
}

function missingOne(rule: ApproverRule, facts: RuleFacts, requester: Person): Omit<MissingData, 'step' | 'kind'> {
  const person = facts.people[0]
  if (!person) {
    return sourceOf(rule) === 'manager'
      ? { subjectUserId: requester.id, detail: `${requester.name} has no manager.` }
      : {
          subjectUserId: rule.userId ?? null,
          detail: `The ${approverKinds[rule.kind].label.toLowerCase()} of this step no longer exists.`,
        }
  }
  if (person.id === requester.id) {
    return { subjectUserId: person.id, detail: `The only approver is the requester, ${person.name}.` }
  }
  return { subjectUserId: person.id, detail: `${person.name} is not an activated user.` }
}

function missingGroup(rule: ApproverRule, facts: RuleFacts, needed: number): Omit<MissingData, 'step' | 'kind'> {
  if (sourceOf(rule) === 'administrators') {
    return { subjectUserId: null, detail: 'No other activated administrator can decide this request.' }
  }
  if (!facts.found) return { subjectUserId: null, detail: 'The user group of this step no longer exists.' }
  const found = needed > 1 ? `fewer than ${needed} eligible members` : 'no eligible member'
  return { subjectUserId: null, detail: `The user group ${facts.name} has ${found}.` }
}

/** Whether the step asks several people, and is called by what they are together. */
export function isOfMany(rule: { kind: StepKind }): boolean {
  const source = sourceOf(rule)
  return source === 'group' || source === 'administrators'
}

/** The people and the gap of one rule. */
export interface ResolvedRule {
  label: string
  approvers: Person[]
  missing: Omit<MissingData, 'step' | 'kind'> | null
}

/** Finds a rule's approvers; `missing` says what to complete when there are not enough. */
export function resolveRule(rule: ApproverRule, facts: RuleFacts, requester: Person): ResolvedRule {
  const approvers = eligible(facts, requester.id)
  const needed = typeof rule.required === 'number' ? rule.required : 1
  const label = facts.name ? labelOf(rule.kind, facts.name) : approverKinds[rule.kind].label
  if (approvers.length >= needed) return { label, approvers, missing: null }
  const missing = isOfMany(rule) ? missingGroup(rule, facts, needed) : missingOne(rule, facts, requester)
  return { label, approvers, missing }
}

/** Steps of a new request, before anyone has decided. */
export function stepsOf(rules: readonly ApproverRule[]): Step[] {
  return rules.map((rule, index) => ({
    order: index + 1,
    kind: rule.kind,
    label: approverKinds[rule.kind].label,
    required: sourceOf(rule) === 'group' ? (rule.required ?? 1) : 1,
    state: 'waiting',
    approvers: [],
    decisions: [],
    currentSince: null,
  }))
}
