/** Which mails an event of a request makes, as the table of the product says. */

import { isOfMany } from '../../domain/request/approvers.ts'
import type { RequestEvent } from '../../domain/request/events.ts'
import type { AccessRequest } from '../../domain/request/record.ts'
import type { Person } from '../../domain/shared/person.ts'
import type { MailData, MailIntent, MailKind, MailRequest } from '../../platform/mail/mail.types.ts'

export interface MailContext {
  administrators: Person[]
  /** Do requesters see who must approve? */
  exposeProgress: boolean
}

/** Events of which a mail goes to every administrator. */
export function concernsAdministrators(request: AccessRequest, events: readonly RequestEvent[]): boolean {
  return events.some(
    ({ type }) =>
      type === 'missing_data_found' || type === 'failed' || (type === 'submitted' && isForApprovers(request)),
  )
}

/** Others than administrators decide, and who they are is known: of what is missing, administrators hear anyway. */
function isForApprovers({ approvalType, queue, status }: AccessRequest): boolean {
  return approvalType === 'manual' && queue === 'others' && status === 'pending'
}

function mailRequest(request: AccessRequest): MailRequest {
  const { name, email, department } = request.requester
  return {
    id: request.id,
    flowName: request.flow.name,
    requester: { name, email, department },
    reason: request.reason,
    duration: request.approvedDuration ?? request.requestedDuration,
    createdAt: request.createdAt,
    expiresAt: request.expiresAt,
  }
}

type Draft = { [K in MailKind]: { kind: K; data: MailData[K]; people: Person[]; key?: string } }[MailKind]

function approverNames(request: AccessRequest): string[] {
  return request.steps.map((step) => (isOfMany(step) ? step.label : (step.approvers[0]?.name ?? step.label)))
}

function approvalOf({ decision, grant }: AccessRequest) {
  const alreadyHeld = grant?.alreadyHeld !== undefined
  return {
    message: decision?.message ?? null,
    expiresAt: grant?.expiresAt ?? null,
    ...(alreadyHeld && { alreadyHeld }),
  }
}

/** Administrators who neither ask nor approve: those hear of it as such. */
function onlookers({ requester, steps }: AccessRequest, { administrators }: MailContext): Person[] {
  const concerned = new Set([requester.id, ...steps.flatMap(({ approvers }) => approvers.map(({ id }) => id))])
  return administrators.filter(({ id }) => !concerned.has(id))
}

function draftsOf(request: AccessRequest, event: RequestEvent, context: MailContext): Draft[] {
  const draft = draftOf(request, event, context)
  if (event.type !== 'submitted' || !isForApprovers(request)) return draft ? [draft] : []
  const data = { request: mailRequest(request), approvers: approverNames(request) }
  return [...(draft ? [draft] : []), { kind: 'request_for_approvers', people: onlookers(request, context), data }]
}

// oxlint-disable-next-line complexity -- a table of the product, one case a mail
function draftOf(request: AccessRequest, event: RequestEvent, context: MailContext): Draft | null {
  const about = mailRequest(request)
  const requester = [request.requester]
  switch (event.type) {
    case 'submitted':
      return {
        kind: 'request_submitted',
        people: requester,
        data: { request: about, approvers: context.exposeProgress ? approverNames(request) : null },
      }
    case 'approvers_awaited': {
      // A person is asked once in a request, however often the steps are looked at again.
      if (request.queue === 'administrator')
        return { kind: 'review_requested_administrator', people: event.people, data: { request: about }, key: 'review' }
      const steps = request.steps.filter(({ order }) => event.steps.includes(order)).map(({ label }) => label)
      return { kind: 'review_requested_approver', people: event.people, data: { request: about, steps }, key: 'review' }
    }
    case 'approved':
      return { kind: 'request_approved', people: requester, data: { request: about, ...approvalOf(request) } }
    case 'denied':
      return {
        kind: 'request_denied',
        people: requester,
        data: {
          request: about,
          reason: request.decision?.reason ?? null,
          nextSteps: request.decision?.nextSteps ?? null,
        },
      }
    case 'expired':
      return { kind: 'request_expired', people: requester, data: { request: about } }
    case 'canceled':
      return {
        kind: 'request_canceled',
        people: requester,
        data: { request: about, cause: request.decision?.reason ?? '' },
      }
    case 'missing_data_found':
      return {
        kind: 'missing_data',
        people: context.administrators,
        data: { request: about, missing: event.missing.map(({ step, detail }) => ({ step, detail })) },
      }
    case 'failed':
      return {
        kind: 'processing_error',
        people: context.administrators,
        data: { request: about, message: event.message, attempts: event.attempts },
      }
    // The decisions of steps are told when they close the request; what is filled in needs nobody.
    case 'step_decided':
    case 'overridden':
    case 'approver_replaced':
    case 'missing_data_filled':
      return null
  }
}

/** Every mail that these events of one transition make. */
export function mailsOf(request: AccessRequest, events: readonly RequestEvent[], context: MailContext): MailIntent[] {
  const drafts = events.flatMap((event) => draftsOf(request, event, context))
  return drafts.flatMap(({ people, key = String(request.version), ...mail }) =>
    people.map(({ id, name, email }) => ({
      ...mail,
      to: { id, name, email },
      key: `${request.id}:${key}:${mail.kind}:${id}`,
      accessRequestId: request.id,
    })),
  ) as MailIntent[]
}
