/** Changes of user groups. Each write and its audit entry are one transaction. */

import type { Operation } from '../../../domain/operation.ts'
import { auditOf, changesBetween, changesOfRemoval } from '../../../domain/operation.ts'
import { DomainError } from '../../../domain/shared/errors.ts'
import { refuseManaged } from '../../../domain/shared/managed.ts'
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
  sourceIdsOf,
  updateGroup,
  usesOfGroup,
} from './groups.repository.ts'
import type { CreateGroup, UpdateGroup } from './groups.schemas.ts'

export interface GroupsDeps {
  db: DbOrTx
  auditLog: Pick<AuditLog, 'within'>
}

/** What a source says of a group beside what everybody sees. */
export interface FromSource {
  /** Its id at the source. */
  externalId?: string | null | undefined
  /** Asked with the group as it is when it is locked; what it throws refuses the change. */
  refuseUnless?: ((group: GroupView) => void) | undefined
}

function fieldsOf({ name, description, connectorId }: Pick<GroupView, 'name' | 'description' | 'connectorId'>) {
  return { name, description, connectorId }
}

const mastery = ({ sourceId }: Operation) => (sourceId ? { sourceId } : {})

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
    const uses = flows.map(
      ({ name, gives, asks }) =>
        `“${name}” ${gives ? 'adds people to it' : asks ? 'asks its members' : 'is visible to it'}`,
    )
    throw new DomainError(
      'conflict',
      `Approval flows name ${group.name}: ${uses.join(', ')}. Delete them, or give them another group first.`,
      { current: 'in_use', flows: flows.map(({ id, name }) => ({ id, name })) },
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
    async create(operation: Operation, input: CreateGroup & Pick<FromSource, 'externalId'>): Promise<GroupView> {
      return auditLog.within(db, async (tx, record) => {
        const isNew = await insertGroup(tx, { ...input, ...mastery(operation), id: operation.operationId })
        const made = found(await findGroup(tx, operation.operationId))
        const changes = changesBetween(null, { ...fieldsOf(made), ...(await sourceIdsOf(tx, made.id)) })
        if (isNew) record(auditOf(operation, { eventType: 'user_group_create', resource: resourceOf(made), changes }))
        return made
      })
    },

    /** A source makes a group that it changes its own, unless it is of another one. */
    async update(operation: Operation, id: string, sent: UpdateGroup & FromSource): Promise<GroupView> {
      const { refuseUnless, ...input } = sent
      return auditLog.within(db, async (tx, record) => {
        const before = found(await lockGroup(tx, id))
        refuseUnless?.(before)
        const movesAway = input.connectorId !== undefined && input.connectorId !== before.connectorId
        if (movesAway && before.memberCount > 0) {
          // Its members are in the target of the old connector and not in that of the new one.
          throw new DomainError(
            'conflict',
            'The connector of a group can be changed only while the group has no members.',
            { current: 'has_members', memberCount: before.memberCount },
          )
        }
        const isTheirs = operation.sourceId !== undefined || (input.name ?? before.name) !== before.name
        if (isTheirs) refuseManaged(operation, before, 'change its name')
        const ids = await sourceIdsOf(tx, id)
        await updateGroup(tx, id, { ...input, ...mastery(operation) })
        const after = found(await findGroup(tx, id))
        const now = { ...fieldsOf(after), ...(await sourceIdsOf(tx, id)) }
        const changes = changesBetween({ ...fieldsOf(before), ...ids }, now)
        if (changes.length > 0)
          record(auditOf(operation, { eventType: 'user_group_update', resource: resourceOf(after), changes }))
        return after
      })
    },

    /** A group that ended access or deleted flows name is archived: it is in no list and takes nothing, and they keep its name. */
    async delete(operation: Operation, id: string): Promise<void> {
      await auditLog.within(db, async (tx, record) => {
        const before = found(await lockGroup(tx, id))
        refuseManaged(operation, before, 'delete it')
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
