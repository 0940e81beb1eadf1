/**
 * One inbox for updates and signals. An update's caller waits until its message was carried out and gets the
 * outcome or the refusal; a signal that breaks a rule changes nothing and is written down as failed.
 */
import { defaultPayloadConverter, type RawValue, rawValueTypeInfo } from '@temporalio/common'
import { ApplicationFailure, allHandlersFinished, condition, defineSignal } from '@temporalio/workflow'
import { DomainError, invalidInput } from '../src/domain/errors.ts'
import type { RequestEvent } from '../src/domain/events.ts'

/** The only kind of error a handler may throw: anything else would leave its caller without an answer. */
export function asFailure(error: unknown): unknown {
  if (!(error instanceof DomainError)) return error
  return ApplicationFailure.create({
    type: error.code,
    message: error.message,
    nonRetryable: true,
    details: [error.details],
  })
}

/** A validator: what can be refused without looking anything up is refused before it enters history. */
export function refusing<T>(check: (raw: T) => void): (raw: T) => void {
  return (raw) => {
    try {
      check(raw)
    } catch (error) {
      throw asFailure(error)
    }
  }
}

/**
 * A signal as it came, still unread: reading it before its handler runs would fail the workflow task of what nobody
 * can read, and the request would stand still for ever. Arguments beyond the first are not read at all.
 */
export function unreadSignal(name: string) {
  return defineSignal<[RawValue?]>(name, {
    typeInfo: { inputTypes: Array.from({ length: 16 }, () => rawValueTypeInfo) },
  })
}

/** @throws DomainError `invalid_input` for what is not JSON or not encrypted with a key of ours */
function read(raw: RawValue | undefined): unknown {
  if (raw === undefined) return undefined
  try {
    return defaultPayloadConverter.fromPayload(raw.payload)
  } catch {
    throw invalidInput('', 'must be JSON, in the clear or encrypted with a key of this service')
  }
}

interface Entry<M, R> {
  /** Null for a signal that could not be read. */
  message: M | null
  name: string
  by: string | null
  isSignal: boolean
  refusal: DomainError | null
  /** What the update's caller is told: the state right after its own message, whatever came next. */
  result: R | null
  isDone: boolean
}

type Refused = Extract<RequestEvent, { type: 'refused' }>

function byOf(raw: unknown): string | null {
  const by = (raw as { by?: unknown } | null | undefined)?.by
  return typeof by === 'string' ? by.slice(0, 64) : null
}

/** @param recordRefusal writes down a signal that was refused */
export function createInbox<M extends { type: string }, R>(recordRefusal: (refused: Refused) => Promise<void>) {
  const entries: Entry<M, R>[] = []

  const inbox = {
    isEmpty: () => entries.length === 0,

    /** Handler of an update: waits until the loop has carried the message out. @throws ApplicationFailure typed by the refusal's code */
    async answer(message: M): Promise<R> {
      const entry: Entry<M, R> = {
        message,
        name: message.type,
        by: null,
        isSignal: false,
        refusal: null,
        result: null,
        isDone: false,
      }
      entries.push(entry)
      await condition(() => entry.isDone)
      if (entry.refusal) throw asFailure(entry.refusal)
      return entry.result as R
    },

    /** Handler of a signal: never throws, since nobody would hear it. The same news waiting twice is heard once. */
    put(name: M['type'], raw: RawValue | undefined, parse: (value: unknown) => M): void {
      const entry: Entry<M, R> = {
        message: null,
        name,
        by: null,
        isSignal: true,
        refusal: null,
        result: null,
        isDone: false,
      }
      try {
        const value = read(raw)
        entry.by = byOf(value)
        entry.message = parse(value)
      } catch (error) {
        if (!(error instanceof DomainError)) throw error
        entry.refusal = error
      }
      const isRepeatedNews = name === 'directoryChanged' && entries.some((waiting) => waiting.name === name)
      if (!isRepeatedNews) entries.push(entry)
    },

    /** Carries out the oldest message, then answers it. */
    async next(carryOut: (message: M) => Promise<R>): Promise<void> {
      const entry = entries.shift()
      if (!entry) return
      try {
        if (entry.message) entry.result = await carryOut(entry.message)
      } catch (error) {
        if (!(error instanceof DomainError)) throw error
        entry.refusal = error
      }
      if (entry.isSignal && entry.refusal) {
        await recordRefusal({
          type: 'refused',
          message: entry.name,
          by: entry.by,
          code: entry.refusal.code,
          detail: entry.refusal.message,
        })
      }
      entry.isDone = true
    },

    /** The end: answers what came too late. A message may come while the last one is answered: none is left behind. */
    async drain(answerLate: (message: M) => Promise<R>, isSettled: () => boolean = () => true): Promise<void> {
      const isOver = () => entries.length === 0 && isSettled() && allHandlersFinished()
      do {
        while (entries.length > 0) await inbox.next(answerLate)
        await condition(() => entries.length > 0 || isOver())
      } while (!isOver())
    },
  }
  return inbox
}
