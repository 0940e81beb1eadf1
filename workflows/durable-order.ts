/**
 * The order of things stands in history before anything follows from it.
 *
 * A workflow task that was not completed is done anew (the worker died, or a message came in just as the workflow was
 * to end), and then later messages may come first. What its local activities have done to the world stays done.
 * So each message and each timer ends a task of its own first, by an activity that is not local.
 */
import { type ActivityOptions, proxyActivities } from '@temporalio/workflow'
import type { Activities } from '../activities/index.ts'

/** Until our database answers; a worker that died meanwhile is not waited for long. */
const untilAnswered: ActivityOptions = {
  startToCloseTimeout: '3s',
  retry: { initialInterval: '200ms', backoffCoefficient: 2, maximumInterval: '5s' },
}

/** Looked up in a task of its own: afterwards what was asked about can no longer come out in another order. */
export const ordered = proxyActivities<Activities>(untilAnswered)

/**
 * For what needs no lookup. An activity that does nothing takes some milliseconds; the shortest timer takes a second.
 * @param decide gets the time of the decision, RFC 3339, which is the same however often the rest is done
 */
export async function inOrder<T>(decide: (at: string) => T): Promise<T> {
  const at = new Date().toISOString()
  await ordered.standInHistory()
  return decide(at)
}
