/** Gives access and takes it away: through the connector of the group, and in the directory. */
import type { GiveAccessResult } from '../../activities/index.ts'
import type { Connector, MembershipChange } from '../connectors/connector.ts'
import type { AccessGrant } from '../domain/access-grant.ts'
import type { AccessRequest } from '../domain/access-request.ts'
import { ConnectorError } from '../domain/connector-error.ts'
import type { GrantsRepository } from '../grants/grants.repository.ts'

export interface AccessDeps {
  connectorFor(connectorId: string | null): Promise<Connector | null>
  grants: GrantsRepository
}

export function createAccess({ connectorFor, grants }: AccessDeps) {
  /** Told to put the user in once more when they were taken out between the call and the record of the grant. */
  async function giveAt(
    connector: Connector,
    { request, groupName }: { request: AccessRequest; groupName: string },
  ): Promise<GiveAccessResult> {
    const closed = await grants.transaction((tx) => grants.closedCause(tx, request))
    if (closed) return { closed }
    for (;;) {
      const removals = await grants.removalsFor(request)
      const change = changeFor(request, groupName)
      await connector.addMember({ ...change, key: removals === 0 ? change.key : `${change.key}:${removals}` })
      const given = await grants.transaction(async (tx) => {
        await grants.lockFor(tx, request)
        const isCurrent = (await grants.removalsFor(request, tx)) === removals
        return isCurrent ? grants.insert(tx, request, new Date().toISOString()) : null
      })
      if (given) return { given }
    }
  }

  return {
    /**
     * Adds the requester to the flow's group. Doing it again gives the same grant.
     * @param now RFC 3339; when the access begins, unless another system has to give it first
     * @throws ConnectorError when the connected system refused or did not answer
     */
    async give(request: AccessRequest, now: string): Promise<GiveAccessResult> {
      const known = await grants.ofRequest(request.id)
      if (known) return { given: known }
      const groupName = await existingGroup(grants, request.flow.groupId)
      const connector = await connectorFor(request.flow.connectorId)
      if (connector) return giveAt(connector, { request, groupName })
      return grants.transaction(async (tx) => {
        const closed = await grants.closedCause(tx, request)
        return closed ? { closed } : { given: await grants.insert(tx, request, now) }
      })
    },

    /**
     * Undoes what a connector may have done although it did not say so, unless something holds the membership.
     * @throws ConnectorError when the connected system refused or did not answer
     */
    async takeBack(request: AccessRequest): Promise<void> {
      const connector = await connectorFor(request.flow.connectorId)
      const membership = { id: noGrant, groupId: request.flow.groupId, user: request.requester }
      if (!connector || (await grants.isHeldOtherwise(membership))) return
      const change = changeFor(request, (await grants.groupName(request.flow.groupId)) ?? '')
      await connector.removeMember({ ...change, key: `${request.id}:undo` })
      if (await grants.recordRemoval(membership)) await connector.addMember({ ...change, key: `${request.id}:restore` })
    },

    /**
     * Removes the user from the connected system, unless something else holds the membership there.
     * The directory follows when the end is recorded.
     * @throws ConnectorError when the connected system refused or did not answer
     */
    async takeAway(grant: AccessGrant): Promise<void> {
      const connector = await connectorFor(grant.connectorId)
      if (!connector || (await grants.isHeldOtherwise(grant))) return
      const group = { id: grant.groupId, name: (await grants.groupName(grant.groupId)) ?? '' }
      const change = {
        key: `${grant.id}:remove`,
        user: grant.user,
        group,
        accessRequestId: grant.accessRequestId,
        grantId: grant.id,
      }
      await connector.removeMember(change)
      // Somebody may have been given the same access while it was taken away.
      if (await grants.recordRemoval(grant)) await connector.addMember({ ...change, key: `${grant.id}:restore` })
    },
  }
}

async function existingGroup(grants: GrantsRepository, groupId: string): Promise<string> {
  const name = await grants.groupName(groupId)
  if (name === undefined)
    throw new ConnectorError('The user group of this flow no longer exists. Deny the request, or restore the group.', {
      retryable: false,
    })
  return name
}

/** An id no grant has. */
const noGrant = '00000000-0000-0000-0000-000000000000'

function changeFor(request: AccessRequest, groupName: string): MembershipChange {
  const { id, name, email } = request.requester
  return {
    key: `${request.id}:add`,
    user: { id, name, email },
    group: { id: request.flow.groupId, name: groupName },
    accessRequestId: request.id,
    grantId: null,
  }
}
