/** Requests for tests: only what matters to a test is named. */

import type { ApprovalRequirement, ApprovalType, ApproverRule } from '../../src/domain/flow/flow.ts'
import { decide, override, refresh } from '../../src/domain/request/decisions.ts'
import { approve, cancel, expire, fail, type Transition } from '../../src/domain/request/lifecycle.ts'
import type { AccessRequest, HeldAccess } from '../../src/domain/request/record.ts'
import { submit } from '../../src/domain/request/submission.ts'
import { type Company, idOf } from './company.ts'

/** The moment everything starts at in pure tests. */
export const start = '2026-03-02T09:00:00.000Z'

export interface Asked {
  id?: string
  approvers?: ApproverRule[]
  requirement?: ApprovalRequirement
  type?: ApprovalType
  durations?: string[]
  /** Where the access is given; for workers, which keep it beside the request. */
  connectorId?: string | null
  reason?: string
  duration?: string | null
  expiry?: string
  now?: string
  held?: HeldAccess | null
}

const usual = {
  id: idOf(900_003),
  type: 'manual' as const,
  requirement: 'any' as const,
  durations: [],
  reason: 'I am on call.',
  duration: null,
  expiry: 'P30D',
  now: start,
}

/** The very first transition of a request that `requesterId` makes; decided by administrators unless it says otherwise. */
export function submitted(company: Company, requesterId: string, asked: Asked = {}): Transition {
  const { type, requirement, durations, id, reason, duration, expiry, now, held = null } = { ...usual, ...asked }
  const approvers = type === 'automatic' ? [] : (asked.approvers ?? [{ kind: 'administrator' as const }])
  const flow = {
    id: idOf(900_001),
    name: 'Production database',
    description: 'Read access',
    color: null,
    logoUrl: null,
    groupId: idOf(900_002),
    approvers,
    durations,
    approvalType: type,
    approvalRequirement: requirement,
  }
  return submit(
    { id, flow, reason, requestedDuration: duration, expiry, now, held },
    company.facts({ requesterId, approvers }),
  )
}

/** The same, when only the record matters. */
export function aRequest(company: Company, requesterId: string, asked: Asked = {}): AccessRequest {
  return submitted(company, requesterId, asked).request
}

export const grantOf = (now: string, expiresAt: string | null = null) => ({
  id: idOf(900_004),
  connectorId: null,
  startedAt: now,
  expiresAt,
  endedAt: null,
  endedBy: null,
})

/** Short forms of what can happen to a request, with the people of `company`. */
export function movesOf(company: Company, now = start) {
  const context = (by: string, at: string) => ({ actor: company.actor(by), now: at })
  return {
    approve: (request: AccessRequest, by: string, at = now) =>
      decide(request, { by, decision: 'approve' }, context(by, at)).request,
    deny: (request: AccessRequest, by: string, at = now) =>
      decide(request, { by, decision: 'deny', reason: 'No.' }, context(by, at)).request,
    grant: (request: AccessRequest, by: string, at = now) =>
      override(request, { by, decision: 'grant' }, context(by, at)).request,
    overrule: (request: AccessRequest, by: string, at = now) =>
      override(request, { by, decision: 'deny', reason: 'No.' }, context(by, at)).request,
    look: (request: AccessRequest, at = now) =>
      refresh(request, company.facts({ requesterId: request.requester.id, approvers: request.flow.approvers }), at)
        ?.request ?? request,
    give: (request: AccessRequest, at = now) => approve(request, grantOf(at), at).request,
    fail: (request: AccessRequest, at = now) =>
      fail(request, { message: 'The system is away.', attempts: 5 }, at).request,
    cancel: (request: AccessRequest, at = now) => cancel(request, 'flow_deleted', { by: null, now: at }).request,
    expire: (request: AccessRequest, at = now) => expire(request, at).request,
  }
}

/** What `run` throws; nothing when it does not. */
export function thrownBy(run: () => unknown): unknown {
  try {
    run()
    return undefined
  } catch (error) {
    return error
  }
}

/** The code of the refusal that `run` makes; nothing when it makes none. */
export function refusalOf(run: () => unknown): string | undefined {
  const error = thrownBy(run)
  return error === undefined ? undefined : ((error as { code?: string }).code ?? (error as Error).message)
}
