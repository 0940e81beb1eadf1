import { z } from 'zod'
import { approvalRequirements, approvalTypes, stepKinds } from '../../domain/flow/flow.ts'
import { stepStates } from '../../domain/request/record.ts'
import {
  color,
  id,
  instant,
  line,
  list,
  page,
  paging,
  prose,
  searchedBy,
  searchText,
  webUrl,
  withoutDuplicates,
} from '../../platform/http/schemas.ts'

const required = z.union([z.int(), z.literal('all')])

const approverInput = z.strictObject({
  kind: z.enum(stepKinds),
  userId: id.optional().meta({ description: 'For resource_owner and user' }),
  groupId: id.optional().meta({ description: 'For user_group' }),
  required: required
    .optional()
    .meta({ description: 'For user_group: how many of its members must approve; 1 when left out' }),
})

const fields = {
  name: line(120),
  description: prose(2000).default(''),
  color: color.nullable().default(null),
  logoUrl: webUrl.nullable().default(null),
  enabled: z.boolean().default(true),
  groupId: id,
  visibleToGroupIds: withoutDuplicates(z.array(id).max(100), 'names the same group twice').default([]),
  approvalType: z.enum(approvalTypes),
  approvalRequirement: z.enum(approvalRequirements).default('any'),
  approvers: z.array(approverInput).max(20).default([]),
  durations: z.array(z.string().max(40)).max(20).default([]),
  connectorId: id.nullable().default(null),
  freshSignIn: z
    .boolean()
    .default(false)
    .meta({ description: 'Who decides must have given their password within the last 5 minutes' }),
}

export const createFlowBody = z.strictObject(fields).meta({ id: 'CreateApprovalFlow' })
export type FlowInput = z.output<typeof createFlowBody>

/** What an answer shows besides; a flow may be sent back as it was read, and these are not changed by it. */
const readOnly = {
  id: id.optional(),
  groupName: z.string().optional(),
  openRequests: z.int().optional(),
  createdAt: z.string().optional(),
  updatedAt: z.string().optional(),
}

export const updateFlowBody = z
  .strictObject({
    ...fields,
    ...readOnly,
    version: z
      .int()
      .min(1)
      .optional()
      .meta({ description: 'Refuses the change when somebody else changed the flow since' }),
  })
  .meta({ id: 'UpdateApprovalFlow' })
export type FlowUpdate = z.output<typeof updateFlowBody>

export const confirmQuery = z.strictObject({ confirm: z.enum(['true', 'false']).default('false') })

export const flowsQuery = z.strictObject({
  ...paging,
  q: searchText.optional().meta({ description: `${searchedBy}: name, description and id` }),
  enabled: z.enum(['true', 'false']).optional(),
  approvalType: list(z.enum(approvalTypes)).optional(),
  groupId: id.optional().meta({ description: 'Flows that add people to this group, show themselves to it, or ask it' }),
  sort: z.enum(['name', '-name', 'createdAt', '-createdAt']).default('name'),
})

export const approvalFlow = z
  .object({
    id: z.uuid(),
    name: z.string(),
    description: z.string(),
    color: z.string().nullable(),
    logoUrl: z.string().nullable(),
    enabled: z.boolean(),
    groupId: z.uuid(),
    groupName: z.string(),
    visibleToGroupIds: z.array(z.uuid()),
    approvalType: z.enum(approvalTypes),
    approvalRequirement: z.enum(approvalRequirements),
    approvers: z.array(
      z.object({
        kind: z.enum(stepKinds),
        userId: z.uuid().optional(),
        groupId: z.uuid().optional(),
        required: required.optional(),
      }),
    ),
    durations: z.array(z.string()),
    connectorId: z.uuid().nullable(),
    freshSignIn: z.boolean(),
    openRequests: z.int(),
    createdAt: instant,
    updatedAt: instant,
    version: z.int(),
  })
  .meta({ id: 'ApprovalFlow' })
export type ApprovalFlow = z.output<typeof approvalFlow>

export const flowsPage = page(approvalFlow).meta({ id: 'ApprovalFlows' })

export const previewBody = z.strictObject({ requesterId: id }).meta({ id: 'PreviewApprovalFlow' })
export const previewDraftBody = z
  .strictObject({ requesterId: id, flow: createFlowBody })
  .meta({ id: 'PreviewApprovalFlowDraft' })

const person = z.object({ id: z.uuid(), name: z.string(), email: z.string() })

export const preview = z
  .object({
    outcome: z.enum(['approved', 'waiting', 'missing']).meta({ description: 'What a request would do at first' }),
    steps: z.array(
      z.object({
        order: z.int(),
        kind: z.enum(stepKinds),
        label: z.string(),
        required: z.union([z.int(), z.literal('all')]),
        state: z.enum(stepStates),
        approvers: z.array(person),
        decisions: z.array(z.unknown()),
      }),
    ),
    missingData: z.array(
      z.object({ step: z.int(), kind: z.enum(stepKinds), subjectUserId: z.uuid().nullable(), detail: z.string() }),
    ),
  })
  .meta({ id: 'ApprovalFlowPreview' })
export type Preview = z.output<typeof preview>
