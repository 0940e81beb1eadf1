/**
 * What stands after a message, when the workflow and the row may know different versions of the request.
 * The row arbitrates: a version is written once, and whoever comes second goes on from what stands there.
 * A row that is behind (its database was set back) is caught up with first.
 */

import type { DomainError } from '../shared/errors.ts'
import { asNextVersion } from '../shared/repair.ts'
import { eventsBetween } from './catch-up.ts'
import type { RequestEvent } from './events.ts'
import type { Message } from './messages.ts'
import { type MoveContext, move } from './move.ts'
import type { AccessRequest } from './record.ts'
import { awaitedPeople } from './steps.ts'

/** A message to a request, as its workflow knows the request. */
export interface Proposal {
  request: AccessRequest
  message: Message
  /** The same for every repetition of the same message. */
  messageId: string
  /** RFC 3339 */
  at: string
  /** Signals that are refused are written down: nobody waits for their answer. */
  isSignal: boolean
  /** Whether it was sealed for this workflow, or is the workflow's own (`seal.ts`). */
  isSealed: boolean
}

export interface Verdict {
  request: AccessRequest
  events: RequestEvent[]
  refusal: DomainError | null
}

/**
 * @param stored the row; null when there is none
 * @returns the row as it has to be written, with what has happened since `stored`; the same version as `stored` when
 *   nothing has to be written. A message that was carried out before is neither repeated nor refused.
 */
export function arbitrate(
  stored: AccessRequest | null,
  { request: known, message, messageId }: Proposal,
  context: MoveContext,
): Verdict {
  const isBehind = stored === null || stored.version < known.version
  const current = isBehind ? known : stored
  const missed = isBehind ? eventsBetween(stored, known) : []
  if (current.carriedOut.includes(messageId)) return { request: current, events: missed, refusal: null }
  const moved = move(current, message, context)
  const hasMoved = moved.request.version > current.version
  const request = hasMoved ? asNextVersion(moved.request, current, moved.refusal ? null : messageId) : current
  return { request, events: stillTrue([...missed, ...moved.events], request), refusal: moved.refusal }
}

/** Before a message is judged the approvers are looked up anew (`lookAgain` in `move.ts`): whom that would ask is not asked when the message has settled the step in the same commit. */
function stillTrue(events: readonly RequestEvent[], request: AccessRequest): RequestEvent[] {
  const waited = new Set(awaitedPeople(request).map(({ id }) => id))
  return events.flatMap((event): RequestEvent[] => {
    if (event.type === 'missing_data_found') return request.status === 'missing_data' ? [event] : []
    if (event.type !== 'approvers_awaited') return [event]
    const people = event.people.filter(({ id }) => waited.has(id))
    return people.length === 0 ? [] : [{ ...event, people }]
  })
}
