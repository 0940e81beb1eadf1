/** What the caller may ask for. */

import { DomainError } from '../../domain/shared/errors.ts'
import type { DbOrTx } from '../../platform/db/columns.ts'
import { presentPage, readPage } from '../../platform/http/page.ts'
import type { RouteDefinition } from '../../platform/http/route.ts'
import { ok, route } from '../../platform/http/route.ts'
import { idParams } from '../../platform/http/schemas.ts'
import { readSettingsRow } from '../settings/settings.repository.ts'
import { presentCatalogEntry } from './catalog.presenter.ts'
import { listCatalog, namesFor } from './catalog.repository.ts'
import { catalogDetails, catalogPage, catalogQuery } from './catalog.schemas.ts'

const tag = 'Catalogue'

export function catalogRoutes({ db }: { db: DbOrTx }): RouteDefinition[] {
  return [
    route({
      method: 'get',
      path: '/catalog',
      summary: 'Flows the caller may ask for',
      tag,
      ability: 'catalog.read',
      query: catalogQuery,
      responses: { 200: { description: 'A page of flows', schema: catalogPage } },
      handler: async ({ query, actor }) => {
        const { q } = query
        const found = await readPage({ ...query, list: 'catalog' }, (slice) =>
          listCatalog(db, { userId: actor.id, q, ...slice }),
        )
        const names = await namesFor(db, { userId: actor.id, rows: found.items })
        const { requestsEnabled } = await readSettingsRow(db)
        return ok({ ...presentPage(found, (row) => presentCatalogEntry(row, names)), requestsEnabled })
      },
    }),
    route({
      method: 'get',
      path: '/catalog/{id}',
      summary: 'A flow the caller may ask for',
      tag,
      ability: 'catalog.read',
      params: idParams,
      responses: { 200: { description: 'The flow', schema: catalogDetails } },
      handler: async ({ params: { id }, actor }) => {
        const rows = await listCatalog(db, { userId: actor.id, id, sort: 'name', limit: 1 })
        const [row] = rows
        if (!row) throw new DomainError('not_found', 'There is no such flow in your catalogue.')
        const entry = presentCatalogEntry(row, await namesFor(db, { userId: actor.id, rows }))
        const { requestsEnabled } = await readSettingsRow(db)
        return ok({ ...entry, requestsEnabled })
      },
    }),
  ]
}
