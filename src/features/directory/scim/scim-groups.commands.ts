/**
 * What a source does to groups and their members. Members of a group of the directory itself are changed in batches, each
 * a transaction that is over soon; those of a group with a connector one by one, as the connected system answers.
 */
import pLimit from 'p-limit'
import { z } from 'zod'
import { membershipEntry } from '../../../domain/membership-entry.ts'
import { auditOf } from '../../../domain/operation.ts'
import { DomainError } from '../../../domain/shared/errors.ts'
import type { DbOrTx } from '../../../platform/db/columns.ts'
import { line } from '../../../platform/http/schemas.ts'
import type { AuditLog, RecordEntries } from '../../audit/audit.repository.ts'
import type { Members } from '../../memberships/members.commands.ts'
import { createGroups, type Groups } from '../groups/groups.commands.ts'
import { usesOfGroup } from '../groups/groups.repository.ts'
import type { UpdateGroup } from '../groups/groups.schemas.ts'
import { badRequest, notThere, ScimError } from './scim-error.ts'
import {
  deleteMembers,
  findScimGroup,
  type GroupRow,
  groupsOfSource,
  insertMembers,
  lockMembersOf,
  memberIdsOf,
  regainGroup,
  releaseGroup,
  tellOnce,
  touchGroup,
} from './scim-groups.repository.ts'
import { groupChangeOf, type MembersChange, memberIdOf } from './scim-patch.ts'
import { type Fields, regular } from './scim-path.ts'
import type { Precondition, SourceOperation } from './scim-people.commands.ts'
import { refuseUnlessMatching } from './scim-people.commands.ts'
import { peopleAmong } from './scim-people.repository.ts'
import { check } from './scim-person.ts'

