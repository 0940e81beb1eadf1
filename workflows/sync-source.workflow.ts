/** Reads a source of people once: on its schedule, or because somebody wants it now. */
import { ActivityFailure, ApplicationFailure, workflowInfo } from '@temporalio/workflow'
import type { SourceRunRequest } from '../activities/index.ts'
import { durable, reading } from './activity-options.ts'

/** Fails when nothing came of it, so that it is seen as failed in the Temporal UI as well; the next run begins anew. */
export async function syncSource({ runId = workflowInfo().runId, ...request }: SourceRunRequest): Promise<void> {
  const run = { ...request, runId }
  try {
    await reading.syncSource(run)
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error
    const reason = error.cause instanceof ApplicationFailure ? error.cause.message : 'It did not end in time.'
    await durable.failSourceRun(run, reason)
    throw ApplicationFailure.nonRetryable(reason, 'source_not_read')
  }
}
