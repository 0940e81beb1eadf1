import { randomUUID } from 'node:crypto'
import type { MailData, MailIntent, MailKind, MailOfLink, MailRequest } from '../../src/platform/mail/mail.types.ts'

export function aMailRequest(changes: Partial<MailRequest> = {}): MailRequest {
  return {
    id: '019a0000-0000-7000-8000-000000000001',
    flowName: 'Payroll',
    requester: { name: 'Ana Ruiz', email: 'ana@example.test', department: 'Finance' },
    reason: 'Month end',
    duration: 'P30D',
    createdAt: '2026-11-23T09:15:00.000Z',
    expiresAt: '2026-12-23T09:15:00.000Z',
    ...changes,
  }
}

const flowId = '019a0000-0000-7000-8000-0000000000f1'

const at = '2026-11-23T09:15:00.000Z'
const emailOf = ({ flowName }: MailRequest) => `${flowName}@example.test`

const aLink = (request: MailRequest): MailOfLink => ({
  token: 'a-token',
  email: emailOf(request),
  expiresAt: '2026-11-23T10:15:00.000Z',
  causedBy: 'Ida Berg',
})

/** Facts of every kind, about the same request. */
export function someFacts(request: MailRequest = aMailRequest()): MailData {
  const { flowName } = request
  return {
    review_requested_administrator: { request },
    request_for_approvers: { request, approvers: ['Ida Berg'] },
    review_requested_approver: { request, steps: ["Requester's manager"] },
    request_submitted: { request, approvers: ["Requester's manager", 'User group: Security'] },
    request_approved: { request, message: 'Welcome aboard', expiresAt: '2026-12-23T10:00:00.000Z' },
    request_denied: { request, reason: 'Not this month', nextSteps: 'Ask your manager' },
    request_expired: { request },
    request_canceled: { request, cause: 'The approval flow was deleted.' },
    access_ending: { flowName, flowId, expiresAt: '2026-12-23T10:00:00.000Z' },
    access_ended: { flowName, flowId, endedAt: '2026-12-23T10:00:00.000Z', revoked: false },
    missing_data: { request, missing: [{ step: 1, detail: 'Ana Ruiz has no manager.' }] },
    processing_error: { request, message: 'The webhook answered 403.', attempts: 8 },
    sign_in_failures: {
      email: `${request.flowName}@example.test`,
      failures: 10,
      lastAt: '2026-11-23T09:15:00.000Z',
      clientIp: '192.0.2.7',
    },
    new_device: {
      email: `${request.flowName}@example.test`,
      at: '2026-11-23T09:15:00.000Z',
      clientIp: '192.0.2.7',
      userAgent: request.flowName,
    },
    administrator_made: { userId: request.id, person: flowName, email: emailOf(request), by: flowName, at },
    member_added: { person: flowName, email: emailOf(request), groupId: request.id, group: flowName, by: flowName, at },
    mail_test: { by: flowName },
    change_waits: { by: flowName, person: flowName, isAdministrator: true, group: null },
    password_reset: aLink(request),
    invitation: aLink(request),
    password_changed: { email: emailOf(request), at, clientIp: '192.0.2.7', byLink: true },
    address_changed: { from: emailOf(request), to: 'new@example.test', at, changedBy: 'Ida Berg' },
    token_created: { name: flowName, scopes: ['requests:read'], expiresAt: at, at, clientIp: '192.0.2.7' },
  }
}

let keys = 0

/** A mail to queue; each has a key and a person of its own unless they are given. */
export function aMail<K extends MailKind = 'request_submitted'>(
  changes: { kind?: K; key?: string; email?: string; name?: string; data?: MailData[K]; personId?: string } = {},
): MailIntent {
  const {
    kind = 'request_submitted' as K,
    key = `mail-${++keys}`,
    email = 'ana@example.test',
    name = 'Ana Ruiz',
  } = changes
  return {
    kind,
    key,
    to: { id: changes.personId ?? randomUUID(), name, email },
    data: changes.data ?? someFacts()[kind],
    accessRequestId: '019a0000-0000-7000-8000-000000000001',
  } as MailIntent
}
