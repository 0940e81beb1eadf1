/** From what happened to a request to its entries in the audit log. */

import type { AuditChange, AuditEntry } from '../../domain/audit-entry.ts'
import { refusedEntry } from '../../domain/outside-message.ts'
import type { Proposal } from '../../domain/request/arbiter.ts'
import type { RequestEvent } from '../../domain/request/events.ts'
import type { AccountAct } from '../../domain/request/four-eyes.ts'
import { viaOf } from '../../domain/request/messages.ts'
import type { AccessRequest } from '../../domain/request/record.ts'
import type { DomainError } from '../../domain/shared/errors.ts'
import type { Person } from '../../domain/shared/person.ts'
import { accessRequestWorkflowId } from '../../domain/shared/workflow-ids.ts'

const system = { id: null, type: 'system', email: null } as const

function by(person: Person | null | undefined): AuditEntry['initiatedBy'] {
  return person ? { id: person.id, type: 'user', email: person.email } : system
}

type Entry = Pick<AuditEntry, 'eventType' | 'initiatedBy'> &
  Partial<Pick<AuditEntry, 'resource' | 'changes' | 'origin' | 'success' | 'errorMessage' | 'internalNote'>>

/** What the requester had lately done to the account of whoever decided. */
const flagOf = (act: AccountAct | undefined) => (act ? [{ field: 'four_eyes', from: null, to: act }] : [])

const status = (from: string | null, to: string) => ({ field: 'status', from, to })

/** Who made the outcome by deciding; the system where a change of the directory made it of what was decided before. */
function decided({ decision }: AccessRequest): Pick<Entry, 'initiatedBy' | 'origin'> {
  if (decision?.byDirectoryChange) return { initiatedBy: system }
  return { initiatedBy: by(decision?.by), origin: viaOf(decision ?? undefined) }
}

/** Whose decisions a change of the directory has made enough. */
function completed({ decision, steps }: AccessRequest): AuditChange[] {
  if (!decision?.byDirectoryChange) return []
  const made = decision.outcome === 'approved' ? 'approve' : 'deny'
  const deciders = steps.flatMap(({ decisions }) => decisions.filter(({ decision: one }) => one === made))
  return [{ field: 'completed_by_directory_change', from: null, to: deciders.map((one) => namedOf(one.by)) }]
}

const namedOf = (person: Person | null) => person && { id: person.id, name: person.name }

const entryOf: {
  [T in RequestEvent['type']]: (event: Extract<RequestEvent, { type: T }>, request: AccessRequest) => Entry | null
} = {
  submitted: (event, request) => ({
    eventType: 'access_management_access_request',
    initiatedBy: by(request.requester),
    changes: [status(null, request.status), { field: 'requested_duration', from: null, to: request.requestedDuration }],
    origin: event.origin,
  }),
  step_decided: (event) => ({
    eventType: 'access_management_access_request_approval',
    initiatedBy: by(event.by),
    changes: [
      { field: `steps.${event.step}.decision`, from: null, to: event.decision },
      { field: 'reason', from: null, to: event.reason },
      ...flagOf(event.fourEyes),
    ],
    origin: event.origin,
  }),
  overridden: (event) => ({
    eventType: 'access_management_access_request_approval',
    initiatedBy: by(event.by),
    changes: [
      { field: 'decision', from: null, to: event.decision },
      { field: 'overridden_steps', from: null, to: event.steps },
      { field: 'reason', from: null, to: event.reason },
      ...flagOf(event.fourEyes),
    ],
    origin: event.origin,
    internalNote: event.internalNotes,
  }),
  approvers_awaited: () => null,
  // About the person, so that it stands in what happened to them.
  approver_replaced: ({ step, from, to }) => ({
    eventType: 'access_management_access_request',
    initiatedBy: system,
    ...(from && { resource: { type: 'user', id: from.id, name: from.name } }),
    changes: [{ field: `steps.${step}.approver`, from: namedOf(from), to: namedOf(to) }],
  }),
  missing_data_found: (event) => ({
    eventType: 'access_management_access_request_missing_data',
    initiatedBy: system,
    changes: [
      {
        field: 'missing_data',
        from: null,
        to: event.missing.map(({ step, kind, subjectUserId }) => ({ step, kind, subjectUserId })),
      },
    ],
  }),
  missing_data_filled: (_event, request) => ({
    eventType: 'access_management_access_request_missing_data',
    initiatedBy: system,
    changes: [status('missing_data', request.status)],
  }),
  approved: (event, request) => ({
    eventType: 'access_management_association_change',
    ...decided(request),
    changes: [
      status(event.from, 'approved'),
      {
        field: 'group_membership',
        from: null,
        to: { groupId: request.flow.groupId, userId: request.requester.id, until: request.grant?.expiresAt ?? null },
      },
      ...completed(request),
      ...(request.grant?.alreadyHeld ? [{ field: 'already_held', from: request.grant.alreadyHeld, to: null }] : []),
    ],
  }),
  denied: (event, request) => ({
    eventType: 'access_management_access_request',
    ...decided(request),
    changes: [status(event.from, 'denied'), ...completed(request)],
  }),
  expired: (event) => ({
    eventType: 'access_management_access_request_expired',
    initiatedBy: system,
    changes: [status(event.from, 'expired')],
  }),
  canceled: (event) => ({
    eventType: 'access_management_access_request_canceled',
    initiatedBy: by(event.by),
    changes: [status(event.from, 'canceled'), { field: 'cause', from: null, to: event.cause }],
    origin: event.origin,
  }),
  failed: (event) => ({
    eventType: 'access_management_access_request_error',
    initiatedBy: system,
    changes: [status(event.from, 'error'), { field: 'attempts', from: null, to: event.attempts }],
    success: false,
    errorMessage: event.message,
  }),
}

function toEntry(event: RequestEvent, request: AccessRequest): Entry | null {
  const make = entryOf[event.type] as (event: RequestEvent, request: AccessRequest) => Entry | null
  return make(event, request)
}

/** The entries of what has happened in one commit. */
export function auditEntriesOf(request: AccessRequest, events: readonly RequestEvent[]): AuditEntry[] {
  return events.flatMap((event, index) => {
    const entry = toEntry(event, request)
    if (!entry) return []
    return {
      ...about(request),
      ...entry,
      sourceKey: `${request.id}:${request.version}:${index}`,
      timestamp: request.updatedAt,
    }
  })
}

function about(request: AccessRequest): Pick<AuditEntry, 'accessRequestId' | 'resource' | 'workflowId'> {
  return {
    accessRequestId: request.id,
    resource: { type: 'approval_flow', id: request.flow.id, name: request.flow.name },
    workflowId: accessRequestWorkflowId(request.id),
  }
}

/** The entry of a signal that broke a rule and changed nothing. */
export function refusalEntry(request: AccessRequest, proposal: Proposal, refusal: DomainError): AuditEntry {
  return {
    ...about(request),
    eventType: 'access_management_access_request_approval',
    ...refusedEntry(proposal, { id: request.id, refusal }),
  }
}

/** The entry of a difference between a request and its workflow that was mended. */
export function repairEntry(request: AccessRequest, repair: string): AuditEntry {
  const timestamp = new Date().toISOString()
  return {
    ...about(request),
    sourceKey: `${request.id}:${repair}:${timestamp}`,
    timestamp,
    eventType: 'access_management_access_request',
    initiatedBy: system,
    changes: [{ field: 'reconciled', from: null, to: repair }],
  }
}
