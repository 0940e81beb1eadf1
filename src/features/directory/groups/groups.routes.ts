/** User groups, for administrators. */

import type { Operation } from '../../../domain/operation.ts'
import { DomainError } from '../../../domain/shared/errors.ts'
import type { DbOrTx } from '../../../platform/db/columns.ts'
import { readPage } from '../../../platform/http/page.ts'
import type { RouteDefinition } from '../../../platform/http/route.ts'
import { accepted, created, noContent, ok, route } from '../../../platform/http/route.ts'
import { idParams } from '../../../platform/http/schemas.ts'
import type { Members } from '../../memberships/members.commands.ts'
import type { Groups } from './groups.commands.ts'
import { findGroup, listGroups, listMembers } from './groups.repository.ts'
import {
  createGroupBody,
  group,
  groupsPage,
  groupsQuery,
  memberParams,
  membership,
  membershipThatWaits,
  membersPage,
  membersQuery,
  updateGroupBody,
} from './groups.schemas.ts'

export interface GroupsRoutesDeps {
  db: DbOrTx
  groups: Groups
  members: Members
  /** Keeps a new membership for a second administrator; null when it is to be done at once. */
  propose: (operation: Operation, change: { kind: 'member'; userId: string; groupId: string }) => Promise<string | null>
}

const tag = 'User groups'

export function groupsRoutes(deps: GroupsRoutesDeps): RouteDefinition[] {
  return [...readingRoutes(deps), ...writingRoutes(deps), ...memberRoutes(deps)]
}

function readingRoutes({ db }: GroupsRoutesDeps): RouteDefinition[] {
  return [
    route({
      method: 'get',
      path: '/user-groups',
      summary: 'User groups',
      tag,
      ability: 'directory.read',
      query: groupsQuery,
      responses: { 200: { description: 'A page of groups', schema: groupsPage } },
      handler: async ({ query }) =>
        ok(await readPage({ ...query, list: 'groups' }, (slice) => listGroups(db, { ...query, ...slice }))),
    }),
    route({
      method: 'get',
      path: '/user-groups/{id}',
      summary: 'A user group',
      tag,
      ability: 'directory.read',
      params: idParams,
      responses: { 200: { description: 'The group', schema: group } },
      handler: async ({ params }) => {
        const found = await findGroup(db, params.id)
        if (!found) throw new DomainError('not_found', 'There is no such user group.')
        return ok(found)
      },
    }),
  ]
}

function writingRoutes({ groups }: GroupsRoutesDeps): RouteDefinition[] {
  return [
    route({
      method: 'post',
      path: '/user-groups',
      summary: 'Create a user group',
      tag,
      ability: 'directory.write',
      body: createGroupBody,
      responses: { 201: { description: 'The group', schema: group } },
      handler: async (call) => {
        const made = await groups.create(call, call.body)
        return created(`/api/v1/user-groups/${made.id}`, made)
      },
    }),
    route({
      method: 'patch',
      path: '/user-groups/{id}',
      summary: 'Change a user group',
      tag,
      ability: 'directory.write',
      params: idParams,
      body: updateGroupBody,
      responses: { 200: { description: 'The group', schema: group } },
      handler: async (call) => ok(await groups.update(call, call.params.id, call.body)),
    }),
    route({
      method: 'delete',
      path: '/user-groups/{id}',
      summary:
        'Delete a user group that no approval flow names and no access holds people in; one that ended access names is archived',
      tag,
      ability: 'directory.write',
      params: idParams,
      responses: { 204: { description: 'Deleted' } },
      handler: async (call) => {
        await groups.delete(call, call.params.id)
        return noContent
      },
    }),
  ]
}

function memberRoutes({ db, members, propose }: GroupsRoutesDeps): RouteDefinition[] {
  return [
    route({
      method: 'get',
      path: '/user-groups/{id}/members',
      summary: 'Members of a user group, direct and by grant',
      tag,
      ability: 'directory.read',
      params: idParams,
      query: membersQuery,
      responses: { 200: { description: 'A page of members', schema: membersPage } },
      handler: async ({ params, query }) => {
        if (!(await findGroup(db, params.id))) throw new DomainError('not_found', 'There is no such user group.')
        return ok(
          await readPage({ ...query, list: 'members' }, (slice) => listMembers(db, params.id, { ...query, ...slice })),
        )
      },
    }),
    route({
      method: 'put',
      path: '/user-groups/{id}/members/{userId}',
      summary: 'Make a user a direct member',
      tag,
      ability: 'directory.write',
      params: memberParams,
      responses: {
        200: { description: 'The membership', schema: membership },
        202: { description: 'It waits for a second administrator', schema: membershipThatWaits },
      },
      handler: async (call) => {
        const ids = { groupId: call.params.id, userId: call.params.userId }
        await members.refuseEarly(call, ids)
        const pendingChangeId = await propose(call, { kind: 'member', ...ids })
        return pendingChangeId ? accepted({ pendingChangeId }) : ok(await members.add(call, ids))
      },
    }),
    route({
      method: 'delete',
      path: '/user-groups/{id}/members/{userId}',
      summary: 'End a direct membership',
      tag,
      ability: 'directory.write',
      params: memberParams,
      responses: {
        200: { description: 'No direct member any more, but held in the group by open grants', schema: membership },
        204: { description: 'No member any more' },
      },
      handler: async (call) => {
        const left = await members.remove(call, { groupId: call.params.id, userId: call.params.userId })
        return left.member ? ok(left) : noContent
      },
    }),
  ]
}
