/** Changes of saved views. One that is shared leaves an audit entry in the same transaction. */
import type { AuditChange, AuditEntry } from '../../../domain/audit-entry.ts'
import { auditOf, changesBetween, changesOfRemoval, type Operation } from '../../../domain/operation.ts'
import { DomainError } from '../../../domain/shared/errors.ts'
import type { DbOrTx } from '../../../platform/db/columns.ts'
import type { AuditLog } from '../../audit/audit.repository.ts'
import { deleteView, insertView, readView, updateView, type ViewRow } from './views.repository.ts'
import type { ViewInput } from './views.schemas.ts'

export interface ViewCommandsDeps {
  db: DbOrTx
  auditLog: Pick<AuditLog, 'within'>
}

/** Only its owner changes a view. One that is shared can be deleted by others once its owner is no administrator any more. */
export function viewAbilities({ owner, shared, hasOwner }: ViewRow, userId: string) {
  const isOwn = owner?.id === userId
  return { update: isOwn, delete: isOwn || (owner !== null && shared && !hasOwner) }
}

const fieldsOf = ({ name, search, shared }: ViewRow) => ({ name, search, shared })

function entryOf(
  operation: Operation,
  verb: 'create' | 'update' | 'delete',
  { view: { id, name }, changes }: { view: ViewRow; changes: AuditChange[] },
): AuditEntry {
  return auditOf(operation, {
    eventType: `access_management_view_${verb}`,
    resource: { type: 'view', id, name },
    changes,
  })
}

/** @throws DomainError `forbidden`, or `conflict` for the locked view */
function refuseUnless(ability: 'update' | 'delete', view: ViewRow, userId: string): void {
  if (viewAbilities(view, userId)[ability]) return
  if (!view.owner)
    throw new DomainError('conflict', 'This view is locked: save one of your own instead.', { current: 'locked' })
  const who = ability === 'update' ? 'changes' : 'deletes'
  throw new DomainError('forbidden', `Only ${view.owner.name}, whose view this is, ${who} it.`)
}

/** @throws DomainError `not_found`, `forbidden`, `conflict` (locked, name taken, too many) */
export function createViewCommands({ db, auditLog }: ViewCommandsDeps) {
  return {
    async create(operation: Operation, input: ViewInput): Promise<ViewRow> {
      return auditLog.within(db, async (tx, record) => {
        const { operationId: id, actor } = operation
        await insertView(tx, { ...input, id, ownerId: actor.id })
        const view = await readView(tx, actor.id, id)
        const changes = changesBetween(null, fieldsOf(view))
        if (view.shared) record(entryOf(operation, 'create', { view, changes }))
        return view
      })
    },

    async update(operation: Operation, id: string, input: ViewInput): Promise<ViewRow> {
      return auditLog.within(db, async (tx, record) => {
        const before = await readView(tx, operation.actor.id, id)
        refuseUnless('update', before, operation.actor.id)
        await updateView(tx, id, input)
        const view = await readView(tx, operation.actor.id, id)
        const changes = changesBetween(fieldsOf(before), fieldsOf(view))
        if ((before.shared || view.shared) && changes.length > 0)
          record(entryOf(operation, 'update', { view, changes }))
        return view
      })
    },

    async delete(operation: Operation, id: string): Promise<void> {
      await auditLog.within(db, async (tx, record) => {
        const view = await readView(tx, operation.actor.id, id)
        refuseUnless('delete', view, operation.actor.id)
        await deleteView(tx, id)
        if (view.shared) record(entryOf(operation, 'delete', { view, changes: changesOfRemoval(fieldsOf(view)) }))
      })
    },
  }
}
