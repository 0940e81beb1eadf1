/** One's own requests, and those that one decides on. */
import type { Actor } from '../../domain/abilities.ts'
import type { DbOrTx } from '../../platform/db/columns.ts'
import { type Page, readPage } from '../../platform/http/page.ts'
import type { RouteDefinition } from '../../platform/http/route.ts'
import { ok, route } from '../../platform/http/route.ts'
import { page } from '../../platform/http/schemas.ts'
import { listAwaiting, listDecidedBy, listOfRequester } from './queue.repository.ts'
import type { PresentedRequest, QueueEntry } from './requests.presenter.ts'
import * as schemas from './requests.schemas.ts'

export interface OwnRequestsDeps {
  db: DbOrTx
  /** The requests of a page as the caller may see them. */
  presentAll: (found: Page<QueueEntry>, actor: Actor) => Promise<Page<PresentedRequest>>
}

const tag = 'Access requests'
const many = { description: 'A page', schema: page(schemas.accessRequest) }

export function ownRequestRoutes({ db, presentAll }: OwnRequestsDeps): RouteDefinition[] {
  return [
    route({
      method: 'get',
      path: '/me/requests',
      summary: 'What I have asked for',
      tag,
      ability: 'requests.own',
      query: schemas.myRequestsQuery,
      responses: { 200: many },
      handler: async ({ query: { status, ...paging }, actor }) => {
        const asked = { userId: actor.id, status }
        const found = await readPage({ ...paging, sort: '-createdAt' }, (slice) => listOfRequester(db, asked, slice))
        return ok(await presentAll(found, actor))
      },
    }),
    route({
      method: 'get',
      path: '/me/approvals',
      summary: 'What waits for my decision, or what I have decided',
      tag,
      ability: 'requests.own',
      query: schemas.approvalsQuery,
      responses: { 200: many },
      handler: async ({ query: { state, ...paging }, actor }) => {
        const found = await (state === 'waiting'
          ? readPage({ ...paging, sort: 'createdAt' }, (slice) => listAwaiting(db, actor.id, slice))
          : readPage({ ...paging, sort: '-createdAt' }, (slice) => listDecidedBy(db, actor.id, slice)))
        return ok(await presentAll(found, actor))
      },
    }),
  ]
}
