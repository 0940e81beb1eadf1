/** SCIM 2.0 at `/scim/v2` (RFC 7643, RFC 7644), for the tokens of people sources and nobody else. */
import { type NextFunction, type Request, type RequestHandler, type Response, Router } from 'express'
import { v7 as uuidv7 } from 'uuid'
import { mayUse } from '../../../domain/abilities.ts'
import { DomainError } from '../../../domain/shared/errors.ts'
import type { DbOrTx } from '../../../platform/db/columns.ts'
import { problemOf, toDomainError } from '../../../platform/http/problem.ts'
import { recordedPath } from '../../../platform/http/recorded-path.ts'
import type { Authenticate } from '../../../platform/http/route.ts'
import type { RefusedCall } from '../../../platform/http/route-handler.ts'
import { clientAddress } from '../../../platform/net/client-address.ts'
import { findSource } from '../sources/sources.repository.ts'
import { isWanted, listOf, type Selection, selected, sendScim, sendScimError } from './scim-answer.ts'
import { type Collection, type Handle, type Handled, methodsOnly, mountCollection } from './scim-collection.ts'
import { groupSchema, resourceTypesOf, schemasOf, serviceProviderConfigOf } from './scim-discovery.ts'
import { asScimError, notThere, ScimError } from './scim-error.ts'
import { type ScimGroups, versionOfGroup } from './scim-groups.commands.ts'
import { type GroupRow, groupsOfPeople, membersOfGroups, searchGroups } from './scim-groups.repository.ts'
import type { Fields } from './scim-path.ts'
import type { ScimPeople, SourceOperation } from './scim-people.commands.ts'
import { searchPeople } from './scim-people.repository.ts'
import { type PersonRow, presentPerson, versionOf } from './scim-person.ts'

export interface ScimDeps {
  db: DbOrTx
  people: ScimPeople
  groups: ScimGroups
  authenticate: Authenticate
  /** Writes down that a token of somebody who is known was refused; never fails. */
  recordRefusal: (call: RefusedCall) => Promise<void>
  publicUrl: string
}

const ofNoSource = 'This API token is for no people source: make one under Settings > People sources.'

async function operationOf({ db, authenticate, recordRefusal }: ScimDeps, req: Request): Promise<SourceOperation> {
  const caller = await authenticate(req)
  if (caller?.via !== 'token')
    throw new ScimError(401, 'Send the token of a people source as "Authorization: Bearer <token>".')
  const origin = { clientIp: clientAddress(req.ip), userAgent: req.headers['user-agent']?.slice(0, 512) }
  const source = caller.token?.sourceId ? await findSource(db, caller.token.sourceId) : undefined
  if (!source || !mayUse(caller.actor, 'scim.use')) {
    const refusal = new DomainError('forbidden', ofNoSource)
    const [path, { actor }, operationId] = [recordedPath(req).slice(0, 300), caller, uuidv7()]
    await recordRefusal({ actor, origin, operationId, method: req.method, route: '/scim/v2', path, refusal })
    throw refusal
  }
  if (caller.mustChangePassword)
    throw new ScimError(403, 'Whoever made this token has to choose a password of their own first.')
  return {
    // Mails say who has changed something: that is the source, whoever made its token.
    actor: { ...caller.actor, name: source.name },
    sourceId: source.id,
    operationId: uuidv7(),
    origin,
  }
}

/** @returns a handler for `/scim/v2` and all below it; answers every call there */
export function scimRouter(deps: ScimDeps): RequestHandler {
  const base = new URL('/scim/v2', deps.publicUrl).href
  const router = Router()
  const handled = (handle: Handle) => async (req: Request, res: Response) =>
    handle(req, res, await operationOf(deps, req))

  router.use((_req, res, next) => {
    res.setHeader('Cache-Control', 'no-store')
    next()
  })
  mountCollection(router, handled, peopleOf(deps, base))
  mountCollection(router, handled, groupsOf(deps, base))
  mountDiscovery(router, handled, base)
  router.all(
    ['/Me', '/Bulk', '/.search'],
    handled(async (req) => {
      throw new ScimError(501, `${req.path} is not supported: see /ServiceProviderConfig.`)
    }),
  )
  router.use(
    handled(async () => {
      throw notThere()
    }),
  )
  router.use(refuse)
  const mounted = Router()
  mounted.use('/scim/v2', router)
  return mounted
}

