/** Timeouts and retries of every activity, each with its reason. */
import {
  type ActivityOptions,
  isCancellation,
  type LocalActivityOptions,
  log,
  proxyActivities,
  proxyLocalActivities,
  TemporalFailure,
} from '@temporalio/workflow'
import type { Activities } from '../activities/index.ts'

/** Inside the workflow task: a few milliseconds and no extra round trips. Three tries, so that a caller never waits long. */
const shortTry: LocalActivityOptions = {
  startToCloseTimeout: '2s',
  scheduleToCloseTimeout: '3s',
  retry: { initialInterval: '200ms', maximumAttempts: 3 },
}

/** Our own database being away delays and never fails: retried until it is back. */
const untilBack: ActivityOptions = {
  startToCloseTimeout: '10s',
  retry: { initialInterval: '500ms', backoffCoefficient: 2, maximumInterval: '10s' },
}

/** Another system: five tries within ten minutes, then a person decides. */
const connectorTries: ActivityOptions = {
  startToCloseTimeout: '30s',
  scheduleToCloseTimeout: '10m',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1m', maximumAttempts: 5 },
}

/** What must not stay half done at another system: asked until it answers. */
const untilAnswered: ActivityOptions = {
  startToCloseTimeout: '30s',
  retry: { initialInterval: '5s', backoffCoefficient: 2, maximumInterval: '10m' },
}

/** Pages through open requests at a limited rate; the heartbeat keeps its place. */
const fanOutPage: ActivityOptions = {
  startToCloseTimeout: '10m',
  heartbeatTimeout: '30s',
  retry: { initialInterval: '1s', maximumInterval: '30s' },
}

export const quick = proxyLocalActivities<Activities>(shortTry)
export const durable = proxyActivities<Activities>(untilBack)
export const connector = proxyActivities<Activities>(connectorTries)
export const persistent = proxyActivities<Activities>(untilAnswered)
export const fanOut = proxyActivities<Activities>(fanOutPage)

/** Permanent faults come as this failure type; everything else is our database being away. */
export const refusedType = 'connector_refused'

/** Failures of local activities come bare, those of regular ones wrapped: both are TemporalFailures. */
export function isOutage(error: unknown): boolean {
  return error instanceof TemporalFailure && !isCancellation(error)
}

/** The short try first; when our database does not answer within it, the durable activity. */
export async function reliably<T>(
  name: string,
  attempt: (activities: typeof quick | typeof durable) => Promise<T>,
  isFinal: (error: unknown) => boolean = () => false,
): Promise<T> {
  try {
    return await attempt(quick)
  } catch (error) {
    if (!isOutage(error) || isFinal(error)) throw error
    log.warn('the short try failed, going on durably', { activity: name })
    return attempt(durable)
  }
}
