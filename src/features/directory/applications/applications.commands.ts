/** Changes of applications. Each write and its audit entry are one transaction. */

import type { AuditChange, AuditEntry } from '../../../domain/audit-entry.ts'
import type { Operation } from '../../../domain/operation.ts'
import { auditOf, changesBetween, changesOfRemoval } from '../../../domain/operation.ts'
import { DomainError } from '../../../domain/shared/errors.ts'
import { fieldProblem } from '../../../domain/shared/field-errors.ts'
import type { DbOrTx } from '../../../platform/db/columns.ts'
import type { AuditLog } from '../../audit/audit.repository.ts'
import type { ApplicationView } from './applications.repository.ts'
import {
  bindGroups,
  deleteApplication,
  findApplication,
  insertApplication,
  lockApplication,
  lockGroups,
  updateApplication,
} from './applications.repository.ts'
import type { CreateApplication, UpdateApplication } from './applications.schemas.ts'

function fieldsOf({ name, url, logoUrl, color, groupIds }: ApplicationView) {
  return { name, url, logoUrl, color, groupIds }
}

async function refuseUnknownGroups(tx: DbOrTx, groupIds: string[]): Promise<void> {
  const known = await lockGroups(tx, groupIds)
  const errors = groupIds.flatMap((id, index) =>
    known.has(id) ? [] : [{ path: `groupIds.${index}`, ...fieldProblem('not_found', 'is not a user group') }],
  )
  if (errors[0]) throw new DomainError('invalid_input', `${errors[0].path}: ${errors[0].message}`, { errors })
}

function found(application: ApplicationView | undefined): ApplicationView {
  if (!application) throw new DomainError('not_found', 'There is no such application.')
  return application
}

function entryOf(
  operation: Operation,
  verb: 'create' | 'update' | 'delete',
  { application: { id, name }, changes }: { application: ApplicationView; changes: AuditChange[] },
): AuditEntry {
  const resource = { type: 'application', id, name }
  return auditOf(operation, { eventType: `access_management_application_${verb}`, resource, changes })
}

/** @throws DomainError `not_found`, `invalid_input` for groups that do not exist */
export function createApplications({ db, auditLog }: { db: DbOrTx; auditLog: Pick<AuditLog, 'within'> }) {
  return {
    async create(operation: Operation, { groupIds, ...values }: CreateApplication): Promise<ApplicationView> {
      return auditLog.within(db, async (tx, record) => {
        await refuseUnknownGroups(tx, groupIds)
        const id = operation.operationId
        const isNew = await insertApplication(tx, { ...values, id })
        if (isNew) await bindGroups(tx, id, groupIds)
        const made = found(await findApplication(tx, id))
        const changes = changesBetween(null, fieldsOf(made))
        if (isNew) record(entryOf(operation, 'create', { application: made, changes }))
        return made
      })
    },

    async update(
      operation: Operation,
      id: string,
      { groupIds, ...values }: UpdateApplication,
    ): Promise<ApplicationView> {
      return auditLog.within(db, async (tx, record) => {
        const before = found(await lockApplication(tx, id))
        if (groupIds) await refuseUnknownGroups(tx, groupIds)
        await updateApplication(tx, id, values)
        if (groupIds) await bindGroups(tx, id, groupIds)
        const after = found(await findApplication(tx, id))
        const changes = changesBetween(fieldsOf(before), fieldsOf(after))
        if (changes.length > 0) record(entryOf(operation, 'update', { application: after, changes }))
        return after
      })
    },

    async delete(operation: Operation, id: string): Promise<void> {
      await auditLog.within(db, async (tx, record) => {
        const before = found(await lockApplication(tx, id))
        await deleteApplication(tx, id)
        const changes = changesOfRemoval(fieldsOf(before))
        record(entryOf(operation, 'delete', { application: before, changes }))
      })
    },
  }
}

export type Applications = ReturnType<typeof createApplications>
