/** A grant whose end somebody waits for, and what can be said to it. */

import { type Origin, origin, senderOf } from '../request/messages.ts'
import { type AccessRequest, type Grant } from '../request/record.ts'
import { addDuration, longestAccess } from '../shared/duration.ts'
import { DomainError, invalidInput } from '../shared/errors.ts'
import { fieldProblem } from '../shared/field-errors.ts'
import { type Person } from '../shared/person.ts'

export interface AccessGrant {
  id: string
  accessRequestId: string
  flowId: string
  flowName: string
  user: Person
  groupId: string
  connectorId: string | null
  startedAt: string
  /** Null for access without an end, which only a revocation ends. */
  expiresAt: string | null
  /** Counts the commits: each version is written once. */
  version: number
  /** Ids of the messages that made this version and those before it. */
  carriedOut: string[]
  /** Since when and by whom it is being taken away; null while it is given. */
  end: GrantEnd | null
  /** When it was gone. */
  endedAt: string | null
}

export interface GrantEnd {
  at: string
  /** Null when it ended by itself. */
  by: string | null
  /** Set when it ended neither at its time nor by an administrator's word. */
  cause?: 'user_suspended' | undefined
  origin?: Origin | undefined
}

export interface RevokeMessage {
  by: string
  origin?: Origin | undefined
}

export type ReturnMessage = RevokeMessage

export interface ExtendMessage {
  by: string
  /** RFC 3339 */
  until: string
  origin?: Origin | undefined
}

type Raw = Record<string, unknown>

const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/i

/** Reads what `revoke` and `return` say. @throws DomainError `invalid_input` */
export function parseRevoke(value: unknown): RevokeMessage {
  return { by: senderOf(value as Raw), ...origin(value as Raw) }
}

/**
 * @param now RFC 3339
 * @throws DomainError `invalid_input`: the new end must lie in the future and at most two years away
 */
export function parseExtend(value: unknown, now: string): ExtendMessage {
  const raw = value as Raw
  const by = senderOf(raw)
  const { until } = raw
  const time = typeof until === 'string' && rfc3339.test(until) ? Date.parse(until) : Number.NaN
  if (Number.isNaN(time))
    throw invalidInput('until', fieldProblem('invalid_format', 'must be an RFC 3339 time', { format: 'datetime' }))
  if (time <= Date.parse(now))
    throw invalidInput('until', fieldProblem('not_in_future', 'must lie in the future; revoke the grant to end it now'))
  const end = new Date(time).toISOString()
  const latest = addDuration(now, longestAccess)
  if (end > latest) throw invalidInput('until', fieldProblem('too_late', 'must be at most two years away', { latest }))
  return { by, until: end, ...origin(raw) }
}

/** @throws DomainError `conflict`, `invalid_input` when access without an end would get one by "extending" */
export function refuseExtension(grant: AccessGrant, until: string): void {
  if (grant.expiresAt === null)
    throw new DomainError('conflict', 'This access has no end; there is nothing to extend.', { current: 'endless' })
  const after = grant.expiresAt
  if (until <= after)
    throw invalidInput('until', fieldProblem('too_early', `must be later than the present end, ${after}`, { after }))
}

const hour = 60 * 60 * 1000
const day = 24 * hour

/**
 * When to say that access ends soon: a day before the end of anything longer than two days,
 * an hour before the end of anything longer than two hours, else not at all.
 */
export function reminderAt({ startedAt, expiresAt }: Pick<AccessGrant, 'startedAt' | 'expiresAt'>): string | null {
  if (expiresAt === null) return null
  const length = Date.parse(expiresAt) - Date.parse(startedAt)
  const ahead = length > 2 * day ? day : length > 2 * hour ? hour : 0
  return ahead === 0 ? null : new Date(Date.parse(expiresAt) - ahead).toISOString()
}

/** The grant of an approved request, as version 1. */
export function grantOf({ id, flow, requester }: AccessRequest, grant: Grant): AccessGrant {
  return {
    id: grant.id,
    accessRequestId: id,
    flowId: flow.id,
    flowName: flow.name,
    user: { id: requester.id, name: requester.name, email: requester.email },
    groupId: flow.groupId,
    connectorId: grant.connectorId,
    startedAt: grant.startedAt,
    expiresAt: grant.expiresAt,
    version: 1,
    carriedOut: [],
    end: null,
    endedAt: null,
  }
}
