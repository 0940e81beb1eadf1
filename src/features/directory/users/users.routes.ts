/** The directory's users, for administrators. */

import { type Actor, mayUse } from '../../../domain/abilities.ts'
import type { Operation } from '../../../domain/operation.ts'
import { DomainError } from '../../../domain/shared/errors.ts'
import type { DbOrTx } from '../../../platform/db/columns.ts'
import { presentPage, readPage } from '../../../platform/http/page.ts'
import type { RouteDefinition } from '../../../platform/http/route.ts'
import { accepted, created, ok, route } from '../../../platform/http/route.ts'
import { idParams } from '../../../platform/http/schemas.ts'
import type { MyApplication } from '../applications/applications.schemas.ts'
import type { Users } from './users.commands.ts'
import { presentUser } from './users.presenter.ts'
import { endedBySuspension, findUser, groupsOf, listUsers, openGrantsOf } from './users.repository.ts'
import {
  createUserBody,
  updateUserBody,
  user,
  userDetails,
  usersPage,
  usersQuery,
  userThatWaits,
} from './users.schemas.ts'

export interface UsersRoutesDeps {
  db: DbOrTx
  users: Users
  secondAdministrator: {
    /** Whether roles wait for one. */
    isAskedFor: (operation: Operation) => Promise<boolean>
    /** Keeps a change of roles for one. @returns its id; null when it is to be done at once */
    propose: (
      operation: Operation,
      change: { kind: 'roles'; userId: string; roles: string[] },
    ) => Promise<string | null>
  }
  /** What the user finds in their portal, as `directory/applications` knows it. */
  applicationsOf: (userId: string) => Promise<MyApplication[]>
}

const tag = 'Users'

export function usersRoutes(deps: UsersRoutesDeps): RouteDefinition[] {
  return [...readingRoutes(deps), ...writingRoutes(deps)]
}

function readingRoutes({ db, applicationsOf }: UsersRoutesDeps): RouteDefinition[] {
  return [
    route({
      method: 'get',
      path: '/users',
      summary: 'Search the directory',
      tag,
      ability: 'directory.read',
      query: usersQuery,
      responses: { 200: { description: 'A page of users', schema: usersPage } },
      handler: async ({ query }) => {
        const found = await readPage({ ...query, list: 'users' }, (slice) => listUsers(db, { ...query, ...slice }))
        return ok(presentPage(found, presentUser))
      },
    }),
    route({
      method: 'get',
      path: '/users/{id}',
      summary: 'A user with groups, applications and open grants',
      tag,
      ability: 'directory.read',
      params: idParams,
      responses: { 200: { description: 'The user', schema: userDetails } },
      handler: async ({ params: { id } }) => {
        const found = await findUser(db, id)
        if (!found) throw new DomainError('not_found', 'There is no such user.')
        const [groups, applications, grants, ended] = await Promise.all([
          groupsOf(db, id),
          applicationsOf(id),
          openGrantsOf(db, id),
          endedBySuspension(db, id),
        ])
        return ok({
          ...presentUser(found),
          password: found.password,
          groups,
          applications,
          grants,
          endedBySuspension: ended,
        })
      },
    }),
  ]
}

/** Writing the directory is not administration: passwords and roles are for people who are signed in. */
function refuseCredentials({ actor, body }: { actor: Actor; body: { password?: unknown; roles?: unknown } }): void {
  if (body.password === undefined && body.roles === undefined) return
  if (!mayUse(actor, 'credentials.write'))
    throw new DomainError('forbidden', 'No API token may set a password or roles: sign in.')
}

/** Links to set a password go to the address: whoever changes it can come to have the account. */
const movesOrSetsRoles = ({ roles, email }: { roles?: unknown[] | undefined; email?: string | undefined }) =>
  roles !== undefined || email !== undefined

const setsRoles = ({ roles }: { roles?: unknown[] | undefined }) => roles !== undefined

function writingRoutes({ users, secondAdministrator }: UsersRoutesDeps): RouteDefinition[] {
  const waits = { description: 'The user; the roles wait for a second administrator', schema: userThatWaits }

  return [
    route({
      method: 'post',
      path: '/users',
      summary: 'Create a user',
      tag,
      ability: 'directory.write',
      documents429: true,
      body: createUserBody,
      fresh: setsRoles,
      responses: { 201: { description: 'The user', schema: user }, 202: waits },
      handler: async (call) => {
        refuseCredentials(call)
        const { roles = [], ...body } = call.body
        const mustWait = roles.length > 0 && (await secondAdministrator.isAskedFor(call))
        const made = await users.create(call, mustWait ? body : call.body)
        const reply = created(`/api/v1/users/${made.id}`, presentUser(made))
        if (!mustWait) return reply
        const pendingChangeId = await secondAdministrator.propose(call, { kind: 'roles', userId: made.id, roles })
        return { ...reply, ...accepted({ ...presentUser(made), pendingChangeId }) }
      },
    }),
    route({
      method: 'patch',
      path: '/users/{id}',
      summary: 'Change a user',
      tag,
      ability: 'directory.write',
      documents429: true,
      params: idParams,
      body: updateUserBody,
      fresh: movesOrSetsRoles,
      responses: { 200: { description: 'The user', schema: user }, 202: waits },
      handler: async (call) => {
        refuseCredentials(call)
        const { roles, ...body } = call.body
        const { id } = call.params
        const change = { kind: 'roles', userId: id, roles: roles ?? [] } as const
        const pendingChangeId = roles && (await secondAdministrator.propose(call, change))
        const changed = presentUser(await users.update(call, id, pendingChangeId ? body : call.body))
        return pendingChangeId ? accepted({ ...changed, pendingChangeId }) : ok(changed)
      },
    }),
  ]
}
