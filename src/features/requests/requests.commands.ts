/** Submitting and deciding, through Temporal. Failures of the engine become errors of the domain here. */
import type { Client } from '@temporalio/client'
import { WorkflowNotFoundError } from '@temporalio/client'
import * as messages from '../../../workflows/access-request.messages.ts'
import type { DecideMessage, OverrideMessage, WithdrawMessage } from '../../domain/request/messages.ts'
import type { AccessRequest } from '../../domain/request/record.ts'
import { isOpen } from '../../domain/request/record.ts'
import { refuseUnlessDecidable } from '../../domain/request/refusals.ts'
import { DomainError } from '../../domain/shared/errors.ts'
import { accessRequestWorkflowId } from '../../domain/shared/workflow-ids.ts'
import { type Saying, say } from '../../platform/engine/send-update.ts'
import type { RequestReconciler } from './requests.reconciler.ts'
import type { RequestsRepository } from './requests.repository.ts'
import type { Starter } from './requests.starter.ts'
import type { Submissions, SubmitInput } from './submissions.repository.ts'

export interface CommandDeps {
  client: Client
  requests: RequestsRepository
  submissions: Submissions
  starter: Starter
  reconciler: Pick<RequestReconciler, 'repair'>
  /** How long a caller waits for an outcome, in milliseconds, before it is "not known yet". */
  deadlineMs?: number
}

/** The state after a command. `isKnown` is false while the outcome is open: repeat under the same operation id. */
export interface Outcome {
  isKnown: boolean
}

/** What is said to one request, under an id that is the same for every repetition. */
interface Telling<Message> {
  update: Update<Message>
  id: string
  message: Message
  operationId: string
  /** Until when the caller waits, in milliseconds since 1970. */
  end: number
}

type Update<Message> = Pick<Saying<messages.Carried, [Message]>, 'update'>['update']

const startDeadlineMs = 3000
const pollMs = 25
const catchUpMs = 250

interface Progress {
  id: string
  refusal: DomainError
  /** Milliseconds since 1970. */
  end: number
  again: () => Promise<Outcome>
}

function isInProgress(error: unknown): error is DomainError {
  return error instanceof DomainError && error.code === 'decision_in_progress'
}

function isDecided(request: AccessRequest): boolean {
  return !isOpen(request) || request.status === 'error'
}

export function createRequestCommands({
  client,
  requests,
  submissions,
  starter,
  reconciler,
  deadlineMs = 10_000,
}: CommandDeps) {
  const usualEnd = () => Date.now() + deadlineMs

  /** Reads the row until it is as wanted, or the time is up. */
  async function until(
    id: string,
    isThere: (request: AccessRequest) => boolean,
    withinMs: number,
  ): Promise<AccessRequest | undefined> {
    const end = Date.now() + withinMs
    for (;;) {
      const request = await requests.find(id)
      if (!request || isThere(request) || Date.now() > end) return request
      await new Promise((resolve) => setTimeout(resolve, pollMs))
    }
  }

  /** @throws DomainError when the request does not exist or is closed */
  async function findOpen(id: string): Promise<AccessRequest> {
    const request = await requests.find(id)
    if (!request) throw new DomainError('not_found', 'There is no such request.')
    if (!isOpen(request)) refuseUnlessDecidable(request)
    return request
  }

  /** A workflow that is not found has ended, or was never started because Temporal was away. */
  async function start(id: string): Promise<void> {
    if (!(await starter.start(await findOpen(id), startDeadlineMs))) throw notStarted()
  }

  const repair = (id: string) =>
    client.connection.withDeadline(Date.now() + startDeadlineMs, () => reconciler.repair(id))

  /** Its workflow was started once and does not run: it was ended from outside, or the row was set back to before its end. */
  async function refuseEnded(id: string): Promise<never> {
    await findOpen(id)
    await repair(id)
    await findOpen(id)
    throw notStarted()
  }

  /** This very call was carried out before: its workflow may have ended or been set back since, and the row knows. */
  async function isCarriedOut(id: string, operationId: string): Promise<boolean> {
    return (await requests.find(id))?.carriedOut.includes(operationId) ?? false
  }

  async function tell<Message>({ update, id, message, operationId, end }: Telling<Message>): Promise<Outcome> {
    const attempt = async () => {
      const workflowId = accessRequestWorkflowId(id)
      const deadlineMs = end - Date.now()
      const said = await say(client, { update, args: [message], workflowId, updateId: operationId, deadlineMs })
      return { isKnown: said.known }
    }
    try {
      return await attempt()
    } catch (error) {
      if (isInProgress(error)) return afterProgress({ id, refusal: error, end, again: attempt })
      if (!(error instanceof WorkflowNotFoundError)) throw error
    }
    if (await isCarriedOut(id, operationId)) return { isKnown: true }
    await start(id)
    try {
      return await attempt()
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return refuseEnded(id)
      throw error
    }
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
      return await again()
    } catch (error) {
      if (!isInProgress(error) || Date.now() + catchUpMs > end) throw error
      await new Promise((resolve) => setTimeout(resolve, catchUpMs))
      return afterProgress({ id, refusal: error, end, again })
    }
  }

  /** Whoever lost a request because its workflow was ended from outside may ask again at once. */
  async function submitAnew(input: SubmitInput): Promise<AccessRequest> {
    try {
      return await submissions.submit(input)
    } catch (error) {
      const open = error instanceof DomainError && error.code === 'already_requested' ? error.details : {}
      if (typeof open['accessRequestId'] !== 'string') throw error
      // When nobody can tell what became of that request's workflow, the refusal stands.
      const mended = await repair(open['accessRequestId']).catch(() => null)
      if (mended === null) throw error
      return submissions.submit(input)
    }
  }

  return {
    /** @returns whether its workflow runs already; if not, the sweeper starts it as soon as Temporal is back */
    async submit(input: SubmitInput): Promise<{ request: AccessRequest; isStarted: boolean }> {
      const request = await submitAnew(input)
      const isStarted = await starter.start(request, startDeadlineMs)
      const given =
        isStarted && request.provisioning
          ? await until(request.id, (one) => one.version > 1 && !one.provisioning, 3000)
          : undefined
      return { request: given ?? request, isStarted }
    },

    /** An assigned approver's decision. @throws DomainError by the rules */
    decide: (id: string, message: DecideMessage, operationId: string) =>
      tell({ update: messages.decideUpdate, id, message, operationId, end: usualEnd() }),

    /**
     * An administrator's decision.
     * @param end milliseconds since 1970, for callers that wait less than usual
     * @throws DomainError by the rules
     */
    // oxlint-disable-next-line max-params -- to whom, with which words, under which id, until when
    override: (id: string, message: OverrideMessage, operationId: string, end = usualEnd()) =>
      tell({ update: messages.overrideUpdate, id, message, operationId, end: Math.min(end, usualEnd()) }),

    /** @throws DomainError by the rules */
    withdraw: (id: string, message: WithdrawMessage, operationId: string) =>
      tell({ update: messages.withdrawUpdate, id, message, operationId, end: usualEnd() }),
  }
}

function notStarted(): DomainError {
  return new DomainError('engine_unavailable', 'The request waits for its workflow to start. Try again in a moment.', {
    retryAfter: 2,
  })
}

export type RequestCommands = ReturnType<typeof createRequestCommands>
