/** Compares every row with its workflow and mends what differs: at each start of a worker, and thoroughly every night. */
import type { Reconciled } from '../activities/index.ts'
import { paging } from './activity-options.ts'

export async function reconcileRequests(options: { isThorough: boolean }): Promise<Reconciled> {
  return paging.reconcileAll(options)
}
