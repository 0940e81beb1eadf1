/** What an approval flow may say, as far as it can be told without looking at the directory. */

import { durationProblem } from '../shared/duration.ts'
import type { FieldError } from '../shared/errors.ts'
import type { ApprovalRequirement, ApprovalType, ApproverRule, Required, StepKind } from './flow.ts'

export interface FlowRules {
  approvalType: ApprovalType
  approvalRequirement: ApprovalRequirement
  approvers: readonly ApproverRule[]
  durations: readonly string[]
}

/** Most members of a group that a step may ask for. */
export const mostRequired = 100

const naming: Record<StepKind, 'userId' | 'groupId' | undefined> = {
  administrator: undefined,
  manager: undefined,
  resource_owner: 'userId',
  user: 'userId',
  user_group: 'groupId',
}

function isCount(required: Required): boolean {
  return required === 'all' || (Number.isInteger(required) && required >= 1 && required <= mostRequired)
}

function approverProblem(rule: ApproverRule): { field: string; message: string } | undefined {
  const { kind, required } = rule
  const named = naming[kind]
  if (named && !rule[named]) return { field: named, message: `is required for ${kind}` }
  const foreign = (['userId', 'groupId'] as const).find((field) => field !== named && rule[field])
  if (foreign) return { field: foreign, message: `does not belong to ${kind}` }
  if (required === undefined) return undefined
  if (kind !== 'user_group') return { field: 'required', message: `does not belong to ${kind}` }
  if (isCount(required)) return undefined
  return { field: 'required', message: `must be "all" or a number from 1 to ${mostRequired}` }
}

function approversProblems({ approvalType, approvers }: FlowRules): FieldError[] {
  if (approvalType === 'automatic') {
    return approvers.length > 0
      ? [{ path: 'approvers', message: 'must be empty: an automatic flow has no approver' }]
      : []
  }
  if (approvers.length === 0) return [{ path: 'approvers', message: 'must name at least one approver' }]
  const problems: FieldError[] = []
  const seen = new Set<string>()
  const isAdministrators = approvers.some(({ kind }) => kind === 'administrator')
  approvers.forEach((rule, index) => {
    const problem = approverProblem(rule)
    if (problem) problems.push({ path: `approvers.${index}.${problem.field}`, message: problem.message })
    if (isAdministrators && rule.kind !== 'administrator') {
      problems.push({
        path: `approvers.${index}.kind`,
        message: 'administrators decide alone: do not mix them with other approvers',
      })
    }
    const name = [rule.kind, rule.userId, rule.groupId].join(' ')
    if (seen.has(name)) problems.push({ path: `approvers.${index}`, message: 'names the same approver twice' })
    seen.add(name)
  })
  return problems
}

function durationsProblems(durations: readonly string[], now: string): FieldError[] {
  return durations.flatMap((duration, index) => {
    const problem =
      durationProblem(duration, now) ?? (durations.indexOf(duration) < index ? 'is there twice' : undefined)
    return problem ? [{ path: `durations.${index}`, message: problem }] : []
  })
}

/** Everything that is wrong with a flow by itself. `now` (RFC 3339) gives calendar durations a length. */
export function flowProblems(flow: FlowRules, now: string): FieldError[] {
  return [...approversProblems(flow), ...durationsProblems(flow.durations, now)]
}
