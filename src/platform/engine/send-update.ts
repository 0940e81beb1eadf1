/** Updates with a deadline: the outcome, the refusal by the rules, or "not known yet". */
import { setTimeout as wait } from 'node:timers/promises'
import type { Client, WithStartWorkflowOperation, Workflow } from '@temporalio/client'
import {
  isGrpcServiceError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client'
import { ApplicationFailure, type UpdateDefinition } from '@temporalio/common'
import type { ErrorCode, ErrorDetails } from '../../domain/shared/errors.ts'
import { DomainError } from '../../domain/shared/errors.ts'

export interface UpdateCall<Result, Args extends [unknown]> {
  update: UpdateDefinition<Result, Args>
  args: Args
  workflowId: string
  /** The same id asks for the same thing: repeating it gives the first outcome. */
  updateId: string
  /** Milliseconds. */
  deadlineMs: number
}

/** `known: false`: nobody knows yet what became of it; asking again under the same id tells. */
export type UpdateOutcome<Result> = { known: true; result: Result } | { known: false }

/** Statuses of a server that cannot be reached: nothing was taken in. */
const away = new Set([8, 14])
/** Deadline exceeded or cancelled: whether it was taken in is not known. */
const unknown = new Set([1, 4])

/** The refusal a workflow's handler or validator made, as the error it was. */
function refusalOf(error: WorkflowUpdateFailedError): DomainError | undefined {
  const { cause } = error
  if (!(cause instanceof ApplicationFailure) || !cause.type) return undefined
  const [details] = cause.details ?? []
  return new DomainError(cause.type as ErrorCode, cause.message, (details ?? {}) as ErrorDetails, { cause: error })
}

function grpcCodeOf(error: unknown): number | undefined {
  const grpc = isGrpcServiceError(error) ? error : (error as { cause?: unknown }).cause
  return isGrpcServiceError(grpc) ? grpc.code : undefined
}

/** Failed precondition or aborted: its workflow task was thrown away, and nobody knows of the update any more. */
const thrownAway = new Set([9, 10])
const askAgainMs = 50

/** Asks again under the same update id until there is an outcome, or no time is left. */
async function asking<T>(run: () => Promise<T>, until: number): Promise<T | undefined> {
  for (;;) {
    try {
      return await run()
    } catch (error) {
      if (!thrownAway.has(grpcCodeOf(error) ?? 0)) throw error
      if (Date.now() + askAgainMs > until) return undefined
      await wait(askAgainMs)
    }
  }
}

/** Turns what the client throws into: a refusal, an engine that is away (safe to repeat), or unknown. */
export function outcomeOfFailure(error: unknown): { known: false } {
  if (error instanceof WorkflowUpdateFailedError) throw refusalOf(error) ?? error
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) return { known: false }
  const code = grpcCodeOf(error)
  if (code !== undefined && unknown.has(code)) return { known: false }
  if (code !== undefined && away.has(code)) {
    throw new DomainError(
      'engine_unavailable',
      'The workflow engine does not answer. Nothing was changed; try again in a moment.',
      { retryAfter: 2 },
      { cause: error },
    )
  }
  throw error
}

/**
 * @throws DomainError by the rules of the workflow, or `engine_unavailable`
 * @throws WorkflowNotFoundError when the workflow does not exist or has ended
 */
export async function sendUpdate<Result, Args extends [unknown]>(
  client: Client,
  call: UpdateCall<Result, Args>,
): Promise<UpdateOutcome<Result>> {
  const { update, args, workflowId, updateId, deadlineMs } = call
  try {
    const handle = client.workflow.getHandle(workflowId)
    const run = () => handle.executeUpdate<Result, Args>(update, { args, updateId })
    const until = Date.now() + deadlineMs
    const result = await client.connection.withDeadline(until, () => asking(run, until))
    return result === undefined ? { known: false } : { known: true, result }
  } catch (error) {
    return outcomeOfFailure(error)
  }
}

/** The same to a workflow that is started for it when it does not run. */
export async function sendUpdateStarting<Result, Args extends [unknown], T extends Workflow>(
  client: Client,
  call: Omit<UpdateCall<Result, Args>, 'workflowId'> & { start: () => WithStartWorkflowOperation<T> },
): Promise<UpdateOutcome<Result>> {
  const { update, args, updateId, deadlineMs, start } = call
  try {
    const run = () =>
      client.workflow.executeUpdateWithStart<T, Result, Args>(update, {
        args,
        updateId,
        startWorkflowOperation: start(),
      })
    const until = Date.now() + deadlineMs
    const result = await client.connection.withDeadline(until, () => asking(run, until))
    return result === undefined ? { known: false } : { known: true, result }
  } catch (error) {
    return outcomeOfFailure(error)
  }
}
