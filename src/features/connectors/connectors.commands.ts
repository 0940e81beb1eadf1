/** Changes of connectors. Each write and its audit entry are one transaction. */

import type { AuditChange, AuditEntry } from '../../domain/audit-entry.ts'
import type { Operation } from '../../domain/operation.ts'
import { auditOf, changesBetween, changesOfRemoval } from '../../domain/operation.ts'
import type { DbOrTx } from '../../platform/db/columns.ts'
import type { AuditLog } from '../audit/audit.repository.ts'
import type { ConnectorRules } from './connectors.repository.ts'
import { deleteConnector, insertConnector, readConnector, updateConnector } from './connectors.repository.ts'
import type { ConnectorView, CreateConnector, CreatedConnector, UpdateConnector } from './connectors.schemas.ts'

export interface ConnectorCommandsDeps extends ConnectorRules {
  db: DbOrTx
  auditLog: Pick<AuditLog, 'within'>
}

function fieldsOf({ name, kind, url }: ConnectorView) {
  return { name, kind, url }
}

function entryOf(
  operation: Operation,
  verb: 'create' | 'update' | 'delete',
  { connector: { id, name }, changes }: { connector: ConnectorView; changes: AuditChange[] },
): AuditEntry {
  const resource = { type: 'connector', id, name }
  return auditOf(operation, { eventType: `access_management_connector_${verb}`, resource, changes })
}

/** @throws DomainError `not_found`, `conflict` (name taken, or in use), `invalid_input` (URL that may not be called) */
export function createConnectorCommands({ db, auditLog, ...rules }: ConnectorCommandsDeps) {
  return {
    /** The answer shows the secret, this once. */
    async create(operation: Operation, input: CreateConnector): Promise<CreatedConnector> {
      return auditLog.within(db, async (tx, record) => {
        const connector = await insertConnector(tx, rules, { ...input, id: operation.operationId })
        const changes = changesBetween(null, fieldsOf(connector))
        record(entryOf(operation, 'create', { connector, changes }))
        return connector
      })
    },

    async update(operation: Operation, id: string, input: UpdateConnector): Promise<ConnectorView> {
      return auditLog.within(db, async (tx, record) => {
        const before = await readConnector(tx, id)
        const connector = await updateConnector(tx, rules, { ...input, id })
        // That the secret changed is recorded, its value never is.
        const secret = input.secret === undefined ? [] : [{ field: 'secret', from: null, to: null }]
        const changes = [...changesBetween(fieldsOf(before), fieldsOf(connector)), ...secret]
        if (changes.length > 0) record(entryOf(operation, 'update', { connector, changes }))
        return connector
      })
    },

    async delete(operation: Operation, id: string): Promise<void> {
      await auditLog.within(db, async (tx, record) => {
        const connector = await readConnector(tx, id)
        await deleteConnector(tx, id)
        const changes = changesOfRemoval(fieldsOf(connector))
        record(entryOf(operation, 'delete', { connector, changes }))
      })
    },
  }
}
