/** Reads sources of people. */
import { heartbeat } from '@temporalio/activity'
import { ApplicationFailure } from '@temporalio/common'
import { DomainError } from '../src/domain/shared/errors.ts'
import type { ActivityDeps, SourceRun } from './index.ts'

export function createSourcesActivities({ sources }: Pick<ActivityDeps, 'sources'>) {
  return {
    /** Tried again only where trying helps: a password that is wrong twice may lock the account. */
    async syncSource(run: SourceRun): Promise<void> {
      try {
        await sources.sync(run, () => heartbeat())
      } catch (error) {
        if (!(error instanceof DomainError) || error.code === 'connector_unavailable') throw error
        throw ApplicationFailure.nonRetryable(error.message, error.code)
      }
    },
    failSourceRun: (run: SourceRun, reason: string) => sources.fail(run, reason),
  }
}
