/** Statements of a call that nobody waits for any more are ended: others wait for what they use. */
import { AsyncLocalStorage } from 'node:async_hooks'
import { DomainError } from '../../domain/shared/errors.ts'

/** A statement of the driver. Its own `cancel` loses the error of a database that is away, which would end the process. */
export interface Statement extends PromiseLike<unknown> {
  canceller?: ((statement: Statement) => Promise<void>) | null
}

interface Reads {
  isOver: boolean
  running: Set<Statement>
}

const reads = new AsyncLocalStorage<Reads | undefined>()

/**
 * Milliseconds that a statement has to come to its end by itself. Postgres ends whatever its connection is at when it hears
 * of it: for a quick statement that may be somebody else's next one.
 */
const graceMs = 500

/**
 * Runs `work`. Once the answer is sent, or its client has gone, the statements that `work` and what it starts still run have
 * half a second more, and later ones are refused.
 *
 * Only for calls that read: what a call writes is done whether or not somebody waits for it. Work that several calls share
 * has to be done in `outlasting`, or it ends with the one that began it.
 */
export function untilClosed<T>(answer: Closing, work: () => T): T {
  const own: Reads = { isOver: false, running: new Set() }
  answer.once('close', () => {
    own.isOver = true
    if (own.running.size > 0) setTimeout(() => own.running.forEach(cancel), graceMs)
  })
  return reads.run(own, work)
}

/** An answer over HTTP. */
interface Closing {
  once: (event: 'close', listener: () => void) => unknown
}

/** Runs `work` to its end, though it belongs to a call whose reads may be ended. */
export function outlasting<T>(work: () => T): T {
  return reads.run(undefined, work)
}

/** Starts a statement as one of the call that it belongs to. @throws DomainError when that is over */
export function asRead<S extends Statement>(start: () => S): S {
  const own = reads.getStore()
  if (!own) return start()
  if (own.isOver) throw new DomainError('service_unavailable', 'Nobody waits for this any more.')
  const statement = start()
  const forget = () => void own.running.delete(statement)
  own.running.add(statement)
  statement.then(forget, forget)
  return statement
}

function cancel(statement: Statement): void {
  // A database that is away runs nothing either.
  statement.canceller?.(statement).catch(() => undefined)
}
