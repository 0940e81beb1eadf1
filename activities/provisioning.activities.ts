/** Gives access and takes it away through the connector of the group. */
import { activityInfo, heartbeat } from '@temporalio/activity'
import { ApplicationFailure } from '@temporalio/common'
import type { AccessGrant } from '../src/domain/grant/record.ts'
import type { AccessRequest } from '../src/domain/request/record.ts'
import { ConnectorError } from '../src/domain/shared/connector-error.ts'
import type { ActivityDeps } from './index.ts'

/** Drizzle's error names the statement and its values, which belong into no history. */
function isOfDatabase(error: unknown): boolean {
  return error instanceof Error && 'query' in error && 'params' in error
}

/**
 * A connector says itself whether trying again can help; the attempts made so far go with the failure.
 * Our own database being away is no failure of the connected system.
 */
function translate(error: unknown): unknown {
  if (isOfDatabase(error))
    return ApplicationFailure.create({ type: 'database_away', message: 'The database does not answer.' })
  if (!(error instanceof ConnectorError)) return error
  return ApplicationFailure.create({
    type: error.retryable ? 'connector_unavailable' : 'connector_refused',
    message: error.message,
    nonRetryable: !error.retryable,
    details: [activityInfo().attempt],
    nextRetryDelay: error.retryAfterMs,
  })
}

async function translating<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (error) {
    throw translate(error)
  }
}

export function createProvisioningActivities({ access }: Pick<ActivityDeps, 'access'>) {
  return {
    giveAccess: (request: AccessRequest) => translating(() => access.give(request)),
    undoGiveAccess: (request: AccessRequest, connectorId: string) =>
      translating(() => access.undoGive(request, connectorId)),
    settleMemberships: (connectorId: string) => access.settleSystem(connectorId, () => heartbeat()),
    removeAccess: (grant: AccessGrant) => translating(() => access.remove(grant)),
  }
}
