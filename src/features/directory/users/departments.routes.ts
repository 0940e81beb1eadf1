/** Departments, to choose one from: they exist as long as somebody is in them. */
import { z } from 'zod'
import type { DbOrTx } from '../../../platform/db/columns.ts'
import type { RouteDefinition } from '../../../platform/http/route.ts'
import { ok, route } from '../../../platform/http/route.ts'
import { searchedBy, searchText } from '../../../platform/http/schemas.ts'
import { listDepartments } from './departments.repository.ts'

/** As many as one chooses from at once; the search narrows them. */
const offered = 20

const query = z.strictObject({ q: searchText.optional().meta({ description: `${searchedBy}: the name` }) })
const departments = z.object({ items: z.array(z.object({ name: z.string() })) }).meta({ id: 'Departments' })

export function departmentsRoutes(db: DbOrTx): RouteDefinition[] {
  return [
    route({
      method: 'get',
      path: '/departments',
      summary: 'The departments that users are in, at most 20: search for others',
      tag: 'Users',
      ability: 'directory.read',
      query,
      responses: { 200: { description: 'Departments by name', schema: departments } },
      handler: async ({ query: { q } }) => ok({ items: await listDepartments(db, { q, limit: offered }) }),
    }),
  ]
}
