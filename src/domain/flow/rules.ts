/** What an approval flow may say, as far as it can be told without looking at the directory. */

import { durationProblem, isSameDuration } from '../shared/duration.ts'
import { type FieldError, type FieldProblem, fieldProblem } from '../shared/field-errors.ts'
import type { ApprovalRequirement, ApprovalType, ApproverRule, Required } from './flow.ts'
import { namedBy, sourceOf } from './flow.ts'

export interface FlowRules {
  approvalType: ApprovalType
  approvalRequirement: ApprovalRequirement
  approvers: readonly ApproverRule[]
  durations: readonly string[]
}

/** Most members of a group that a step may ask for. */
export const mostRequired = 100

function isCount(required: Required): boolean {
  return required === 'all' || (Number.isInteger(required) && required >= 1 && required <= mostRequired)
}

function approverProblem(rule: ApproverRule): [field: string, FieldProblem] | undefined {
  const { kind, required } = rule
  const source = sourceOf(rule)
  const named = namedBy[source]
  if (named && !rule[named]) return [named, fieldProblem('required', `is required for ${kind}`)]
  const notApplicable = fieldProblem('not_applicable', `does not belong to ${kind}`)
  const foreign = (['userId', 'groupId'] as const).find((field) => field !== named && rule[field])
  if (foreign) return [foreign, notApplicable]
  if (required === undefined) return undefined
  if (source !== 'group') return ['required', notApplicable]
  if (isCount(required)) return undefined
  const range = { minimum: 1, maximum: mostRequired }
  return ['required', fieldProblem('out_of_range', `must be "all" or a number from 1 to ${mostRequired}`, range)]
}

const mixed = fieldProblem('administrators_alone', 'administrators decide alone: do not mix them with other approvers')

function approversProblems({ approvalType, approvers }: FlowRules): FieldError[] {
  if (approvalType === 'automatic') {
    const none = fieldProblem('not_applicable', 'must be empty: an automatic flow has no approver')
    return approvers.length > 0 ? [{ path: 'approvers', ...none }] : []
  }
  if (approvers.length === 0)
    return [{ path: 'approvers', ...fieldProblem('too_few', 'must name at least one approver', { minimum: 1 }) }]
  const problems: FieldError[] = []
  const seen = new Set<string>()
  const isAdministrators = approvers.some((rule) => sourceOf(rule) === 'administrators')
  approvers.forEach((rule, index) => {
    const [field, problem] = approverProblem(rule) ?? []
    if (problem) problems.push({ path: `approvers.${index}.${field}`, ...problem })
    if (isAdministrators && sourceOf(rule) !== 'administrators') {
      problems.push({ path: `approvers.${index}.kind`, ...mixed })
    }
    const name = [rule.kind, rule.userId, rule.groupId].join(' ')
    if (seen.has(name))
      problems.push({ path: `approvers.${index}`, ...fieldProblem('duplicate', 'names the same approver twice') })
    seen.add(name)
  })
  return problems
}

function durationsProblems(durations: readonly string[], now: string): FieldError[] {
  return durations.flatMap((duration, index) => {
    const problem =
      durationProblem(duration, now) ??
      (durations.findIndex((other) => isSameDuration(other, duration)) < index
        ? fieldProblem('duplicate', 'is there twice')
        : undefined)
    return problem ? [{ path: `durations.${index}`, ...problem }] : []
  })
}

/** Everything that is wrong with a flow by itself. `now` (RFC 3339) gives calendar durations a length. */
export function flowProblems(flow: FlowRules, now: string): FieldError[] {
  return [...approversProblems(flow), ...durationsProblems(flow.durations, now)]
}