// oxlint-disable-next-line max-params -- Express knows an error handler by its four parameters
function refuse(error: unknown, req: Request, res: Response, _next: NextFunction): void {
  const refusal = error instanceof ScimError ? error : scimErrorOf(error)
  if (refusal.status >= 500 && !(error instanceof ScimError)) req.log.error({ err: error }, 'SCIM request failed')
  if (res.headersSent) res.destroy()
  else sendScimError(res, refusal)
}

function scimErrorOf(error: unknown): ScimError {
  const ours = toDomainError(error)
  if (ours.code === 'payload_too_large') return new ScimError(413, 'The body is larger than 8 MB.')
  return asScimError(ours, problemOf(ours).status)
}

function mountDiscovery(router: Router, handled: Handled, base: string): void {
  const lists = { '/ResourceTypes': resourceTypesOf(base), '/Schemas': schemasOf(base) }
  router.get(
    '/ServiceProviderConfig',
    handled(async (_req, res) => sendScim(res, 200, serviceProviderConfigOf(base))),
  )
  for (const [path, list] of Object.entries(lists)) {
    router.get(
      path,
      handled(async (req, res) => {
        // RFC 7644, 4: what describes the service cannot be filtered.
        if (req.query['filter'] !== undefined) throw new ScimError(403, 'This list cannot be filtered.')
        sendScim(res, 200, listOf(list, { total: list.length }))
      }),
    )
    router.get(
      `${path}/:id`,
      handled(async (req, res) => {
        const found = list.find(({ id }) => id === req.params['id'])
        if (!found) throw notThere()
        sendScim(res, 200, found)
      }),
    )
    router.all([path, `${path}/:id`], handled(methodsOnly('GET')))
  }
  router.all('/ServiceProviderConfig', handled(methodsOnly('GET')))
}

function peopleOf({ db, people }: ScimDeps, base: string): Collection<PersonRow> {
  const presentAll = async ({ sourceId }: SourceOperation, rows: PersonRow[], selection: Selection) => {
    const ids = rows.map(({ id }) => id)
    const groups = isWanted(selection, 'groups') && ids.length > 0 ? await groupsOfPeople(db, sourceId, ids) : new Map()
    return rows.map((row) => selected(presentPerson(base, row, groups.get(row.id) ?? []), selection))
  }
  return {
    base,
    name: 'Users',
    commands: people,
    versionOf,
    isPatchedSilently: false,
    present: async (operation, row, selection) => (await presentAll(operation, [row], selection))[0] ?? {},
    search: async (operation, query) => {
      const { items, total } = await searchPeople(db, operation.sourceId, query.search)
      return { total, resources: await presentAll(operation, items, query) }
    },
  }
}

function presentGroup(base: string, row: GroupRow, members: readonly string[]): Fields {
  return {
    schemas: [groupSchema],
    id: row.id,
    externalId: row.externalId ?? undefined,
    displayName: row.name,
    ...(members.length > 0
      ? {
          members: members.map((id) => ({ value: id, $ref: `${base}/Users/${id}`, type: 'User' })),
        }
      : {}),
    meta: {
      resourceType: 'Group',
      created: row.createdAt,
      lastModified: row.updatedAt,
      location: `${base}/Groups/${row.id}`,
      version: versionOfGroup(row),
    },
  }
}

function groupsOf({ db, groups }: ScimDeps, base: string): Collection<GroupRow> {
  const presentAll = async (rows: GroupRow[], selection: Selection) => {
    const ids = rows.map(({ id }) => id)
    const members = isWanted(selection, 'members') && ids.length > 0 ? await membersOfGroups(db, ids) : new Map()
    return rows.map((row) => selected(presentGroup(base, row, members.get(row.id) ?? []), selection))
  }
  return {
    base,
    name: 'Groups',
    commands: groups,
    versionOf: versionOfGroup,
    isPatchedSilently: true,
    present: async (_operation, row, selection) => (await presentAll([row], selection))[0] ?? {},
    search: async (operation, query) => {
      const { items, total } = await searchGroups(db, operation.sourceId, query.search)
      return { total, resources: await presentAll(items, query) }
    },
  }
}
