/**
 * Asks connected systems to put users in and to take them out: for grants, whose commits record what was done, and for
 * direct members. Whatever takes somebody out asks before and after whether something else holds them at that system, because
 * a grant may begin while it is told.
 */
import type { GiveAccessResult } from '../../../activities/index.ts'
import type { AccessGrant } from '../../domain/grant/record.ts'
import type { AccessRequest } from '../../domain/request/record.ts'
import type { DbOrTx } from '../../platform/db/columns.ts'
import type { Connector, MembershipChange } from '../connectors/connector.ts'
import { readConnectorOf } from '../directory/facts.repository.ts'
import {
  countRemoval,
  type HeldBy,
  isHeldAt,
  lockMembership,
  type MembershipIds,
  removalsOf,
  subjectOf,
} from './memberships.repository.ts'

export interface ProvisioningDeps {
  db: DbOrTx
  /** Of `features/connectors`; null is the directory itself. */
  connectorFor: (connectorId: string | null) => Promise<Connector | null>
}

/** An id no grant has. */
const noGrant = '00000000-0000-0000-0000-000000000000'

export function createProvisioning({ db, connectorFor }: ProvisioningDeps) {
  /** What the connected system is told, with the names and the address of now; undefined when group or person is gone. */
  async function changeFor(
    ids: MembershipIds,
    about: Pick<MembershipChange, 'key' | 'accessRequestId' | 'grantId'>,
  ): Promise<MembershipChange | undefined> {
    const { group, person } = await subjectOf(db, ids)
    return group && person && { ...about, user: person, group: { id: group.id, name: group.name } }
  }

  /** Counts the removal under the membership's lock. @returns whether something holds the membership by now */
  const recordRemoval = (connectorId: string, held: HeldBy): Promise<boolean> =>
    db.transaction(async (tx) => {
      const ids = { groupId: held.groupId, userId: held.user.id }
      await lockMembership(tx, ids)
      await countRemoval(tx, ids)
      return isHeldAt(tx, connectorId, held)
    })

  /** Takes the user out of one system, unless something else holds them there; puts them back when something does by then. */
  async function removeUnlessHeld(
    connectorId: string,
    change: MembershipChange | undefined,
    keys: { held: string; restore: string },
  ): Promise<void> {
    const connector = await connectorFor(connectorId)
    if (!connector || !change) return
    const held = { id: keys.held, groupId: change.group.id, user: change.user }
    if (await isHeldAt(db, connectorId, held)) return
    await connector.removeMember(change)
    if (await recordRemoval(connectorId, held)) await connector.addMember({ ...change, key: keys.restore })
  }

  return {
    /**
     * Asks the connected system that the request waits for.
     * @returns null when it is not the target any more, and nothing was asked
     * @throws ConnectorError when it refused or did not answer
     */
    async give(request: AccessRequest): Promise<GiveAccessResult> {
      const ids = { groupId: request.flow.groupId, userId: request.requester.id }
      const connectorId = request.provisioning?.connectorId ?? null
      if (connectorId === null || (await readConnectorOf(db, request.flow.id)) !== connectorId) return null
      const removals = await removalsOf(db, ids)
      const key = `${request.id}:add${removals === 0 ? '' : `:${removals}`}`
      const change = await changeFor(ids, { key, accessRequestId: request.id, grantId: null })
      const connector = await connectorFor(connectorId)
      if (!change || !connector) return null
      await connector.addMember(change)
      return { connectorId, removals }
    },

    /**
     * Undoes what a connected system may have done although no grant says so, unless something holds the membership.
     * @throws ConnectorError when it refused or did not answer
     */
    async undoGive(request: AccessRequest, connectorId: string): Promise<void> {
      const ids = { groupId: request.flow.groupId, userId: request.requester.id }
      const about = { key: `${request.id}:undo`, accessRequestId: request.id, grantId: null }
      await removeUnlessHeld(connectorId, await changeFor(ids, about), {
        held: request.grant?.id ?? noGrant,
        restore: `${request.id}:restore`,
      })
    },

    /**
     * Takes the user out of the system where the access was given, unless something else holds the membership there.
     * The directory follows when the end is recorded.
     * @throws ConnectorError when it refused or did not answer
     */
    async remove(grant: AccessGrant): Promise<void> {
      if (grant.connectorId === null) return
      const about = { key: `${grant.id}:remove`, accessRequestId: grant.accessRequestId, grantId: grant.id }
      const change = await changeFor({ groupId: grant.groupId, userId: grant.user.id }, about)
      await removeUnlessHeld(grant.connectorId, change, { held: grant.id, restore: `${grant.id}:restore` })
    },
  }
}
