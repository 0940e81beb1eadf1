/** Access that was given: until when, its end, and who ends it before. */
import type { Client } from '@temporalio/client'
import type { Logger } from 'pino'
import type { Db } from '../../platform/db/client.ts'
import type { AuditLog } from '../audit/audit.repository.ts'
import { createGrantCommands } from './grants.commands.ts'
import { createCommitGrant } from './grants.commit.repository.ts'
import { createGrantsEngine } from './grants.engine.ts'
import { createGrantQueries } from './grants.queries.repository.ts'
import { createGrantReconciler } from './grants.reconciler.ts'
import { createGrantsRepository } from './grants.repository.ts'
import { grantRoutes } from './grants.routes.ts'

export interface GrantsModuleDeps {
  db: Db
  client: Client
  taskQueue: string
  auditLog: AuditLog
  log: Pick<Logger, 'warn'>
  /** Whether signals count that nobody has sealed: only workers carry signals out. */
  signalsInClear: boolean
  /** Milliseconds a caller waits for an outcome. */
  deadlineMs?: number
}

export function createGrantsModule(deps: GrantsModuleDeps) {
  const { db, auditLog: audit, log } = deps
  const engine = createGrantsEngine(deps)
  const repository = createGrantsRepository({ db, audit })
  const commit = createCommitGrant({ ...deps, audit })
  const commands = createGrantCommands({ ...deps, engine, grants: repository })
  const reconciler = createGrantReconciler({ engine, grants: repository, commit, log })
  const routes = grantRoutes({ commands, queries: createGrantQueries({ db }) })
  return { engine, repository, commit, commands, reconciler, routes }
}

export type GrantsModule = ReturnType<typeof createGrantsModule>