export interface ScimGroupsDeps {
  db: DbOrTx
  auditLog: Pick<AuditLog, 'within'>
  groups: Groups
  members: Pick<Members, 'add' | 'remove'>
  /** How long one call changes the members of a group with a connector, in milliseconds. */
  connectedMs?: number
  /** How many memberships one transaction changes. */
  batch?: number
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Each holds a connection beside the one that it works on: the others are needed by everybody else. */
const changesAtOnce = 2

const groupFields = z.object({ displayName: line(120), externalId: z.string().max(1000).nullish() })

const sentMembers = z.preprocess(
  (value) => (value === null || value === undefined ? [] : Array.isArray(value) ? value : [value]),
  z.array(z.unknown()).max(50_000),
)

export const versionOfGroup = ({ updatedAt }: Pick<GroupRow, 'updatedAt'>) =>
  `W/"${Date.parse(updatedAt).toString(36)}"`

interface Delta {
  add: string[]
  remove: string[]
}

type Verb = 'add' | 'remove'

function inBatches(ids: readonly string[], size: number): string[][] {
  return Array.from({ length: Math.ceil(ids.length / size) }, (_, index) => ids.slice(index * size, (index + 1) * size))
}

/** @throws ScimError, and DomainError as the commands of the directory refuse */
// oxlint-disable-next-line max-lines-per-function -- holds the commands
export function createScimGroups(deps: ScimGroupsDeps) {
  const { db, auditLog, groups, members, connectedMs = 20_000, batch = 200 } = deps
  const inTurn = pLimit(changesAtOnce)

  async function read({ sourceId }: SourceOperation, id: string): Promise<GroupRow> {
    const row = uuid.test(id.toLowerCase()) ? await findScimGroup(db, sourceId, id) : undefined
    if (!row) throw notThere()
    return row
  }

  /** Of another source are only those who are in the group already. @throws ScimError 400 `invalidValue` that names who is no user */
  async function refuseUnknown({ sourceId }: SourceOperation, ids: Set<string>, groupId?: string): Promise<void> {
    const isId = (id: string) => uuid.test(id)
    const known = await peopleAmong(db, sourceId, [...ids].filter(isId))
    const unseen = [...ids].filter((id) => !known.has(id))
    if (unseen.length === 0) return
    const there = groupId ? await memberIdsOf(db, groupId, unseen.filter(isId)) : new Set()
    const unknown = unseen.filter((id) => !there.has(id))
    if (unknown.length === 0) return
    const named = unknown.slice(0, 5).map((id) => id.slice(0, 100))
    throw badRequest(
      'invalidValue',
      `members: ${named.join(', ')}${unknown.length > 5 ? ' and others' : ''}: no such user.`,
    )
  }

  /** What is really to be done. */
  async function deltaOf(tx: DbOrTx, groupId: string, { isWhole, add, remove }: MembersChange): Promise<Delta> {
    const asked = [...add, ...remove].filter((id) => uuid.test(id))
    const now = await memberIdsOf(tx, groupId, isWhole ? undefined : asked)
    const goes = isWhole ? [...now].filter((id) => !add.has(id)) : [...remove].filter((id) => now.has(id))
    return { add: [...add].filter((id) => !now.has(id)), remove: goes }
  }

  async function changeBatch(
    { tx, record }: { tx: DbOrTx; record: RecordEntries },
    operation: SourceOperation,
    { group, verb, ids, part }: { group: GroupRow; verb: Verb; ids: string[]; part: string },
  ): Promise<void> {
    if (ids.length === 0) return
    const people = await (verb === 'add' ? insertMembers : deleteMembers)(tx, { groupId: group.id, ids })
    if (people.length === 0) return
    await tellOnce(tx, group.id)
    await touchGroup(tx, group.id)
    record(membershipEntry(operation, { group, members: people, verb, key: `${verb}:${part}` }))
  }

  async function changeInBatches(operation: SourceOperation, group: GroupRow, delta: Delta): Promise<void> {
    for (const verb of ['remove', 'add'] as const)
      for (const [index, ids] of inBatches(delta[verb], batch).entries())
        await auditLog.within(db, (tx, record) =>
          changeBatch({ tx, record }, operation, { group, verb, ids, part: String(index) }),
        )
  }

  /** What is done stays done and is recorded: asked again, the next call goes on. */
  async function changeConnected(operation: SourceOperation, group: GroupRow, delta: Delta): Promise<void> {
    const until = Date.now() + connectedMs
    const steps = (['remove', 'add'] as const).flatMap((verb) => delta[verb].map((userId) => ({ verb, userId })))
    for (const [done, { verb, userId }] of steps.entries()) {
      if (Date.now() > until)
        throw new ScimError(
          503,
          `${done} of ${steps.length} members of ${group.name} were changed at the connected system, and are recorded. Send the same again to go on.`,
          { retryAfter: 1 },
        )
      await members[verb](operation, { groupId: group.id, userId }).catch((error: unknown) => {
        // Somebody else was faster.
        if (!(error instanceof DomainError && error.code === 'not_found')) throw error
      })
    }
    if (steps.length > 0) await touchGroup(db, group.id)
  }

  /** One change of a group's members after the other, so that two do not end in a mixture. */
  function changeMembers(operation: SourceOperation, group: GroupRow, change: MembersChange): Promise<void> {
    return inTurn(() =>
      db.transaction(async (lock) => {
        await lockMembersOf(lock, group.id)
        const delta = await deltaOf(lock, group.id, change)
        await (group.connectorId === null ? changeInBatches : changeConnected)(operation, group, delta)
      }),
    )
  }

  const isSmall = ({ isWhole, add, remove }: MembersChange, group: GroupRow | null) =>
    !isWhole && group?.connectorId === null && add.size + remove.size <= batch

  /** A group of this name that was deleted there and kept here is that one again. */
  async function regain(operation: SourceOperation, given: { name: string; externalId: string | null }) {
    return auditLog.within(db, async (tx) => {
      const id = await regainGroup(tx, operation.sourceId, given.name)
      return id === undefined ? undefined : createGroups({ db: tx, auditLog }).update(operation, id, given)
    })
  }

  /** Name and few members in one transaction: all of it or nothing. */
  async function write(
    operation: SourceOperation,
    {
      group,
      fields,
      change,
      ifMatch,
    }: { group: GroupRow; fields: UpdateGroup & { externalId?: string | null }; change: MembersChange } & Precondition,
  ): Promise<void> {
    await refuseUnknown(operation, change.add, group.id)
    const small = isSmall(change, group)
    await auditLog.within(db, async (tx, record) => {
      if (isOther(group, fields) || group.sourceId === null) {
        const refuseUnless = (now: { updatedAt: string }) => refuseUnlessMatching({ ifMatch }, versionOfGroup(now))
        await createGroups({ db: tx, auditLog }).update(operation, group.id, { ...fields, refuseUnless })
      }
      if (!small) return
      await lockMembersOf(tx, group.id)
      const now = ifMatch === undefined ? group : await findScimGroup(tx, operation.sourceId, group.id)
      if (isOther(group, fields) === false && now) refuseUnlessMatching({ ifMatch }, versionOfGroup(now))
      const delta = await deltaOf(tx, group.id, change)
      await changeBatch({ tx, record }, operation, { group, verb: 'remove', ids: delta.remove, part: '0' })
      await changeBatch({ tx, record }, operation, { group, verb: 'add', ids: delta.add, part: '0' })
    })
    if (!small && (change.isWhole || change.add.size + change.remove.size > 0))
      await changeMembers(operation, group, change)
  }

  const isOther = (group: GroupRow, { name, externalId }: UpdateGroup & { externalId?: string | null }) =>
    group.name !== name || (group.externalId ?? null) !== (externalId ?? null)

  const wholeOf = (body: Fields): MembersChange => ({
    isWhole: true,
    add: new Set(check(sentMembers, body['members'], 'members').map(memberIdOf)),
    remove: new Set(),
  })

  return {
    read,

    async create(operation: SourceOperation, sent: Fields): Promise<GroupRow> {
      const body = regular('group', sent)
      const { displayName: name, externalId } = check(groupFields, body)
      const change = wholeOf(body)
      await refuseUnknown(operation, change.add)
      const given = { name, externalId: externalId ?? null }
      const { id } = (await regain(operation, given)) ?? (await groups.create(operation, { ...given, description: '' }))
      if (change.add.size > 0) await changeMembers(operation, await read(operation, id), change)
      return read(operation, id)
    },

    async replace(
      operation: SourceOperation,
      { id, ifMatch }: Precondition & { id: string },
      sent: Fields,
    ): Promise<GroupRow> {
      const body = regular('group', sent)
      const { displayName: name, externalId } = check(groupFields, body)
      const change = wholeOf(body)
      const group = await read(operation, id)
      refuseUnlessMatching({ ifMatch }, versionOfGroup(group))
      await write(operation, { group, fields: { name, externalId: externalId ?? null }, change, ifMatch })
      return read(operation, id)
    },

    async patch(
      operation: SourceOperation,
      { id, ifMatch }: Precondition & { id: string },
      body: unknown,
    ): Promise<GroupRow> {
      const { displayName, externalId, members: change } = groupChangeOf(body)
      const group = await read(operation, id)
      refuseUnlessMatching({ ifMatch }, versionOfGroup(group))
      const { displayName: name, externalId: there } = check(groupFields, {
        displayName: displayName ?? group.name,
        externalId: externalId === undefined ? group.externalId : externalId,
      })
      await write(operation, { group, fields: { name, externalId: there ?? null }, change, ifMatch })
      return read(operation, id)
    },

    /**
     * A group that flows or open grants need is not deleted: the source gives it up, its direct members go, and it is kept
     * here from then on. The source is not blocked, does not see it again until it makes one of the same name, and nobody
     * loses what was granted.
     */
    async remove(operation: SourceOperation, { id, ifMatch }: Precondition & { id: string }): Promise<void> {
      const group = await read(operation, id)
      refuseUnlessMatching({ ifMatch }, versionOfGroup(group))
      await changeMembers(operation, group, { isWhole: true, add: new Set(), remove: new Set() })
      const { flows, openGrants } = await usesOfGroup(db, id)
      if (flows.length === 0 && openGrants === 0) return groups.delete(operation, id)
      await auditLog.within(db, async (tx, record) => {
        await releaseGroup(tx, operation.sourceId, id)
        const needed = { flows: flows.map(({ name }) => name), openGrants }
        record(
          auditOf(operation, {
            eventType: 'user_group_update',
            resource: { type: 'user_group', id, name: group.name },
            changes: [
              { field: 'sourceId', from: group.sourceId, to: null },
              { field: 'keptFor', from: null, to: needed },
            ],
          }),
        )
      })
    },

    /** Out of every group of the source. @throws DomainError when a connected system does not do it */
    async leaveAll(operation: SourceOperation, userId: string): Promise<void> {
      const change = { isWhole: false, add: new Set<string>(), remove: new Set([userId]) }
      for (const group of await groupsOfSource(db, operation.sourceId, userId))
        await changeMembers(operation, group, change)
    },
  }
}

export type ScimGroups = ReturnType<typeof createScimGroups>
