/**
 * One inbox for updates and signals. An update's caller waits until its message was carried out and gets the
 * outcome or the refusal; nobody waits for a signal's.
 */
import { defaultPayloadConverter, type RawValue, rawValueTypeInfo } from '@temporalio/common'
import {
  ApplicationFailure,
  allHandlersFinished,
  condition,
  currentUpdateInfo,
  defineSignal,
  defineUpdate,
  workflowInfo,
} from '@temporalio/workflow'
import { DomainError, type ErrorCode, invalidInput } from '../src/domain/shared/errors.ts'
import { fieldProblem } from '../src/domain/shared/field-errors.ts'
import { isSealedFor, sealMetadata } from '../src/domain/shared/seal.ts'

/** The only kind of error a handler may throw: anything else would leave its caller without an answer. */
function asFailure(error: unknown): unknown {
  if (!(error instanceof DomainError)) return error
  return ApplicationFailure.create({
    type: error.code,
    message: error.message,
    nonRetryable: true,
    details: [error.details],
  })
}

/** A validator: what can be refused without looking anything up is refused before it enters history. */
export function refusing<Args extends unknown[]>(check: (...args: Args) => void): (...args: Args) => void {
  return (...args) => {
    try {
      check(...args)
    } catch (error) {
      throw asFailure(error)
    }
  }
}

/** Was the update that is judged now carried out before? Then its caller gets the success again. */
export function isCarriedOut({ carriedOut }: { carriedOut: readonly string[] }): boolean {
  return carriedOut.includes(currentUpdateInfo()?.id ?? '')
}

const inputTypes = Array.from({ length: 16 }, () => rawValueTypeInfo)

/**
 * A signal as it came, still unread: reading it before its handler runs would fail the workflow task of what nobody
 * can read, and the request would stand still for ever. Arguments beyond the first are not read at all.
 */
export function unreadSignal(name: string) {
  return defineSignal<[RawValue?]>(name, { typeInfo: { inputTypes } })
}

/** An update as it came: whether it was sealed stands beside what it says. */
export function unreadUpdate<R>(name: string) {
  return defineUpdate<R, [RawValue?]>(name, { typeInfo: { inputTypes } })
}

/** @throws DomainError `invalid_input` for what is not JSON or not encrypted with a key of ours */
export function read(raw: RawValue | undefined): unknown {
  if (raw === undefined) return undefined
  try {
    return defaultPayloadConverter.fromPayload(raw.payload)
  } catch {
    throw invalidInput(
      '',
      fieldProblem('unreadable', 'must be JSON, in the clear or encrypted with a key of this service'),
    )
  }
}

/** Whether it was sealed for this workflow by somebody who has a key of ours. The same at every replay. */
function isSealed(raw: RawValue | undefined, name: string): boolean {
  const seal = raw?.payload.metadata?.[sealMetadata]
  const { workflowId } = workflowInfo()
  const now = new Date().toISOString()
  return seal !== undefined && isSealedFor(new TextDecoder().decode(seal), { workflowId, name, now })
}

/** A message as it waits in the inbox. `id` is the same however often its workflow task is done. */
export interface Envelope<M> {
  message: M
  id: string
  isSignal: boolean
  isSealed: boolean
}

interface Entry<M, R> extends Envelope<M> {
  refusal: DomainError | null
  /** What the update's caller is told: the state right after its own message, whatever came next. */
  result: R | null
  isDone: boolean
}

/** A signal that could not be read, as a message that is refused like any other. */
interface Unreadable {
  type: 'unreadable'
  name: string
  by: string | null
  code: ErrorCode
  detail: string
}

function byOf(raw: unknown): string | null {
  const by = (raw as { by?: unknown } | null | undefined)?.by
  return typeof by === 'string' ? by.slice(0, 64) : null
}

/** @param apply does what a message says; a DomainError that it throws is the refusal */
export function createInbox<M extends { type: string }, R>(apply: (envelope: Envelope<M | Unreadable>) => Promise<R>) {
  type Any = Entry<M | Unreadable, R>
  const entries: Any[] = []
  let signals = 0

  function add(message: M | Unreadable, origin: Omit<Envelope<M>, 'message'>): Any {
    const entry: Any = { message, ...origin, refusal: null, result: null, isDone: false }
    entries.push(entry)
    return entry
  }

  const inbox = {
    isEmpty: () => entries.length === 0,

    /** Handler of an update: waits until the loop has carried the message out. @throws ApplicationFailure typed by the refusal's code */
    async answer(name: M['type'], raw: RawValue | undefined, parse: (value: unknown) => M): Promise<R> {
      const origin = { id: currentUpdateInfo()?.id ?? '', isSignal: false, isSealed: isSealed(raw, name) }
      const entry = add(parse(read(raw)), origin)
      await condition(() => entry.isDone)
      if (entry.refusal) throw asFailure(entry.refusal)
      return entry.result as R
    },

    /** Handler of a signal: never throws, since nobody would hear it. */
    put(name: M['type'], raw: RawValue | undefined, parse: (value: unknown) => M): void {
      const id = `${workflowInfo().runId}/${++signals}`
      const origin = { id, isSignal: true, isSealed: isSealed(raw, name) }
      let by: string | null = null
      try {
        const value = read(raw)
        by = byOf(value)
        add(parse(value), origin)
      } catch (error) {
        if (!(error instanceof DomainError)) throw error
        add({ type: 'unreadable', name, by, code: error.code, detail: error.message }, origin)
      }
    },

    /** Puts in something that has changed, unless the same waits already. */
    notice(message: M): void {
      if (entries.some((waiting) => waiting.message.type === message.type)) return
      const id = `${workflowInfo().runId}/${message.type}/${++signals}`
      add(message, { id, isSignal: false, isSealed: true })
    },

    /** Applies the oldest message, then answers it. */
    async next(): Promise<void> {
      const entry = entries.shift()
      if (!entry) return
      try {
        entry.result = await apply(entry)
      } catch (error) {
        if (!(error instanceof DomainError)) throw error
        entry.refusal = error
      }
      entry.isDone = true
    },

    /** The end: answers what came too late. A message may come while the last one is answered: none is left behind. */
    async drain(): Promise<void> {
      const isOver = () => entries.length === 0 && allHandlersFinished()
      do {
        while (entries.length > 0) await inbox.next()
        await condition(() => entries.length > 0 || isOver())
      } while (!isOver())
    },
  }
  return inbox
}
