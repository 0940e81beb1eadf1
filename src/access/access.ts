/** Asks connected systems to put users in and to take them out. What they did is recorded by the commits. */
import type { GiveAccessResult } from '../../activities/index.ts'
import type { Connector, MembershipChange } from '../connectors/connector.ts'
import type { AccessGrant } from '../domain/access-grant.ts'
import type { AccessRequest } from '../domain/access-request.ts'
import type { GrantsRepository } from '../grants/grants.repository.ts'

export interface AccessDeps {
  connectorFor(connectorId: string | null): Promise<Connector | null>
  grants: GrantsRepository
}

/** An id no grant has. */
const noGrant = '00000000-0000-0000-0000-000000000000'

export function createAccess({ connectorFor, grants }: AccessDeps) {
  /** What the connected system is told, with the names and the address of now; undefined when the group is gone. */
  async function changeFor(
    ids: { groupId: string; userId: string },
    about: Pick<MembershipChange, 'key' | 'accessRequestId' | 'grantId'>,
  ): Promise<MembershipChange | undefined> {
    const membership = await grants.membershipOf(ids)
    return membership && { ...about, user: membership.user, group: { id: ids.groupId, name: membership.groupName } }
  }

  /** Takes the user out, unless something else holds the membership; puts them back when something does by then. */
  async function remove(
    connector: Connector,
    change: MembershipChange,
    keys: { held: string; restore: string },
  ): Promise<void> {
    const held = { id: keys.held, groupId: change.group.id, user: change.user }
    if (await grants.isHeldOtherwise(held)) return
    await connector.removeMember(change)
    if (await grants.recordRemoval(held)) await connector.addMember({ ...change, key: keys.restore })
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
      if (connectorId === null || (await grants.targetOf(request.flow.id)) !== connectorId) return null
      const removals = await grants.removalsOf(ids)
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
    async takeBack(request: AccessRequest, connectorId: string): Promise<void> {
      const ids = { groupId: request.flow.groupId, userId: request.requester.id }
      const about = { key: `${request.id}:undo`, accessRequestId: request.id, grantId: null }
      const [connector, change] = [await connectorFor(connectorId), await changeFor(ids, about)]
      if (!connector || !change) return
      await remove(connector, change, { held: request.grant?.id ?? noGrant, restore: `${request.id}:restore` })
    },

    /**
     * Takes the user out of the system where the access was given, unless something else holds the membership there.
     * The directory follows when the end is recorded.
     * @throws ConnectorError when it refused or did not answer
     */
    async takeAway(grant: AccessGrant): Promise<void> {
      const about = { key: `${grant.id}:remove`, accessRequestId: grant.accessRequestId, grantId: grant.id }
      const connector = await connectorFor(grant.connectorId)
      const change = await changeFor({ groupId: grant.groupId, userId: grant.user.id }, about)
      if (!connector || !change) return
      await remove(connector, change, { held: grant.id, restore: `${grant.id}:restore` })
    },
  }
}
