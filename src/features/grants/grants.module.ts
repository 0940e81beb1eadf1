/** Access that was given: until when, its end, and who ends it before. */
import type { Client } from '@temporalio/client'
import type { Logger } from 'pino'
import type { Db } from '../../platform/db/client.ts'
import type { AuditLog } from '../audit/audit.repository.ts'
import { createGrantCommands } from './grants.commands.ts'
import { type CommitGrant, commitGrant, type GrantCommitDeps } from './grants.commit.repository.ts'
import { createGrantsEngine } from './grants.engine.ts'
import { createGrantReconciler } from './grants.reconciler.ts'
import { findGrant } from './grants.repository.ts'
import { grantRoutes } from './grants.routes.ts'

export interface GrantsModuleDeps {
  db: Db
  client: Client
  taskQueue: string
  auditLog: AuditLog
  log: Pick<Logger, 'warn'>
  /** Whether signals count that nobody has sealed: only workers carry signals out. */
  signalsInClear: boolean
  /** Of the flows: whether somebody finds one in their catalogue. */
  isInCatalog: GrantCommitDeps['isInCatalog']
  /** Milliseconds a caller waits for an outcome. */
  deadlineMs?: number
}

export function createGrantsModule(deps: GrantsModuleDeps) {
  const { db } = deps
  const engine = createGrantsEngine(deps)
  const commit: CommitGrant = (proposal) => commitGrant(db, deps, proposal)
  const commands = createGrantCommands({ ...deps, engine, findGrant: (id) => findGrant(db, id) })
  const reconciler = createGrantReconciler({ ...deps, engine, commit })
  return { engine, commit, commands, reconciler, routes: grantRoutes({ db, commands }) }
}

export type GrantsModule = ReturnType<typeof createGrantsModule>
