/** Changes of connectors. Each write and its audit entry are one transaction. */

import type { AuditChange, AuditEntry } from '../../domain/audit-entry.ts'
import type { Operation } from '../../domain/operation.ts'
import { auditOf, changesBetween, changesOfRemoval } from '../../domain/operation.ts'
import type { DbOrTx } from '../../platform/db/columns.ts'
import type { AuditLog } from '../audit/audit.repository.ts'
import type { ConnectorsDeps } from './connectors.repository.ts'
import { createConnectorsRepository } from './connectors.repository.ts'
import type { ConnectorView, CreateConnector, CreatedConnector, UpdateConnector } from './connectors.schemas.ts'

export interface ConnectorCommandsDeps extends ConnectorsDeps {
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
export function createConnectorCommands({ db, secretBox, allowPrivate, auditLog }: ConnectorCommandsDeps) {
  const within = (tx: DbOrTx) => createConnectorsRepository({ db: tx, secretBox, allowPrivate })

  return {
    /** The answer shows the secret, this once. */
    async create(operation: Operation, input: CreateConnector): Promise<CreatedConnector> {
      return auditLog.within(db, async (tx, record) => {
        const connector = await within(tx).create({ ...input, id: operation.operationId })
        const changes = changesBetween(null, fieldsOf(connector))
        record(entryOf(operation, 'create', { connector, changes }))
        return connector
      })
    },

    async update(operation: Operation, id: string, input: UpdateConnector): Promise<ConnectorView> {
      return auditLog.within(db, async (tx, record) => {
        const before = await within(tx).get(id)
        const connector = await within(tx).update(id, input)
        // That the secret changed is recorded, its value never is.
        const secret = input.secret === undefined ? [] : [{ field: 'secret', from: null, to: null }]
        const changes = [...changesBetween(fieldsOf(before), fieldsOf(connector)), ...secret]
        if (changes.length > 0) record(entryOf(operation, 'update', { connector, changes }))
        return connector
      })
    },

    async delete(operation: Operation, id: string): Promise<void> {
      await auditLog.within(db, async (tx, record) => {
        const connector = await within(tx).get(id)
        await within(tx).delete(id)
        const changes = changesOfRemoval(fieldsOf(connector))
        record(entryOf(operation, 'delete', { connector, changes }))
      })
    },
  }
}
