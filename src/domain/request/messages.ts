/**
 * What can be said to an open request. HTTP comes by updates, other systems by signals: both are checked here,
 * because a signal's arguments are whatever somebody typed.
 */

import { durationProblem } from '../shared/duration.ts'
import { DomainError, type ErrorCode, invalidInput } from '../shared/errors.ts'
import { type FieldProblem, fieldProblem } from '../shared/field-errors.ts'
import { isIpAddress } from '../shared/ip-address.ts'
import { printable, textProblem, tidyText } from '../shared/text.ts'
import { isUuid } from '../shared/uuid.ts'

/** Where a message came from, for the audit. */
export interface Origin {
  /** An IP address, and nothing else. */
  clientIp?: string | undefined
  userAgent?: string | undefined
  /** Set when it did not come through our own API. */
  via?: 'signal' | undefined
}

/** What a record keeps of it. */
export function viaOf(origin: Origin | undefined): Pick<Origin, 'via'> {
  return origin?.via ? { via: origin.via } : {}
}

/** What an approver may say, and what an administrator may. */
export const approverDecisions = ['approve', 'deny'] as const
export const administratorDecisions = ['grant', 'deny'] as const

export interface DecideMessage {
  by: string
  decision: (typeof approverDecisions)[number]
  reason?: string | undefined
  nextSteps?: string | undefined
  origin?: Origin | undefined
}

export interface OverrideMessage {
  by: string
  decision: (typeof administratorDecisions)[number]
  message?: string | undefined
  reason?: string | undefined
  nextSteps?: string | undefined
  internalNotes?: string | undefined
  duration?: string | undefined
  origin?: Origin | undefined
}

export interface WithdrawMessage {
  by: string
  origin?: Origin | undefined
}

export interface FlowClosedMessage {
  cause: 'deleted' | 'disabled'
}

export type Message =
  | ({ type: 'decide' } & DecideMessage)
  | ({ type: 'override' } & OverrideMessage)
  | ({ type: 'withdraw' } & WithdrawMessage)
  | ({ type: 'flowClosed' } & FlowClosedMessage)
  | { type: 'directoryChanged' }
  | OwnMessage

/** What a request's workflow says to itself. */
export type OwnMessage =
  /** What was decided is given, or asked of another system, as the directory is now. */
  | { type: 'lookAgain' }
  /** Its time is over, unless somebody has acted meanwhile. */
  | { type: 'expire' }
  /** Its workflow was canceled or terminated by an operator. */
  | { type: 'workflowEnded' }
  /** Its row was lost, and the same person has asked for the same again since. */
  | { type: 'superseded' }
  /** A connected system has put the requester in, who was taken out there `removals` times before. */
  | { type: 'given'; connectorId: string; removals: number }
  /** It has not, or has not said so: it may hold the access all the same. */
  | { type: 'notGiven'; connectorId: string; message: string; attempts: number }
  /** A connected system that was asked holds the access no more. */
  | { type: 'takenBack'; connectorId: string }
  /** A signal that could not be read. */
  | { type: 'unreadable'; name: string; by: string | null; code: ErrorCode; detail: string }

type Raw = Record<string, unknown>

function asRecord(raw: unknown): Raw {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw))
    throw invalidInput('', fieldProblem('wrong_type', 'must be an object', { expected: 'object' }))
  return raw as Raw
}

/** Who says it, in small letters. @throws DomainError `invalid_input` */
export function senderOf(raw: { by?: unknown } | null | undefined): string {
  const by = raw?.by
  if (typeof by !== 'string' || !isUuid(by))
    throw invalidInput('by', fieldProblem('invalid_format', 'must be the id of a user', { format: 'uuid' }))
  return by.toLowerCase()
}

function text(raw: Raw, field: string): string | undefined {
  const value = raw[field]
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'string')
    throw invalidInput(field, fieldProblem('wrong_type', 'must be text', { expected: 'string' }))
  const tidy = tidyText(value)
  const problem = textProblem(tidy)
  if (problem) throw invalidInput(field, problem)
  return tidy === '' ? undefined : tidy
}

function oneOf<const T extends string>(raw: Raw, field: string, values: readonly T[]): T {
  const value = values.find((one) => one === raw[field])
  if (!value)
    throw invalidInput(
      field,
      fieldProblem('not_one_of', `must be one of ${values.join(', ')}`, { allowed: [...values] }),
    )
  return value
}

/** Where a message says it came from: an IP address, and printable text of limited length; nothing when it does not say. */
export function origin(raw: Raw): { origin?: Origin } {
  if (typeof raw.origin !== 'object' || raw.origin === null) return {}
  const { clientIp, userAgent } = raw.origin as Raw
  return {
    origin: {
      clientIp: typeof clientIp === 'string' && isIpAddress(clientIp) ? clientIp : undefined,
      userAgent: printable(userAgent, 512),
    },
  }
}

/** What is wrong with the reason of a decision, or nothing: only a denial needs one. */
export function reasonProblem(decision: string, reason: string | undefined): FieldProblem | undefined {
  return decision === 'deny' && !reason ? fieldProblem('required', 'is required to deny') : undefined
}

function decisionOf<const T extends string>(raw: Raw, decisions: readonly T[]) {
  const decision = oneOf(raw, 'decision', decisions)
  const reason = text(raw, 'reason')
  const problem = reasonProblem(decision, reason)
  if (problem)
    throw new DomainError('reason_required', 'Say why: a denial needs a reason, which the requester will read.', {
      errors: [{ path: 'reason', ...problem }],
    })
  return { decision, reason }
}

/** @throws DomainError `invalid_input` or `reason_required` */
export function parseDecide(value: unknown): { type: 'decide' } & DecideMessage {
  const raw = asRecord(value)
  return {
    type: 'decide',
    ...decisionOf(raw, approverDecisions),
    by: senderOf(raw),
    nextSteps: text(raw, 'nextSteps'),
    ...origin(raw),
  }
}

/**
 * @param now RFC 3339; durations are checked against it
 * @throws DomainError `invalid_input` or `reason_required`
 */
export function parseOverride(value: unknown, now: string): { type: 'override' } & OverrideMessage {
  const raw = asRecord(value)
  const decided = decisionOf(raw, administratorDecisions)
  const duration = text(raw, 'duration')
  const problem = duration === undefined ? undefined : durationProblem(duration, now)
  if (problem) throw invalidInput('duration', problem)
  return {
    type: 'override',
    ...decided,
    by: senderOf(raw),
    duration,
    message: text(raw, 'message'),
    nextSteps: text(raw, 'nextSteps'),
    internalNotes: text(raw, 'internalNotes'),
    ...origin(raw),
  }
}

/** @throws DomainError `invalid_input` */
export function parseWithdraw(value: unknown): { type: 'withdraw' } & WithdrawMessage {
  const raw = asRecord(value)
  return { type: 'withdraw', by: senderOf(raw), ...origin(raw) }
}

/** @throws DomainError `invalid_input` */
export function parseFlowClosed(value: unknown): { type: 'flowClosed' } & FlowClosedMessage {
  return { type: 'flowClosed', cause: oneOf(asRecord(value), 'cause', ['deleted', 'disabled']) }
}
