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
import { countRemoval, type HeldBy, isHeldAt, lockMembership, removalsOf, subjectOf } from './memberships.repository.ts'
import type { Told } from './memberships.table.ts'
import { createTell } from './telling.ts'
import { findTold, type Place } from './told.repository.ts'

export interface ProvisioningDeps {
  db: DbOrTx
  /** Of `features/connectors`; null is the directory itself. */
  connectorFor: (connectorId: string | null) => Promise<Connector | null>
}

type About = Pick<MembershipChange, 'key' | 'accessRequestId' | 'grantId'>

/** What a connected system is told. */
export function changeAbout(
  { group, person }: { group: Told['group']; person: Told['user'] },
  about: About,
): MembershipChange {
  const { id, name, email } = person
  return { ...about, user: { id, name, email }, group: { id: group.id, name: group.name } }
}

/** The same with the names and the address of now; where group or person is gone, with those it was told before. */
export async function changeOf(db: DbOrTx, place: Place, about: About): Promise<MembershipChange | undefined> {
  const [{ group, person }, told] = [await subjectOf(db, place), await findTold(db, place)]
  const [left, who] = [group ?? told?.group, person ?? told?.user]
  return left && who && changeAbout({ group: left, person: who }, about)
}

export function createProvisioning({ db, connectorFor }: ProvisioningDeps) {
  const tell = createTell(db)

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
    keys: { held: string | null; restore: string },
  ): Promise<void> {
    const connector = await connectorFor(connectorId)
    if (!connector || !change) return
    const held = { id: keys.held, groupId: change.group.id, user: change.user }
    if (await isHeldAt(db, connectorId, held)) return
    await tell('remove', { connectorId, connector, change })
    if (await recordRemoval(connectorId, held))
      await tell('add', { connectorId, connector, change: { ...change, key: keys.restore } })
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
      const { group, person } = await subjectOf(db, ids)
      const connector = await connectorFor(connectorId)
      if (!group || !person || !connector) return null
      const about = { key, accessRequestId: request.id, grantId: null }
      await tell('add', { connectorId, connector, change: changeAbout({ group, person }, about) })
      return { connectorId, removals }
    },

    /**
     * Undoes what a connected system may have done although no grant says so, unless something holds the membership.
     * @throws ConnectorError when it refused or did not answer
     */
    async undoGive(request: AccessRequest, connectorId: string): Promise<void> {
      const ids = { groupId: request.flow.groupId, userId: request.requester.id }
      const about = { key: `${request.id}:undo`, accessRequestId: request.id, grantId: null }
      await removeUnlessHeld(connectorId, await changeOf(db, { ...ids, connectorId }, about), {
        held: request.grant?.id ?? null,
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
      const { connectorId, groupId, user } = grant
      const change = await changeOf(db, { connectorId, groupId, userId: user.id }, about)
      await removeUnlessHeld(connectorId, change, { held: grant.id, restore: `${grant.id}:restore` })
    },
  }
}
