/** The queue over HTTP: parse, load, authorise, act, present. */
import { z } from 'zod'
import type { Actor } from '../../domain/abilities.ts'
import { can, isAdministrator } from '../../domain/abilities.ts'
import type { OverrideMessage } from '../../domain/request/messages.ts'
import type { RequestStatus } from '../../domain/request/record.ts'
import { refuseIfLost } from '../../domain/request/rules.ts'
import { DomainError } from '../../domain/shared/errors.ts'
import type { DbOrTx } from '../../platform/db/columns.ts'
import { refuseUnlessFreshPerson } from '../../platform/http/fresh-sign-in.ts'
import { type Page, presentPage, readPage } from '../../platform/http/page.ts'
import type { Caller, RouteDefinition } from '../../platform/http/route.ts'
import { accepted, created, ok, route } from '../../platform/http/route.ts'
import { basePath, idParams, page } from '../../platform/http/schemas.ts'
import { readSettingsRow } from '../settings/settings.repository.ts'
import { ownRequestRoutes } from './own-requests.routes.ts'
import { countQueue, findEntry, glanceAt, listQueue } from './queue.repository.ts'
import { listSummaries, type SummaryRow } from './queue-summary.repository.ts'
import { bulkRoute, type Deciding } from './requests.bulk.ts'
import type { Outcome, RequestCommands } from './requests.commands.ts'
import { type ExportDeps, exportRoute } from './requests.export.route.ts'
import type { QueueEntry } from './requests.presenter.ts'
import { presentRequest, summarizeRequest } from './requests.presenter.ts'
import * as schemas from './requests.schemas.ts'

export interface RequestRoutesDeps extends ExportDeps {
  db: DbOrTx
  commands: RequestCommands
  /** ISO-8601 */
  requestExpiry: string
  /** How long a caller waits for the outcomes of many decisions, in milliseconds. */
  bulkDeadlineMs?: number
}

const tag = 'Access requests'
const one = { description: 'The request as it is now', schema: schemas.accessRequest }
const undecided = {
  description: 'Access is being given, or the outcome is not known yet: repeat with the same Idempotency-Key',
  schema: schemas.accessRequest,
}

export function requestRoutes(deps: RequestRoutesDeps): RouteDefinition[] {
  const reading = createReading(deps)
  const { load } = reading
  const permission = createPermission(deps.db, load)
  return [
    submitRoute(deps, reading),
    ...readingRoutes(deps, reading),
    exportRoute(deps),
    bulkRoute({ ...deps, load, mayOverride: permission.mayOverride, deadlineMs: deps.bulkDeadlineMs ?? 30_000 }),
    ...decidingRoutes(deps, reading, permission),
    ...ownRequestRoutes({ ...deps, presentAll: reading.presentAll }),
  ]
}

/** What every route answers with: requests as this caller may see them. */
function createReading({ db, workflowsUrl }: RequestRoutesDeps) {
  async function presentationFor(actor: Actor) {
    const exposeProgress = isAdministrator(actor) || (await readSettingsRow(db)).exposeProgress
    return { actor, workflowsUrl, exposeProgress }
  }

  async function present(entry: QueueEntry, actor: Actor) {
    return presentRequest(entry, await presentationFor(actor))
  }

  async function presentAll(found: Page<QueueEntry>, actor: Actor) {
    const presentation = await presentationFor(actor)
    return presentPage(found, (entry) => presentRequest(entry, presentation))
  }

  async function summarizeAll(found: Page<SummaryRow>, actor: Actor) {
    const presentation = await presentationFor(actor)
    return presentPage(found, (row) => summarizeRequest(row, presentation))
  }

  /** What the caller may not see does not exist for them. */
  async function load(id: string, actor: Actor): Promise<QueueEntry> {
    const entry = await findEntry(db, id)
    if (!entry || !can(actor, 'view', entry.request)) throw notFound()
    return entry
  }

  return { present, presentAll, summarizeAll, load }
}

type Reading = ReturnType<typeof createReading>

/** What is asked before a decision is handed on; the rules of the request itself are asked by its workflow. */
function createPermission(db: DbOrTx, load: Reading['load']) {
  return {
    /** Administrators see every request. @returns its status */
    async mayOverride(id: string, { caller }: Deciding): Promise<RequestStatus> {
      const request = await glanceAt(db, id)
      if (!request) throw notFound()
      if (request.freshSignIn) refuseUnlessFreshPerson(caller)
      return request.status
    },

    /** Whose flow asks for it. What the caller may not see does not exist for them. */
    async mayDecide(id: string, { actor, caller }: Deciding): Promise<void> {
      const request = await glanceAt(db, id)
      if (!request?.freshSignIn || (caller?.via === 'session' && caller.isFresh)) return
      await load(id, actor)
      refuseUnlessFreshPerson(caller)
    },
  }
}

type Permission = ReturnType<typeof createPermission>

