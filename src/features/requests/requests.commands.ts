/** Submitting and deciding: the row first, then its workflow, whose outcome the caller waits for. */

import { setTimeout as wait } from 'node:timers/promises'
import type { DecideMessage, OverrideMessage, WithdrawMessage } from '../../domain/request/messages.ts'
import type { AccessRequest } from '../../domain/request/record.ts'
import { isOpen } from '../../domain/request/record.ts'
import { refuseUnlessDecidable } from '../../domain/request/rules.ts'
import { DomainError } from '../../domain/shared/errors.ts'
import type { RequestsEngine, RequestUpdate } from './requests.engine.ts'
import type { RequestReconciler } from './requests.reconciler.ts'
import type { SubmitInput } from './submissions.repository.ts'

export interface CommandDeps {
  engine: Pick<RequestsEngine, 'update' | 'within'>
  findRequest: (id: string) => Promise<AccessRequest | undefined>
  /** Puts a request into the queue. */
  submit: (input: SubmitInput) => Promise<AccessRequest>
  reconciler: Pick<RequestReconciler, 'repair' | 'ensureStarted'>
  /** How long a caller waits for an outcome, in milliseconds, before it is "not known yet". */
  deadlineMs?: number
}

/** The state after a command. `isKnown` is false while the outcome is open: repeat under the same operation id. */
export interface Outcome {
  isKnown: boolean
}

const startDeadlineMs = 3000
const pollMs = 25
const catchUpMs = 250

interface Progress {
  id: string
  refusal: DomainError
  /** Milliseconds since 1970. */
  end: number
  again: () => Promise<Outcome | 'gone'>
}

function isInProgress(error: unknown): error is DomainError {
  return error instanceof DomainError && error.code === 'decision_in_progress'
}

function isDecided(request: AccessRequest): boolean {
  return !isOpen(request) || request.status === 'error'
}

export function createRequestCommands({ engine, findRequest, submit, reconciler, deadlineMs = 10_000 }: CommandDeps) {
  const usualEnd = () => Date.now() + deadlineMs

  /** Reads the row until it is as wanted, or the time is up. */
  async function until(
    id: string,
    isThere: (request: AccessRequest) => boolean,
    withinMs: number,
  ): Promise<AccessRequest | undefined> {
    const end = Date.now() + withinMs
    for (;;) {
      const request = await findRequest(id)
      if (!request || isThere(request) || Date.now() > end) return request
      await wait(pollMs)
    }
  }

  /** @throws DomainError when the request does not exist or is closed */
  async function findOpen(id: string): Promise<AccessRequest> {
    const request = await findRequest(id)
    if (!request) throw new DomainError('not_found', 'There is no such request.')
    if (!isOpen(request)) refuseUnlessDecidable(request)
    return request
  }

  /** A workflow that is not found has ended, or was never started because Temporal was away. */
  async function start(id: string): Promise<void> {
    if (!(await reconciler.ensureStarted(await findOpen(id), startDeadlineMs))) throw notStarted()
  }

  const repair = (id: string) => engine.within(startDeadlineMs, () => reconciler.repair(id))

  /** Its workflow was started once and does not run: it was ended from outside, or the row was set back to before its end. */
  async function refuseEnded(id: string): Promise<never> {
    await findOpen(id)
    await repair(id)
    await findOpen(id)
    throw notStarted()
  }

  /** This very call was carried out before: its workflow may have ended or been set back since, and the row knows. */
  async function isCarriedOut(id: string, operationId: string): Promise<boolean> {
    return (await findRequest(id))?.carriedOut.includes(operationId) ?? false
  }

  /** @param end milliseconds since 1970: until when the caller waits */
  async function updateWorkflow(update: RequestUpdate, end = usualEnd()): Promise<Outcome> {
    const { id, operationId } = update
    const attempt = async (): Promise<Outcome | 'gone'> => {
      const outcome = await engine.update(update, end)
      return outcome === 'gone' ? outcome : { isKnown: outcome.known }
    }
    try {
      const outcome = await attempt()
      if (outcome !== 'gone') return outcome
    } catch (error) {
      if (isInProgress(error)) return afterProgress({ id, refusal: error, end, again: attempt })
      throw error
    }
    if (await isCarriedOut(id, operationId)) return { isKnown: true }
    await start(id)
    const outcome = await attempt()
    return outcome === 'gone' ? refuseEnded(id) : outcome
  }

  /**
   * A grant is being carried out: the caller is better told how it ended. When it has failed by now they are heard, as
   * soon as the workflow has caught up with the row.
   */
  async function afterProgress({ id, refusal, end, again }: Progress): Promise<Outcome> {
    const request = await until(id, isDecided, end - Date.now())
    if (!request || !isDecided(request)) throw refusal
    refuseUnlessDecidable(request)
    try {
      const outcome = await again()
      return outcome === 'gone' ? refuseEnded(id) : outcome
    } catch (error) {
      if (!isInProgress(error) || Date.now() + catchUpMs > end) throw error
      await wait(catchUpMs)
      return afterProgress({ id, refusal: error, end, again })
    }
  }

  /** Whoever lost a request because its workflow was ended from outside may ask again at once. */
  async function submitAnew(input: SubmitInput): Promise<AccessRequest> {
    try {
      return await submit(input)
    } catch (error) {
      const open = error instanceof DomainError && error.code === 'already_requested' ? error.details : {}
      if (typeof open['accessRequestId'] !== 'string') throw error
      // When nobody can tell what became of that request's workflow, the refusal stands.
      const mended = await repair(open['accessRequestId']).catch(() => null)
      if (mended === null) throw error
      return submit(input)
    }
  }

  return {
    /** @returns whether its workflow runs already; if not, the sweeper starts it as soon as Temporal is back */
    async submit(input: SubmitInput): Promise<{ request: AccessRequest; isStarted: boolean }> {
      const request = await submitAnew(input)
      const isStarted = await reconciler.ensureStarted(request, startDeadlineMs)
      const given =
        isStarted && request.provisioning
          ? await until(request.id, (one) => one.version > 1 && !one.provisioning, 3000)
          : undefined
      return { request: given ?? request, isStarted }
    },

    /** An assigned approver's decision. @throws DomainError by the rules */
    decide: (id: string, message: DecideMessage, operationId: string) =>
      updateWorkflow({ type: 'decide', id, message, operationId }),

    /**
     * An administrator's decision.
     * @param end milliseconds since 1970, for callers that wait less than usual
     * @throws DomainError by the rules
     */
    // oxlint-disable-next-line max-params -- to whom, with which words, under which id, until when
    override: (id: string, message: OverrideMessage, operationId: string, end = usualEnd()) =>
      updateWorkflow({ type: 'override', id, message, operationId }, Math.min(end, usualEnd())),

    /** @throws DomainError by the rules */
    withdraw: (id: string, message: WithdrawMessage, operationId: string) =>
      updateWorkflow({ type: 'withdraw', id, message, operationId }),
  }
}

function notStarted(): DomainError {
  return new DomainError('engine_unavailable', 'The request waits for its workflow to start. Try again in a moment.', {
    retryAfter: 2,
  })
}

export type RequestCommands = ReturnType<typeof createRequestCommands>
