/** What the request routes take and give. */

import { z } from 'zod'
import { requestAbilities } from '../../domain/abilities.ts'
import { approvalRequirements, approvalTypes, stepKinds } from '../../domain/flow/flow.ts'
import { accountActs } from '../../domain/request/four-eyes.ts'
import {
  administratorDecisions,
  approverDecisions,
  type DecideMessage,
  type OverrideMessage,
  reasonProblem,
} from '../../domain/request/messages.ts'
import { cancelCauses, queues, requestStatuses, stepStates } from '../../domain/request/record.ts'
import { durationProblem } from '../../domain/shared/duration.ts'
import { fieldProblem } from '../../domain/shared/field-errors.ts'
import { csvStyle } from '../../platform/http/csv.ts'
import {
  datetime,
  id,
  line,
  list,
  type MessageShape,
  midnight,
  moment,
  paging,
  problemSchema,
  prose,
  searchedBy,
  searchText,
  withinReach,
} from '../../platform/http/schemas.ts'
import { rule } from '../../platform/http/validation-messages.ts'

const nullable = <T extends z.ZodType>(schema: T) => schema.nullable()
const person = z.object({ id: z.uuid(), name: z.string(), email: z.string() }).meta({ id: 'Person' })
const namedPerson = z.object({ id: z.uuid(), name: z.string() })

export const duration = z
  .string()
  .max(40)
  .superRefine(rule((value) => durationProblem(value, new Date().toISOString())))
  .meta({ description: 'ISO-8601 duration such as P30D or PT8H' })

const reason = prose().superRefine(
  rule((value) => (value === '' ? fieldProblem('required', 'must not be empty') : undefined)),
)

const decideFields = {
  decision: z.enum(approverDecisions),
  reason: prose().optional(),
  nextSteps: prose().optional(),
} satisfies MessageShape<DecideMessage>

const overrideFields = {
  decision: z.enum(administratorDecisions),
  message: prose().optional(),
  duration: duration.optional(),
  reason: prose().optional(),
  nextSteps: prose().optional(),
  internalNotes: prose().optional(),
} satisfies MessageShape<OverrideMessage>

const override = z.strictObject(overrideFields)

export const submitBody = z
  .strictObject({ approvalFlowId: id, reason, requestedDuration: duration.optional() })
  .meta({ id: 'SubmitAccessRequest' })
export const grantBody = override.pick({ message: true, duration: true }).meta({ id: 'GrantAccessRequest' })
export const denyBody = override
  .pick({ reason: true, nextSteps: true, internalNotes: true })
  .extend({ reason })
  .meta({ id: 'DenyAccessRequest' })
export const decisionBody = z
  .strictObject(decideFields)
  .superRefine(rule((said) => reasonProblem(said.decision, said.reason), ['reason']))
  .meta({ id: 'DecideAccessRequest' })
export const bulkBody = z
  .strictObject({
    action: overrideFields.decision,
    ids: z.array(id).min(1).max(200),
    ...override.omit({ decision: true }).shape,
  })
  .superRefine(rule((said) => reasonProblem(said.action, said.reason), ['reason']))
  .meta({ id: 'BulkDecision' })

/** A day in `to` means its end. */
const dayEnd = withinReach(midnight).transform((day) => new Date(Date.parse(day) + 24 * 60 * 60 * 1000).toISOString())
const until = z
  .union([dayEnd, withinReach(datetime)], 'must be a moment or a date between the years 1900 and 9998')
  .meta({ description: 'RFC 3339 moment (exclusive), or a date (inclusive)' })

export const filterShape = {
  queue: z.enum(queues).optional(),
  status: list(z.enum(requestStatuses)).optional(),
  approvalType: list(z.enum(approvalTypes)).optional(),
  requester: searchText
    .optional()
    .meta({ description: `Id of the requester, or: ${searchedBy}: name and e-mail address` }),
  from: moment.optional(),
  to: until.optional(),
  flow: list(id).optional().meta({ description: 'Ids of approval flows, also of deleted ones' }),
  department: line(200)
    .optional()
    .meta({ description: 'Department of the requester as it is now, without regard to accents and case' }),
  approver: id.optional().meta({
    description:
      'Id of who is waited for now: in a current step, or as an administrator in the tab for administrators. Open requests only',
  }),
  expiresAfter: moment.optional().meta({ description: 'Open requests that expire at this moment or later' }),
  expiresBefore: moment.optional().meta({ description: 'Open requests that expire before this moment' }),
  q: searchText.optional().meta({
    description: `${searchedBy}: the requester's name, e-mail address and department, flow, reason, and ids from their beginning (six signs or more)`,
  }),
}

const sortFields = ['createdAt', 'requesterName', 'flowName', 'status', 'expiresAt'] as const
export const sort = z.enum([...sortFields, ...sortFields.map((field) => `-${field}` as const)]).default('-createdAt')
export type RequestSort = z.output<typeof sort>

export const filterQuery = z.strictObject(filterShape)
export type RequestFilter = z.output<typeof filterQuery>
export const listQuery = z.strictObject({
  ...filterShape,
  ...paging,
  sort,
  view: z
    .enum(['full', 'summary'])
    .default('full')
    .meta({ description: 'summary: only what a row of the queue shows, which is quicker' }),
})
export const exportQuery = z.strictObject({
  ...filterShape,
  sort,
  format: z.enum(['json', 'csv']).default('json'),
  ...csvStyle,
})
const fourEyes = nullable(z.enum(accountActs)).meta({
  description:
    'What the requester had done to the account of whoever decided, in the 30 days before: made it, promoted it, or had its credentials reset',
})

