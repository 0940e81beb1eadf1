/** Approval flows: what can be asked for, and who decides. */
import type { Db } from '../../platform/db/client.ts'
import type { AuditLog } from '../audit/audit.repository.ts'
import { readDirectoryFacts } from '../directory/facts.repository.ts'
import { isInCatalog } from './catalog.repository.ts'
import { catalogRoutes } from './catalog.routes.ts'
import { createFlows } from './flows.commands.ts'
import { flowsRoutes } from './flows.routes.ts'

export interface FlowsModuleDeps {
  db: Db
  auditLog: Pick<AuditLog, 'within'>
}

export function createFlowsModule({ db, auditLog }: FlowsModuleDeps) {
  const flows = createFlows({ db, auditLog })
  const routes = [
    ...catalogRoutes({ db }),
    ...flowsRoutes({ db, flows, readDirectoryFacts: (query) => readDirectoryFacts(db, query) }),
  ]
  return { flows, isInCatalog, routes }
}
