/** Compares rows with workflows, and mends. */
import { heartbeat } from '@temporalio/activity'
import type { ActivityDeps } from './index.ts'

/** What a comparison has found. */
export interface Reconciled {
  /** Requests and grants that were compared. */
  lookedAt: number
  /** Those that differed; mended unless nothing was to be changed. */
  differing: number
}

export interface ReconcileDeps {
  /** @param progress is called now and then while it goes on */
  run(options: { isThorough: boolean }, progress: () => void): Promise<Reconciled>
}

export function createReconcileActivities({ reconcile }: Pick<ActivityDeps, 'reconcile'>) {
  return {
    reconcileAll: (options: { isThorough: boolean }) => reconcile.run(options, () => heartbeat()),
  }
}
