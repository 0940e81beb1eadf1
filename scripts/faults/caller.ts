/** A caller that does not give up: the same call under the same key, until there is an answer that stays. */
import { setTimeout as pause } from 'node:timers/promises'
import type { Session } from '../../bench/http.ts'
import type { Random } from './random.ts'

export interface Answer {
  status: number
  body: Record<string, unknown>
  /** Milliseconds. */
  retryAfter: number
}

/** One try of a call, as its caller saw it. */
export interface Attempt {
  /** Milliseconds since 1970. */
  at: number
  ms: number
  /** `409 request_closed`, or why there was no answer. */
  said: string
}

export interface Call {
  session: Session
  path: string
  body: unknown
  /** Sent as Idempotency-Key. */
  key: string
  /** Every try is added here. */
  attempts: Attempt[]
  /** Hears every answer, those that are not final too. */
  hear?: (answer: Answer) => void
}

export interface CallerDeps {
  random: Random
  /** Ends all calls. */
  end: AbortSignal
  /** Share of the tries whose connection the caller cuts before the answer. */
  cutShare: number
}

const longestTryMs = 30_000
/** Longer than any outage of the storm lasts: who has no answer by then gets none. */
const patienceMs = 6 * 60_000

/** True for an answer that repeating the call does not change. */
function isFinal({ status, body }: Answer): boolean {
  return status < 500 && status !== 202 && status !== 429 && body['code'] !== 'decision_in_progress'
}

/** @returns the final answer, or null when there was none for six minutes. @throws the reason of `end` */
export async function insist(call: Call, deps: CallerDeps): Promise<Answer | null> {
  const giveUpAt = Date.now() + patienceMs
  while (Date.now() < giveUpAt) {
    deps.end.throwIfAborted()
    const answer = await attempt(call, deps)
    if (answer) call.hear?.(answer)
    if (answer && isFinal(answer)) return answer
    await pause(answer?.status === 429 ? answer.retryAfter : deps.random.between(50, 400))
  }
  return null
}

async function attempt(call: Call, deps: CallerDeps): Promise<Answer | null> {
  const at = Date.now()
  const note = (said: string) => call.attempts.push({ at, ms: Date.now() - at, said })
  const cutAfter = deps.random.chance(deps.cutShare) ? Math.round(deps.random.between(2, 150)) : null
  try {
    const answer = await send(call, AbortSignal.any([deps.end, AbortSignal.timeout(cutAfter ?? longestTryMs)]))
    note([answer.status, answer.body['code'] ?? answer.body['status']].join(' '))
    return answer
  } catch (error) {
    note(wordsFor(error, cutAfter !== null))
    return null
  }
}

async function send({ session, path, body, key }: Call, signal: AbortSignal): Promise<Answer> {
  const { base, cookie, csrfToken } = session
  const headers = { cookie, 'x-csrf-token': csrfToken, 'content-type': 'application/json', 'idempotency-key': key }
  const res = await fetch(`${base}/api/v1${path}`, { method: 'POST', headers, body: JSON.stringify(body), signal })
  const text = await res.text()
  const retryAfter = Number(res.headers.get('retry-after') ?? 1) * 1000
  return { status: res.status, body: JSON.parse(text || '{}') as Record<string, unknown>, retryAfter }
}

function wordsFor(error: unknown, isCut: boolean): string {
  const { name, cause, message } = error as Error & { cause?: { code?: string } }
  if (name === 'TimeoutError') return isCut ? 'cut by the caller' : `no answer within ${longestTryMs / 1000} s`
  return `no answer: ${cause?.code ?? message}`
}
