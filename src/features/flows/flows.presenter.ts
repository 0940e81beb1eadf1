import type { FlowView } from './flows.repository.ts'
import type { ApprovalFlow } from './flows.schemas.ts'

/** A flow as administrators see it. */
export function presentFlow(flow: FlowView): ApprovalFlow {
  return {
    id: flow.id,
    name: flow.name,
    description: flow.description,
    color: flow.color,
    logoUrl: flow.logoUrl,
    enabled: flow.enabled,
    groupId: flow.groupId,
    groupName: flow.groupName,
    visibleToGroupIds: flow.visibleToGroupIds,
    approvalType: flow.approvalType,
    approvalRequirement: flow.approvalRequirement,
    approvers: flow.approvers,
    durations: flow.durations,
    connectorId: flow.connectorId,
    freshSignIn: flow.freshSignIn,
    openRequests: flow.openRequests,
    createdAt: flow.createdAt,
    updatedAt: flow.updatedAt,
    version: flow.version,
  }
}
