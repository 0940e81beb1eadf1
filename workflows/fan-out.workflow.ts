/** One change that open requests must hear of: passes over them until none is left out. */
import { sleep } from '@temporalio/workflow'
import type { DirectoryChange } from '../activities/index.ts'
import { durable, paging } from './activity-options.ts'

/** Passes before a request whose workflow still does not run is left to the starter, which reads the change itself. */
const mostPasses = 20

/** Resolves when every request concerned has been told. */
export async function requestFanOut(change: DirectoryChange): Promise<{ signalled: number }> {
  let signalled = 0
  for (let pass = 1; pass <= mostPasses; pass++) {
    const result = await paging.signalOpenRequests(change)
    signalled += result.signalled
    if (result.left === 0) break
    await sleep('3 seconds')
  }
  await durable.markFanOutDone(change.eventId)
  return { signalled }
}
