/** How long a caller waits for an answer, whatever the database, the engine or a connected system do. */
import type { Request } from 'express'
import { DomainError } from '../../domain/shared/errors.ts'
import type { RouteDefinition } from './route.ts'

/** Milliseconds. */
export interface TimeLimits {
  readMs: number
  writeMs: number
}

/** A decision waits up to 10 s for its outcome, by design; the rest is for what comes before and after. */
export const usualLimits: TimeLimits = { readMs: 5000, writeMs: 15_000 }

/** @returns milliseconds, or null for streams and files, which take as long as they take */
export function limitOf(
  { method, responses, limitMs }: Pick<RouteDefinition, 'method' | 'responses' | 'limitMs'>,
  { readMs, writeMs }: TimeLimits,
): number | null {
  if (limitMs !== undefined) return limitMs
  if (method !== 'get') return writeMs
  return Object.values(responses).some(({ contentType }) => contentType !== undefined) ? null : readMs
}

function whetherItWasDone(req: Request): string {
  if (req.method === 'GET' || req.method === 'HEAD') return 'Try again in a moment.'
  const isNotKnown = 'Whether this was done is not known.'
  if (req.method !== 'POST') return `${isNotKnown} Look at it again, or repeat the same call.`
  if (req.headers['idempotency-key'] !== undefined)
    return `${isNotKnown} Repeating it with the same Idempotency-Key is safe.`
  return `${isNotKnown} Look before you repeat it; with an Idempotency-Key repeating it is safe.`
}

/** What the caller is told whose call took longer than its limit. */
export function noAnswerInTime(req: Request): DomainError {
  return new DomainError('service_unavailable', `The service did not answer in time. ${whetherItWasDone(req)}`, {
    retryAfter: 5,
  })
}

export interface Limit {
  /** Milliseconds; null waits for ever. */
  ms: number | null
  refusal: () => Error
  /** Told of what `run` throws after its time was up. */
  onLate: (error: unknown) => void
}

/** Runs on after its limit, because nothing can be taken back. @throws the limit's refusal when `run` takes longer */
export async function within<T>({ ms, refusal, onLate }: Limit, run: () => Promise<T>): Promise<T> {
  const running = run()
  if (ms === null) return running
  let timer: NodeJS.Timeout | undefined
  const tooLong = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      running.catch(onLate)
      reject(refusal())
    }, ms)
  })
  try {
    return await Promise.race([running, tooLong])
  } finally {
    clearTimeout(timer)
  }
}
