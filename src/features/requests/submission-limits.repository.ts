/** How much one person may ask for: every request mails people, and one that is withdrawn makes way for the next. */
import { type SQL, sql } from 'drizzle-orm'
import { DomainError } from '../../domain/shared/errors.ts'
import type { DbOrTx } from '../../platform/db/columns.ts'
import type { SettingsRow } from '../settings/settings.repository.ts'

const hourMs = 3_600_000

/** Since when the person has used up the limit: the oldest of the requests that fill it, or null. */
export interface UsedUp {
  requestsSince: string | null
  requestsToFlowSince: string | null
}

interface Submission {
  requesterId: string
  /** RFC 3339 */
  now: string
}

/** One submission of a person at a time, until the transaction ends: what is counted after it holds. */
export async function takeTurn(tx: DbOrTx, requesterId: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`submit/${requesterId}`}, 0))`)
}

/** Reads from the index by requester and time, and never more rows than `most`; 0 is no limit. */
function usedUpSince({ requesterId, now }: Submission, { most, only }: { most: number; only: SQL }) {
  return sql<string | null>`(select r.created_at from access_requests r
    where ${most}::int > 0 and r.requester_id = ${requesterId} and ${only}
      and r.created_at > ${now}::timestamptz - interval '1 hour'
    order by r.created_at desc offset ${Math.max(most - 1, 0)}::int limit 1)`
}

type Limits = Pick<SettingsRow, 'requestsPerHour' | 'requestsPerHourToFlow'>

/** For a select from `approval_flows`. */
export function usedUpColumns(submission: Submission, { requestsPerHour, requestsPerHourToFlow }: Limits) {
  return {
    requestsSince: usedUpSince(submission, { most: requestsPerHour, only: sql`true` }),
    requestsToFlowSince: usedUpSince(submission, {
      most: requestsPerHourToFlow,
      only: sql`r.flow_id = approval_flows.id`,
    }),
  }
}

/** @throws DomainError `too_many_requests` with the seconds until one more is taken */
export function refuseTooMany({ requestsSince, requestsToFlowSince }: UsedUp, now: string): void {
  if (requestsSince) throw tooMany('You have asked for very much within an hour.', requestsSince, now)
  if (requestsToFlowSince)
    throw tooMany('You have asked this flow very often within an hour.', requestsToFlowSince, now)
}

function tooMany(what: string, since: string, now: string): DomainError {
  const retryAfter = Math.max(1, Math.ceil((new Date(since).getTime() + hourMs - new Date(now).getTime()) / 1000))
  const minutes = Math.ceil(retryAfter / 60)
  const words = minutes === 1 ? 'a minute' : `${minutes} minutes`
  return new DomainError('too_many_requests', `${what} Ask again in ${words}, or talk to an administrator.`, {
    retryAfter,
  })
}