const step = z
  .object({
    order: z.int(),
    kind: z.enum(stepKinds),
    label: z.string(),
    required: z.union([z.int(), z.literal('all')]),
    state: z.enum(stepStates),
    approvers: z.array(person),
    currentSince: nullable(z.iso.datetime()),
    decisions: z.array(
      z.object({
        by: namedPerson,
        decision: z.enum(approverDecisions),
        at: z.iso.datetime(),
        reason: nullable(z.string()),
        fourEyes,
      }),
    ),
  })
  .meta({ id: 'Step' })

const failure = z.object({
  message: z.string().meta({ description: 'What failed, for administrators; for others a plain sentence' }),
  since: z.iso.datetime(),
  attempts: z.int(),
})

export const accessRequest = z
  .object({
    id: z.uuid(),
    status: z.enum(requestStatuses),
    approvalType: z.enum(approvalTypes),
    queue: z.enum(queues),
    approvalFlow: z.object({
      id: z.uuid(),
      name: z.string(),
      description: z.string(),
      color: nullable(z.string()),
      logoUrl: nullable(z.string()),
    }),
    requester: z.object({
      id: z.uuid(),
      name: z.string(),
      email: z.string(),
      department: nullable(z.string()),
      manager: nullable(person),
    }),
    reason: z.string(),
    requestedDuration: nullable(z.string()),
    approvedDuration: nullable(z.string()),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    expiresAt: nullable(z.iso.datetime()),
    version: z.int(),
    approvalRequirement: z.enum(approvalRequirements),
    progress: z.object({ approved: z.int(), total: z.int(), steps: z.array(step) }),
    missingData: z.array(
      z.object({ step: z.int(), kind: z.enum(stepKinds), subjectUserId: nullable(z.uuid()), detail: z.string() }),
    ),
    decision: nullable(
      z.object({
        by: nullable(namedPerson),
        byDirectoryChange: z.boolean().meta({
          description:
            'A change of the directory made enough of what was decided before, for example when the last undecided member left a group. by is who decided last',
        }),
        at: z.iso.datetime(),
        outcome: z.enum(['approved', 'denied', 'canceled', 'expired']),
        override: z.boolean(),
        message: nullable(z.string()),
        reason: nullable(z.string()),
        nextSteps: nullable(z.string()),
        cause: nullable(z.enum(cancelCauses)),
        fourEyes,
      }),
    ),
    error: nullable(failure),
    lastFailure: nullable(failure).meta({ description: 'What error last was; stays when a later try gave the access' }),
    grant: nullable(
      z.object({
        id: z.uuid(),
        startedAt: z.iso.datetime(),
        expiresAt: nullable(z.iso.datetime()),
        endedAt: nullable(z.iso.datetime()),
        endedBy: nullable(namedPerson),
        alreadyHeld: nullable(z.object({ since: z.iso.datetime(), until: nullable(z.iso.datetime()) })).meta({
          description:
            'Access of the requester that lasted as long already when this was approved, which changed nothing',
        }),
      }),
    ),
    workflowUrl: nullable(z.string()).meta({ description: 'Administrators only' }),
    processing: z.enum(['starting', 'waiting', 'granting', 'canceling', 'closed']).meta({
      description:
        'starting: kept, its workflow starts as soon as the engine is back · granting: access is being given · canceling: its flow was closed',
    }),
    abilities: z
      .record(z.enum(requestAbilities), z.boolean())
      .meta({ description: 'What the caller may do to this request now' }),
  })
  .meta({ id: 'AccessRequest' })

const { approvalFlow, requester, progress, decision } = accessRequest.shape
const summaryStep = step
  .pick({ order: true, kind: true, label: true, required: true, state: true, currentSince: true })
  .extend({
    approvers: z.array(namedPerson).meta({ description: 'Of a current step: at most two of those it still waits for' }),
  })
  .meta({ id: 'StepSummary' })
/** Some of the fields of a request, under the same names. */
export const accessRequestSummary = accessRequest
  .pick({
    id: true,
    status: true,
    approvalType: true,
    queue: true,
    createdAt: true,
    expiresAt: true,
    version: true,
    workflowUrl: true,
    abilities: true,
  })
  .extend({
    reason: z.string().meta({ description: 'At most its first 200 characters' }),
    approvalFlow: approvalFlow.pick({ id: true, name: true, color: true, logoUrl: true }),
    requester: requester.pick({ id: true, name: true, department: true }),
    progress: progress.pick({ approved: true, total: true }).extend({ steps: z.array(summaryStep) }),
    decision: nullable(decision.unwrap().pick({ override: true })),
  })
  .meta({ id: 'AccessRequestSummary' })

export const counts = z
  .object({
    administrator: z.int(),
    others: z.int(),
    missingData: z.int(),
    isCapped: z.boolean().meta({ description: 'There are more: a search counts up to 1,000 of both tabs together' }),
  })
  .meta({ id: 'QueueCounts' })
export const bulkResults = z
  .object({
    results: z.array(
      z.object({
        id: z.uuid(),
        status: nullable(z.enum(requestStatuses)),
        outcome: z.literal('unknown').optional().meta({
          description:
            'Access is being given, or no answer came in time: repeat the call with the same Idempotency-Key',
        }),
        problem: problemSchema.optional(),
      }),
    ),
  })
  .meta({ id: 'BulkResults' })
