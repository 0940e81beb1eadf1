/** From what happened to a request to its entries in the audit log. */
import type { AuditEntry } from '../audit/audit.types.ts'
import type { AccessRequest, Person } from '../domain/access-request.ts'
import type { RequestEvent } from '../domain/events.ts'

/** Where the workflow of a request is found. */
export function workflowIdOf(requestId: string): string {
  return `access-request/${requestId}`
}

const system = { id: null, type: 'system', email: null } as const

function by(person: Person | null | undefined): AuditEntry['initiatedBy'] {
  return person ? { id: person.id, type: 'user', email: person.email } : system
}

type Entry = Pick<AuditEntry, 'eventType' | 'initiatedBy'> &
  Partial<Pick<AuditEntry, 'changes' | 'origin' | 'success' | 'errorMessage' | 'internalNote'>>

const status = (from: string | null, to: string) => ({ field: 'status', from, to })

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
    ],
    origin: event.origin,
    internalNote: event.internalNotes,
  }),
  approvers_awaited: () => null,
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
    initiatedBy: by(request.decision?.by),
    changes: [
      status(event.from, 'approved'),
      {
        field: 'group_membership',
        from: null,
        to: { groupId: request.flow.groupId, userId: request.requester.id, until: request.grant?.expiresAt ?? null },
      },
    ],
  }),
  denied: (event, request) => ({
    eventType: 'access_management_access_request',
    initiatedBy: by(request.decision?.by),
    changes: [status(event.from, 'denied')],
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
  refused: (event) => ({
    eventType: 'access_management_access_request_approval',
    initiatedBy: event.by && uuid.test(event.by) ? { id: event.by, type: 'user', email: null } : system,
    changes: [{ field: 'message', from: null, to: event.message }],
    success: false,
    errorMessage: `${event.code}: ${event.detail}`,
  }),
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

function toEntry(event: RequestEvent, request: AccessRequest): Entry | null {
  const make = entryOf[event.type] as (event: RequestEvent, request: AccessRequest) => Entry | null
  return make(event, request)
}

/** @param at RFC 3339; when a refusal happened (transitions carry their own time) */
export function auditEntriesOf(
  request: AccessRequest,
  events: readonly RequestEvent[],
  refusal?: { key: string; at: string },
): AuditEntry[] {
  return events.flatMap((event, index) => {
    const entry = toEntry(event, request)
    if (!entry) return []
    return {
      ...entry,
      sourceKey: refusal ? `${request.id}:refused:${refusal.key}` : `${request.id}:${request.version}:${index}`,
      timestamp: refusal?.at ?? request.updatedAt,
      accessRequestId: request.id,
      resource: { type: 'approval_flow', id: request.flow.id, name: request.flow.name },
      workflowId: workflowIdOf(request.id),
    }
  })
}
