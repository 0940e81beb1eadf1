/** A call under an Idempotency-Key: done by one at a time, answered to all of them alike. */
import type { DomainError, ErrorCode } from '../../domain/shared/errors.ts'
import type { Idempotency, IdempotentCall, StoredReply } from './idempotency.ts'
import { problemOf, toDomainError } from './problem.ts'
import type { Reply } from './route.ts'

/** A refusal by the rules is an answer too, and the same key gets it again. */
const finalStatuses = new Set([403, 404, 409, 422])

/** Conflicts and refusals that are over in a moment, or once the caller has given their password. */
const passing: ReadonlySet<ErrorCode> = new Set(['decision_in_progress', 'fresh_sign_in_required'])

/** False for refusals that a repetition may overcome. */
export function isFinalRefusal(refusal: DomainError): boolean {
  return finalStatuses.has(problemOf(refusal).status) && !passing.has(refusal.code)
}

interface Attempt {
  /** The answer, or what was thrown. */
  give: () => Reply | null
  /** What repetitions get; null when they try anew. */
  keep: StoredReply | null
}

async function attempt(run: () => Promise<Reply | null>): Promise<Attempt> {
  try {
    const reply = await run()
    const isFinal = reply !== null && reply.final !== false
    const keep = isFinal ? { status: reply.status, body: reply.body ?? null, headers: reply.headers ?? {} } : null
    return { give: () => reply, keep }
  } catch (error) {
    const refusal = toDomainError(error)
    const problem = problemOf(refusal)
    return {
      give: () => {
        throw error
      },
      keep: isFinalRefusal(refusal) ? { status: problem.status, body: problem, headers: {} } : null,
    }
  }
}

export interface Once {
  idempotency: Idempotency
  call: IdempotentCall
  /** Until when to wait for others that do the same call; milliseconds since 1970. */
  until: number
}

/**
 * Runs the call unless it was answered before. Who comes second waits for the answer of the first.
 * @throws DomainError `service_unavailable` when the first has no answer by `until`; else whatever `run` throws
 */
export async function once(
  run: (operationId: string) => Promise<Reply | null>,
  { idempotency, call, until }: Once,
): Promise<Reply | null> {
  const claim = await idempotency.begin(call, until)
  if (claim.reply) return { ...claim.reply, headers: { ...claim.reply.headers, 'Idempotent-Replayed': 'true' } }
  const { give, keep } = await idempotency.holding(claim, () => attempt(() => run(claim.operationId)))
  if (!keep) {
    await idempotency.release(claim)
    return give()
  }
  if (await idempotency.finish(claim, keep)) return give()
  // Too slow: somebody has taken the call over, and theirs is the answer that everybody gets.
  return once(run, { idempotency, call, until })
}
