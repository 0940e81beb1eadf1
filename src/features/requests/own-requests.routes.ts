/** One's own requests, and those that one decides on. */
import type { Actor } from '../../domain/abilities.ts'
import type { DbOrTx } from '../../platform/db/columns.ts'
import { type Page, readPage } from '../../platform/http/page.ts'
import type { RouteDefinition } from '../../platform/http/route.ts'
import { ok, route } from '../../platform/http/route.ts'
import { page } from '../../platform/http/schemas.ts'
import { countApprovals, listApprovals } from './approvals.repository.ts'
import { approvalsCount, approvalsFilterQuery, approvalsQuery, myRequestsQuery } from './approvals.schemas.ts'
import { listOfRequester } from './queue.repository.ts'
import type { PresentedRequest, QueueEntry } from './requests.presenter.ts'
import * as schemas from './requests.schemas.ts'

export interface OwnRequestsDeps {
  db: DbOrTx
  /** The requests of a page as the caller may see them. */
  presentAll: (found: Page<QueueEntry>, actor: Actor) => Promise<Page<PresentedRequest>>
}

const tag = 'Access requests'
const many = { description: 'A page', schema: page(schemas.accessRequest) }

/** What has waited longest comes first, and what was asked for last. */
const usualSort = { waiting: 'createdAt', decided: '-createdAt' } as const

export function ownRequestRoutes({ db, presentAll }: OwnRequestsDeps): RouteDefinition[] {
  return [
    route({
      method: 'get',
      path: '/me/requests',
      summary: 'What I have asked for',
      tag,
      ability: 'requests.own',
      query: myRequestsQuery,
      responses: { 200: many },
      handler: async ({ query: { status, q, ...paging }, actor }) => {
        const asked = { userId: actor.id, status, q }
        const found = await readPage({ ...paging, list: 'own', sort: '-createdAt' }, (slice) =>
          listOfRequester(db, asked, slice),
        )
        return ok(await presentAll(found, actor))
      },
    }),
    route({
      method: 'get',
      path: '/me/approvals',
      summary: 'What waits for my decision, or what I have decided',
      tag,
      ability: 'requests.own',
      query: approvalsQuery,
      responses: { 200: many },
      handler: async ({ query: { state, q, sort = usualSort[state], ...paging }, actor }) => {
        const asked = { userId: actor.id, state, q }
        const found = await readPage({ ...paging, list: state, sort }, (slice) => listApprovals(db, asked, slice))
        return ok(await presentAll(found, actor))
      },
    }),
    route({
      method: 'get',
      path: '/me/approvals/count',
      summary: 'How many wait for my decision, or how many I have decided',
      tag,
      ability: 'requests.own',
      query: approvalsFilterQuery,
      responses: { 200: { description: 'Their number', schema: approvalsCount } },
      handler: async ({ query, actor }) => ok(await countApprovals(db, { ...query, userId: actor.id })),
    }),
  ]
}
