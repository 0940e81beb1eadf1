/** What an approval flow is made of: who approves, and how many of them. */

export const approvalTypes = ['manual', 'automatic'] as const
export type ApprovalType = (typeof approvalTypes)[number]

export const approvalRequirements = ['any', 'all', 'sequential'] as const
export type ApprovalRequirement = (typeof approvalRequirements)[number]

export const stepKinds = ['administrator', 'manager', 'resource_owner', 'user_group', 'user'] as const
export type StepKind = (typeof stepKinds)[number]

/** How many people of a step must approve. */
export type Required = number | 'all'

/** One approver line of a flow. `userId` for resource_owner and user, `groupId` and `required` for user_group. */
export interface ApproverRule {
  kind: StepKind
  userId?: string | undefined
  groupId?: string | undefined
  required?: Required | undefined
}
