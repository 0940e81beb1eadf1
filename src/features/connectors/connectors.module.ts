/** Systems in which access is given and taken: their administration, and what carries a change out. */
import type { Db } from '../../platform/db/client.ts'
import type { SecretBox } from '../../platform/secrets/secret-box.ts'
import type { AuditLog } from '../audit/audit.repository.ts'
import { createConnectorRegistry } from './connector.registry.ts'
import { connectorsRoutes } from './connectors.routes.ts'

export interface ConnectorsModuleDeps {
  db: Db
  secretBox: SecretBox
  auditLog: Pick<AuditLog, 'within'>
  /** Whether addresses inside the company may be called. */
  allowPrivate: boolean
}

export function createConnectorsModule(deps: ConnectorsModuleDeps) {
  const { connectorFor, close } = createConnectorRegistry(deps)
  return { connectorFor, close, routes: connectorsRoutes(deps) }
}
