/** Carries out a decided grant through the group's connector. */
import { ActivityFailure, ApplicationFailure, isCancellation } from '@temporalio/workflow'
import type { GiveAccessResult } from '../activities/index.ts'
import type { AccessRequest } from '../src/domain/access-request.ts'
import { approve, cancel, fail } from '../src/domain/outcomes.ts'
import type { Transition } from '../src/domain/transition.ts'
import { connector, persistent, refusedType, reliably } from './activity-options.ts'
import type { Recorder } from './recorder.ts'

/** The directory itself answers in the same workflow task; another system gets its retries and a person may look meanwhile. */
async function ask(request: AccessRequest, at: string): Promise<GiveAccessResult> {
  if (request.flow.connectorId !== null) return connector.giveAccess(request, at)
  return reliably('giveAccess', (activities) => activities.giveAccess(request, at), isRefusal)
}

function causeOf(error: unknown): unknown {
  return error instanceof ActivityFailure ? error.cause : error
}

function isRefusal(error: unknown): boolean {
  const cause = causeOf(error)
  return cause instanceof ApplicationFailure && cause.type === refusedType
}

function failureOf(error: unknown): { message: string; attempts: number } {
  const cause = causeOf(error)
  const [attempts] = cause instanceof ApplicationFailure ? (cause.details ?? []) : []
  const message =
    cause instanceof ApplicationFailure && cause.message
      ? cause.message
      : 'The connected system did not answer in time.'
  return { message, attempts: typeof attempts === 'number' ? attempts : 1 }
}

/**
 * From decided to Approved, to Error when the connector refuses or stays away, or to Canceled when the flow was
 * closed meanwhile. The decision and its outcome are one transition, unless another system is asked: then the
 * decision is recorded first.
 */
export async function giveAccess(decided: Transition, recorder: Recorder, now: () => string): Promise<Transition> {
  const { request } = decided
  const isRemote = request.flow.connectorId !== null
  if (isRemote) await recorder.record(decided)
  const events = isRemote ? [] : decided.events
  const outcome = await carryOut(request, now)
  return { request: outcome.request, events: [...events, ...outcome.events] }
}

async function carryOut(request: AccessRequest, now: () => string): Promise<Transition> {
  try {
    const result = await ask(request, now())
    // The time of the record, which is the same however often this is done.
    if ('given' in result) return approve(request, result.given, result.given.startedAt)
    return cancel(request, result.closed, { by: null, now: now() })
  } catch (error) {
    if (isCancellation(error) || !(error instanceof ActivityFailure || isRefusal(error))) throw error
    return fail(request, failureOf(error), now())
  }
}

/**
 * A system that did not answer may have given the access all the same: when the request ends otherwise, it is told to
 * take it back, for as long as it stays away. A refusal means that there is nothing to take.
 */
export async function takeBack(request: AccessRequest): Promise<void> {
  try {
    await persistent.takeAccessBack(request)
  } catch (error) {
    if (!isRefusal(error)) throw error
  }
}
