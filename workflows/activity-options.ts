/** Timeouts and retries of every activity, each with its reason. */
import {
  type ActivityFailure,
  type ActivityOptions,
  ApplicationFailure,
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
  retry: { initialInterval: '500ms', backoffCoefficient: 2, maximumInterval: '5s' },
}

/** Another system: five tries within ten minutes, then a person decides. */
const connectorTries: ActivityOptions = {
  startToCloseTimeout: '30s',
  scheduleToCloseTimeout: '10m',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1m', maximumAttempts: 5 },
}

/** What must not stay half done at another system: asked until it answers. */
const answerTries: ActivityOptions = {
  startToCloseTimeout: '30s',
  retry: { initialInterval: '5s', backoffCoefficient: 2, maximumInterval: '10m' },
}

/** Pages through many requests; the heartbeat tells that it goes on. */
const longWork: ActivityOptions = {
  startToCloseTimeout: '1h',
  heartbeatTimeout: '30s',
  retry: { initialInterval: '1s', maximumInterval: '30s' },
}

/** Nobody waits for it: what cannot be removed within three tries is removed an hour later. */
const removal: ActivityOptions = {
  startToCloseTimeout: '30m',
  retry: { initialInterval: '10s', maximumAttempts: 3 },
}

/** A directory server that is away for a moment; for longer, the next run comes by itself. */
const sourceTries: ActivityOptions = {
  startToCloseTimeout: '1h',
  heartbeatTimeout: '2m',
  retry: { initialInterval: '5s', maximumAttempts: 3 },
}

const quick = proxyLocalActivities<Activities>(shortTry)
export const durable = proxyActivities<Activities>(untilBack)
export const connector = proxyActivities<Activities>(connectorTries)
export const untilAnswered = proxyActivities<Activities>(answerTries)
export const paging = proxyActivities<Activities>(longWork)
export const reading = proxyActivities<Activities>(sourceTries)
export const removing = proxyActivities<Activities>(removal)

/** Failures of local activities come bare, those of regular ones wrapped: both are TemporalFailures. */
function isOutage(error: unknown): boolean {
  return error instanceof TemporalFailure && !isCancellation(error)
}

/** The short try first; when our database does not answer within it, the same as a durable activity. */
async function localThenDurable<T>(attempt: (activities: typeof quick | typeof durable) => Promise<T>): Promise<T> {
  try {
    return await attempt(quick)
  } catch (error) {
    if (!isOutage(error)) throw error
    log.warn('the short try failed, going on durably')
    return attempt(durable)
  }
}

/** One commit: what stands after the message, whoever was first. */
export const commitRequest: Activities['commitRequest'] = (proposal) =>
  localThenDurable((activities) => activities.commitRequest(proposal))
export const commitGrant: Activities['commitGrant'] = (proposal) =>
  localThenDurable((activities) => activities.commitGrant(proposal))

/** A connected system that says no for good; anything else may be tried again. */
export function isRefusal({ cause }: ActivityFailure): boolean {
  return cause instanceof ApplicationFailure && cause.type === 'connector_refused'
}

/** Our own database was away, so that the connected system could not even be asked, or its answer not be used. */
export function isDatabaseAway({ cause }: ActivityFailure): boolean {
  return cause instanceof ApplicationFailure && cause.type === 'database_away'
}

/** What an administrator reads of a connected system that did not do what it was asked. */
export function connectorFailureOf({ cause }: ActivityFailure): { message: string; attempts: number } {
  if (!(cause instanceof ApplicationFailure) || !cause.message)
    return { message: 'The connected system did not answer in time.', attempts: 1 }
  const [attempts] = cause.details ?? []
  return { message: cause.message, attempts: typeof attempts === 'number' ? attempts : 1 }
}
