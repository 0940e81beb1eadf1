/** Access that was given, over HTTP. */
import { type Actor, isAdministrator } from '../../domain/abilities.ts'
import { DomainError } from '../../domain/shared/errors.ts'
import type { DbOrTx } from '../../platform/db/columns.ts'
import { readPage } from '../../platform/http/page.ts'
import type { RouteDefinition } from '../../platform/http/route.ts'
import { accepted, ok, route } from '../../platform/http/route.ts'
import { idParams, page } from '../../platform/http/schemas.ts'
import type { GrantCommands } from './grants.commands.ts'
import { findGrantView, listGrants } from './grants.list.repository.ts'
import * as schemas from './grants.schemas.ts'

const tag = 'Grants'
const one = { description: 'The grant as it is now', schema: schemas.grant }
const undecided = {
  description: 'The connected system is still being asked: repeat with the same Idempotency-Key',
  schema: schemas.grant,
}

/** What a connected system answers may name its host: that is for administrators. */
function failureFor(actor: Actor, message: string): string {
  return isAdministrator(actor) ? message : 'The access could not be taken away yet. Administrators have been told.'
}

function notItsHolder(actor: Actor): DomainError {
  if (!isAdministrator(actor)) return new DomainError('not_found', 'There is no such grant.')
  return new DomainError(
    'forbidden',
    'Only whoever has this access can return it. As an administrator you can revoke it.',
  )
}

export function grantRoutes({ db, commands }: { db: DbOrTx; commands: GrantCommands }): RouteDefinition[] {
  async function load(id: string) {
    const grant = await findGrantView(db, id)
    if (!grant) throw new DomainError('not_found', 'There is no such grant.')
    return grant
  }

  async function answer(id: string, { isKnown }: { isKnown: boolean }) {
    const body = await load(id)
    return isKnown ? ok(body) : { ...accepted(body), final: false }
  }

  return [
    route({
      method: 'get',
      path: '/grants',
      summary: 'Access that was given',
      tag,
      ability: 'grants.read',
      query: schemas.listQuery,
      responses: { 200: { description: 'A page', schema: page(schemas.grant) } },
      handler: async ({ query }) =>
        ok(await readPage({ ...query, list: 'grants' }, (slice) => listGrants(db, { ...query, ...slice }))),
    }),
    route({
      method: 'get',
      path: '/grants/{id}',
      summary: 'One grant',
      tag,
      ability: 'grants.read',
      params: idParams,
      responses: { 200: one },
      handler: async ({ params }) => ok(await load(params.id)),
    }),
    route({
      method: 'post',
      path: '/grants/{id}/revoke',
      summary: 'Take access away now',
      tag,
      ability: 'grants.revoke',
      params: idParams,
      responses: { 200: one, 202: undecided },
      handler: async ({ params, actor, origin, operationId }) =>
        answer(params.id, await commands.revoke(params.id, { by: actor.id, origin }, operationId)),
    }),
    route({
      method: 'post',
      path: '/grants/{id}/return',
      summary: 'Give back access that one has',
      tag,
      ability: 'grants.return',
      params: idParams,
      responses: { 200: one, 202: undecided },
      handler: async ({ params, actor, origin, operationId }) => {
        const { user } = await load(params.id)
        if (user.id !== actor.id) throw notItsHolder(actor)
        const outcome = await commands.giveBack(params.id, { by: actor.id, origin }, operationId)
        const { body, ...rest } = await answer(params.id, outcome)
        return { ...rest, body: { ...body, endError: body.endError && failureFor(actor, body.endError) } }
      },
    }),
    route({
      method: 'post',
      path: '/grants/{id}/extend',
      summary: 'Let timed access end later',
      tag,
      ability: 'grants.revoke',
      params: idParams,
      body: schemas.extendBody,
      responses: { 200: one, 202: undecided },
      handler: async ({ params, body, actor, origin, operationId }) =>
        answer(params.id, await commands.extend(params.id, { by: actor.id, until: body.until, origin }, operationId)),
    }),
  ]
}
