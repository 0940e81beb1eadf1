/** Removes what is older than it is kept. */
import type { ActivityDeps } from './index.ts'

export interface RetentionActivityDeps {
  removeOld(): Promise<void>
}

export function createRetentionActivities({ retention }: Pick<ActivityDeps, 'retention'>) {
  return {
    removeOldRecords: () => retention.removeOld(),
  }
}
