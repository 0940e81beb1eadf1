/** A flow while it is being edited: what the form holds, and what is sent of it. */
import { newKey } from '../../api/idempotency.ts'
import type { components } from '../../api/schema.d.ts'

export type Flow = components['schemas']['ApprovalFlow']
export type FlowBody = components['schemas']['CreateApprovalFlow']
export type Requirement = Flow['approvalRequirement']
export type AssignedKind = Exclude<Flow['approvers'][number]['kind'], 'administrator'>

interface ApproverLine {
  /** What a line of this kind names. */
  names: 'user' | 'group' | null
  /** There is one manager and one owner; groups and people can be several. */
  isSingle: boolean
}

/** The kinds of approver that a flow is put together from, in the order in which they are offered. */
export const approverLines: Record<AssignedKind, ApproverLine> = {
  manager: { names: null, isSingle: true },
  resource_owner: { names: 'user', isSingle: true },
  user_group: { names: 'group', isSingle: false },
  user: { names: 'user', isSingle: false },
}
export const assignedKinds = Object.keys(approverLines) as AssignedKind[]
export const requirements = ['any', 'all', 'sequential'] as const satisfies Requirement[]
/** Most approvers, durations of one flow, as the service has it. */
export const longestList = 20
/** Most characters of a name. */
export const longestName = 120

/** An approver line; `subjectId` is the user or user group it names. */
export interface DraftApprover {
  /** Stays with the line when it is moved. */
  key: string
  kind: AssignedKind
  subjectId: string | null
  required: number | 'all'
}

export interface FlowDraft {
  name: string
  description: string
  color: string | null
  logoUrl: string
  enabled: boolean
  groupId: string | null
  /** The group is made with the flow, and called like it; `groupId` says nothing then. */
  isNewGroup: boolean
  /** Is bound to the group once the flow is saved. */
  applicationId: string | null
  visibleToGroupIds: string[]
  approvalType: Flow['approvalType']
  decidedBy: 'administrator' | 'assigned'
  /** Kept while administrators or nobody decides, so that changing one's mind loses nothing. */
  approvers: DraftApprover[]
  approvalRequirement: Requirement
  durations: string[]
  connectorId: string | null
  freshSignIn: boolean
  /** Of the saved flow, as it was when editing began: what others save meanwhile is not overwritten. */
  version: number | null
}

export const emptyDraft: FlowDraft = {
  name: '',
  description: '',
  color: null,
  logoUrl: '',
  enabled: true,
  groupId: null,
  isNewGroup: false,
  applicationId: null,
  visibleToGroupIds: [],
  approvalType: 'manual',
  decidedBy: 'administrator',
  approvers: [],
  approvalRequirement: 'any',
  durations: [],
  connectorId: null,
  freshSignIn: false,
  version: null,
}

export function newApprover(kind: AssignedKind): DraftApprover {
  return { key: newKey(), kind, subjectId: null, required: 1 }
}

export function draftOf(flow: Flow): FlowDraft {
  const { name, description, color, logoUrl, enabled, groupId, visibleToGroupIds, connectorId } = flow
  const { approvalType, approvalRequirement, durations, freshSignIn, version } = flow
  const approvers = flow.approvers.flatMap(({ kind, userId, groupId: approverGroupId, required }) =>
    kind === 'administrator'
      ? []
      : [{ ...newApprover(kind), subjectId: userId ?? approverGroupId ?? null, required: required ?? 1 }],
  )
  return {
    ...{ name, description, color, logoUrl: logoUrl ?? '', enabled, groupId, visibleToGroupIds, connectorId },
    ...{ approvalType, approvalRequirement, approvers, durations, freshSignIn, version },
    ...{ isNewGroup: false, applicationId: null },
    decidedBy: approvers.length > 0 ? 'assigned' : 'administrator',
  }
}

function ruleOf({ kind, subjectId, required }: DraftApprover): Flow['approvers'][number] {
  const { names } = approverLines[kind]
  if (names === null || !subjectId) return { kind }
  return names === 'group' ? { kind, groupId: subjectId, required } : { kind, userId: subjectId }
}

/** Who decides, as the service takes it. */
export function rulesOf({ approvalType, decidedBy, approvers, approvalRequirement }: FlowDraft) {
  if (approvalType === 'automatic') return { approvalType, approvalRequirement: 'any' as const, approvers: [] }
  const rules = decidedBy === 'administrator' ? [{ kind: 'administrator' as const }] : approvers.map(ruleOf)
  return { approvalType, approvalRequirement: decidedBy === 'assigned' ? approvalRequirement : 'any', approvers: rules }
}

const partsOfLine = Object.keys(newApprover('user')).sort().join()

/** Whether lines that were kept are of this form: an update of the portal may have changed what a line is. */
export function areLinesKnown(lines: readonly unknown[]): boolean {
  return lines.every(
    (line) =>
      Object.keys(line ?? {})
        .sort()
        .join() === partsOfLine,
  )
}

/** What is sent to save the draft. */
export function bodyOf(draft: FlowDraft) {
  const { name, description, color, logoUrl, enabled, groupId, visibleToGroupIds } = draft
  const { durations, connectorId, freshSignIn } = draft
  return {
    ...{ name: name.trim(), description: description.trim(), color, logoUrl: logoUrl.trim() || null, enabled },
    ...{ groupId: groupId ?? '', visibleToGroupIds, durations, connectorId, freshSignIn, ...rulesOf(draft) },
  } satisfies FlowBody
}
