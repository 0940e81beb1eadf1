/** What an approval flow is made of: who approves, and how many of them. */

export const approvalTypes = ['manual', 'automatic'] as const
export type ApprovalType = (typeof approvalTypes)[number]

export const approvalRequirements = ['any', 'all', 'sequential'] as const
export type ApprovalRequirement = (typeof approvalRequirements)[number]

/** Where the people of an approver rule come from. */
export type ApproverSource = 'administrators' | 'manager' | 'user' | 'group'

interface ApproverKind {
  /** What a step of this kind is called when nobody can be named. */
  label: string
  source: ApproverSource
}

/** Every kind of approver. One that takes its people from a source that is there already is a line here. */
export const approverKinds = {
  administrator: { label: 'Administrator', source: 'administrators' },
  manager: { label: "Requester's manager", source: 'manager' },
  resource_owner: { label: 'Resource owner', source: 'user' },
  user_group: { label: 'User group', source: 'group' },
  user: { label: 'User', source: 'user' },
} as const satisfies Record<string, ApproverKind>

export type StepKind = keyof typeof approverKinds
export const stepKinds = Object.keys(approverKinds) as StepKind[]

/** The field of a rule that names whom a source asks; null when the source names nobody. */
export const namedBy: Record<ApproverSource, 'userId' | 'groupId' | null> = {
  administrators: null,
  manager: null,
  user: 'userId',
  group: 'groupId',
}

export function sourceOf({ kind }: { kind: StepKind }): ApproverSource {
  return approverKinds[kind].source
}

/** How many people of a step must approve. */
export type Required = number | 'all'

/** One approver line of a flow. `userId` or `groupId` as its source is named by; `required` for groups. */
export interface ApproverRule {
  kind: StepKind
  userId?: string | undefined
  groupId?: string | undefined
  required?: Required | undefined
}
