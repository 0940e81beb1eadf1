/** Changes of user groups. Each write and its audit entry are one transaction. */

import type { Operation } from '../../../domain/operation.ts'
import { auditOf, changesBetween, changesOfRemoval } from '../../../domain/operation.ts'
import { DomainError } from '../../../domain/shared/errors.ts'
import type { DbOrTx } from '../../../platform/db/columns.ts'
import type { AuditLog } from '../../audit/audit.repository.ts'
import type { GroupView } from './groups.repository.ts'
import {
  archiveGroup,
  deleteGroup,
  findGroup,
  insertGroup,
  isInHistory,
  lockGroup,
  updateGroup,
  usesOfGroup,
} from './groups.repository.ts'
import type { CreateGroup, UpdateGroup } from './groups.schemas.ts'

export interface GroupsDeps {
  db: DbOrTx
  auditLog: Pick<AuditLog, 'within'>
}

function fieldsOf({ name, description, connectorId }: Pick<GroupView, 'name' | 'description' | 'connectorId'>) {
  return { name, description, connectorId }
}

function resourceOf({ id, name }: GroupView) {
  return { type: 'user_group', id, name }
}

function found(group: GroupView | undefined): GroupView {
  if (!group) throw new DomainError('not_found', 'There is no such user group.')
  return group
}

async function refuseWhileUsed(tx: DbOrTx, group: GroupView): Promise<void> {
  const { flows, openGrants } = await usesOfGroup(tx, group.id)
  if (flows.length > 0) {
    const names = flows.map(({ name }) => `“${name}”`).join(', ')
    throw new DomainError(
      'conflict',
      `Approval flows add people to ${group.name}: ${names}. Delete them, or give them another group first.`,
      { current: 'in_use', flows },
    )
  }
  if (openGrants > 0) {
    throw new DomainError(
      'conflict',
      `${openGrants} open ${openGrants === 1 ? 'grant holds' : 'grants hold'} people in ${group.name}. Revoke them first.`,
      { current: 'in_use', openGrants },
    )
  }
}

/** @throws DomainError `not_found`, `conflict` (name taken, or in use), `invalid_input` (connector) */
export function createGroups({ db, auditLog }: GroupsDeps) {
  return {
    async create(operation: Operation, input: CreateGroup): Promise<GroupView> {
      return auditLog.within(db, async (tx, record) => {
        const isNew = await insertGroup(tx, { ...input, id: operation.operationId })
        const made = found(await findGroup(tx, operation.operationId))
        const changes = changesBetween(null, fieldsOf(made))
        if (isNew) record(auditOf(operation, { eventType: 'user_group_create', resource: resourceOf(made), changes }))
        return made
      })
    },

    async update(operation: Operation, id: string, input: UpdateGroup): Promise<GroupView> {
      return auditLog.within(db, async (tx, record) => {
        const before = found(await lockGroup(tx, id))
        const movesAway = input.connectorId !== undefined && input.connectorId !== before.connectorId
        if (movesAway && before.memberCount > 0) {
          // Its members are in the target of the old connector and not in that of the new one.
          throw new DomainError(
            'conflict',
            'The connector of a group can be changed only while the group has no members.',
            { current: 'has_members', memberCount: before.memberCount },
          )
        }
        await updateGroup(tx, id, input)
        const after = found(await findGroup(tx, id))
        const changes = changesBetween(fieldsOf(before), fieldsOf(after))
        if (changes.length > 0)
          record(auditOf(operation, { eventType: 'user_group_update', resource: resourceOf(after), changes }))
        return after
      })
    },

    /** A group that ended access or deleted flows name is archived: it is in no list and takes nothing, and they keep its name. */
    async delete(operation: Operation, id: string): Promise<void> {
      await auditLog.within(db, async (tx, record) => {
        const before = found(await lockGroup(tx, id))
        await refuseWhileUsed(tx, before)
        const isArchived = await isInHistory(tx, id)
        await (isArchived ? archiveGroup : deleteGroup)(tx, id)
        const archived = isArchived ? [{ field: 'archived', from: false, to: true }] : []
        const changes = [...changesOfRemoval(fieldsOf(before)), ...archived]
        record(auditOf(operation, { eventType: 'user_group_delete', resource: resourceOf(before), changes }))
      })
    },
  }
}

export type Groups = ReturnType<typeof createGroups>
