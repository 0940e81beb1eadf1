/** What API, worker and tools share: rows of requests and grants, their commits, their workflows, and the comparison of both. */
import type { Client } from '@temporalio/client'
import type { Logger } from 'pino'
import type { FourEyes } from '../domain/request/four-eyes.ts'
import { createAuditLog } from '../features/audit/audit.repository.ts'
import { createCommitGrant } from '../features/grants/grants.commit.repository.ts'
import { createGrantReconciler } from '../features/grants/grants.reconciler.ts'
import { createGrantsRepository } from '../features/grants/grants.repository.ts'
import { createGrantStarter } from '../features/grants/grants.starter.ts'
import { lockMembership } from '../features/memberships/memberships.repository.ts'
import { createCommitRequest } from '../features/requests/requests.commit.repository.ts'
import { createRequestReconciler } from '../features/requests/requests.reconciler.ts'
import { createRequestsRepository } from '../features/requests/requests.repository.ts'
import { createStarter } from '../features/requests/requests.starter.ts'
import type { Db } from '../platform/db/client.ts'
import type { SecretBox } from '../platform/secrets/secret-box.ts'
import { createReconciliation } from './reconciliation.ts'

export interface EnginePartsDeps {
  db: Db
  client: Client
  taskQueue: string
  secretBox: SecretBox
  log: Pick<Logger, 'warn'>
  /** Whether signals count that nobody has sealed: only workers carry signals out. */
  signalsInClear?: boolean | undefined
  /** `record` when left out. */
  fourEyes?: FourEyes | undefined
}

export function createEngineParts({
  db,
  client,
  taskQueue,
  secretBox,
  log,
  signalsInClear: isClearAllowed = false,
  fourEyes = 'record',
}: EnginePartsDeps) {
  const audit = createAuditLog({ secretBox })
  const requests = createRequestsRepository({ db, audit })
  const grants = createGrantsRepository({ db, audit })
  const commitRequest = createCommitRequest({ db, audit, requests, lockMembership, isClearAllowed, fourEyes })
  const commitGrant = createCommitGrant({ db, audit, isClearAllowed })
  const grantStarter = createGrantStarter({ client, taskQueue })
  const starter = createStarter({
    client,
    taskQueue,
    requests,
    log,
    onExisting: (id) => requestReconciler.repair(id),
  })
  const requestReconciler = createRequestReconciler({ client, requests, commit: commitRequest, starter, log })
  const grantReconciler = createGrantReconciler({ client, grants, commit: commitGrant, starter: grantStarter, log })
  const reconciliation = createReconciliation({ client, requests: requestReconciler, grants: grantReconciler })
  return {
    audit,
    requests,
    grants,
    commitRequest,
    commitGrant,
    starter,
    grantStarter,
    requestReconciler,
    grantReconciler,
    reconciliation,
  }
}