function submitRoute({ commands, requestExpiry }: RequestRoutesDeps, { load, present }: Reading): RouteDefinition {
  return route({
    method: 'post',
    path: '/access-requests',
    summary: 'Ask for access',
    tag,
    ability: 'requests.submit',
    documents429: true,
    body: schemas.submitBody,
    responses: {
      201: { description: 'Durable and in the queue', schema: schemas.accessRequest },
      202: { description: 'Kept; its workflow starts as soon as the engine is back', schema: schemas.accessRequest },
    },
    handler: async ({ body, actor, origin, operationId }) => {
      const { request, isStarted } = await commands.submit({
        id: operationId,
        requesterId: actor.id,
        approvalFlowId: body.approvalFlowId,
        reason: body.reason,
        requestedDuration: body.requestedDuration ?? null,
        expiry: requestExpiry,
        now: new Date().toISOString(),
        origin,
      })
      // What was just written need not be read again, unless access was given with it.
      const entry = request.grant
        ? await load(operationId, actor)
        : { request, started: isStarted, isFlowClosed: false, grant: null }
      const reply = created(`${basePath}/access-requests/${operationId}`, await present(entry, actor))
      return isStarted ? reply : { ...reply, ...accepted(reply.body), final: false }
    },
  })
}

function readingRoutes(
  { db }: RequestRoutesDeps,
  { load, present, presentAll, summarizeAll }: Reading,
): RouteDefinition[] {
  return [
    route({
      method: 'get',
      path: '/access-requests',
      summary: 'The queue',
      tag,
      ability: 'queue.read',
      query: schemas.listQuery,
      responses: {
        200: { description: 'A page', schema: page(z.union([schemas.accessRequest, schemas.accessRequestSummary])) },
      },
      handler: async ({ query, actor }) => {
        if (query.view === 'summary') {
          const rows = await readPage({ ...query, list: 'queue' }, (slice) => listSummaries(db, query, slice))
          return ok(await summarizeAll(rows, actor))
        }
        const found = await readPage({ ...query, list: 'queue' }, (slice) => listQueue(db, query, slice))
        return ok(await presentAll(found, actor))
      },
    }),
    route({
      method: 'get',
      path: '/access-requests/counts',
      summary: 'How many requests each tab holds under these filters',
      tag,
      ability: 'queue.read',
      query: schemas.filterQuery,
      responses: { 200: { description: 'Counters', schema: schemas.counts } },
      handler: async ({ query }) => ok(await countQueue(db, query)),
    }),
    route({
      method: 'get',
      path: '/access-requests/{id}',
      summary: 'One request',
      tag,
      ability: 'request.view',
      params: idParams,
      responses: { 200: one },
      handler: async ({ params, actor }) => ok(await present(await load(params.id, actor), actor)),
    }),
  ]
}

function decidingRoutes(
  { commands }: RequestRoutesDeps,
  { load, present }: Reading,
  { mayOverride, mayDecide }: Permission,
): RouteDefinition[] {
  async function answer(entry: QueueEntry, actor: Actor, { isKnown }: Outcome) {
    const body = await present(entry, actor)
    const isUndecided = !isKnown || entry.request.provisioning !== null
    return isUndecided ? { ...accepted(body), final: false } : ok(body)
  }

  function overrideRoute(decision: 'grant' | 'deny') {
    return async (call: {
      params: { id: string }
      body: Partial<OverrideMessage>
      actor: Actor
      caller: Caller | null
      origin: OverrideMessage['origin']
      operationId: string
    }) => {
      await mayOverride(call.params.id, call)
      const message = { ...call.body, by: call.actor.id, decision, origin: call.origin }
      const outcome = await commands.override(call.params.id, message, call.operationId)
      const entry = await load(call.params.id, call.actor)
      if (decision === 'grant') refuseIfLost(entry.request)
      return answer(entry, call.actor, outcome)
    }
  }

  return [
    route({
      method: 'post',
      path: '/access-requests/{id}/grant',
      summary: 'Grant as an administrator',
      tag,
      ability: 'request.override',
      params: idParams,
      body: schemas.grantBody,
      responses: { 200: one, 202: undecided },
      handler: overrideRoute('grant'),
    }),
    route({
      method: 'post',
      path: '/access-requests/{id}/deny',
      summary: 'Deny as an administrator',
      tag,
      ability: 'request.override',
      params: idParams,
      body: schemas.denyBody,
      responses: { 200: one, 202: undecided },
      handler: overrideRoute('deny'),
    }),
    route({
      method: 'post',
      path: '/access-requests/{id}/decisions',
      summary: 'Approve or deny as an assigned approver',
      tag,
      ability: 'request.decide',
      params: idParams,
      body: schemas.decisionBody,
      responses: { 200: one, 202: undecided },
      handler: async ({ params, body, actor, caller, origin, operationId }) => {
        await mayDecide(params.id, { actor, caller })
        const decided = await commands
          .decide(params.id, { ...body, by: actor.id, origin }, operationId)
          .catch(async (error: unknown) => {
            // Somebody who has just become an approver may decide before the row shows it; others learn nothing.
            await load(params.id, actor)
            throw error
          })
        return answer(await load(params.id, actor), actor, decided)
      },
    }),
    route({
      method: 'post',
      path: '/access-requests/{id}/withdraw',
      summary: 'Withdraw one’s own request',
      tag,
      ability: 'request.withdraw',
      params: idParams,
      responses: { 200: one, 202: undecided },
      handler: async ({ params, actor, origin, operationId }) => {
        await load(params.id, actor)
        const outcome = await commands.withdraw(params.id, { by: actor.id, origin }, operationId)
        return answer(await load(params.id, actor), actor, outcome)
      },
    }),
  ]
}

function notFound(): DomainError {
  return new DomainError('not_found', 'There is no such request for you.')
}
