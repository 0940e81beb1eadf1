/** Applications, and those that the caller has. */

import { DomainError } from '../../../domain/shared/errors.ts'
import type { DbOrTx } from '../../../platform/db/columns.ts'
import { readPage } from '../../../platform/http/page.ts'
import type { RouteDefinition } from '../../../platform/http/route.ts'
import { created, noContent, ok, route } from '../../../platform/http/route.ts'
import { idParams } from '../../../platform/http/schemas.ts'
import type { Applications } from './applications.commands.ts'
import { findApplication, findApplicationsOf, listApplications } from './applications.repository.ts'
import {
  application,
  applicationsPage,
  applicationsQuery,
  createApplicationBody,
  myApplicationsPage,
  updateApplicationBody,
} from './applications.schemas.ts'

export interface ApplicationsRoutesDeps {
  db: DbOrTx
  applications: Applications
}

const tag = 'Applications'

export function applicationsRoutes(deps: ApplicationsRoutesDeps): RouteDefinition[] {
  return [...readingRoutes(deps), ...writingRoutes(deps)]
}

function readingRoutes({ db }: ApplicationsRoutesDeps): RouteDefinition[] {
  return [
    route({
      method: 'get',
      path: '/applications',
      summary: 'Applications',
      tag,
      ability: 'directory.read',
      query: applicationsQuery,
      responses: { 200: { description: 'A page of applications', schema: applicationsPage } },
      handler: async ({ query }) =>
        ok(await readPage({ ...query, list: 'applications' }, (slice) => listApplications(db, { ...query, ...slice }))),
    }),
    route({
      method: 'get',
      path: '/applications/{id}',
      summary: 'An application',
      tag,
      ability: 'directory.read',
      params: idParams,
      responses: { 200: { description: 'The application', schema: application } },
      handler: async ({ params }) => {
        const found = await findApplication(db, params.id)
        if (!found) throw new DomainError('not_found', 'There is no such application.')
        return ok(found)
      },
    }),
    route({
      method: 'get',
      path: '/me/applications',
      summary: 'What the caller has, and until when',
      tag: 'My access',
      ability: 'requests.own',
      responses: { 200: { description: 'All of them, by name', schema: myApplicationsPage } },
      handler: async ({ actor }) => ok({ items: await findApplicationsOf(db, actor.id), nextCursor: null }),
    }),
  ]
}

function writingRoutes({ applications }: ApplicationsRoutesDeps): RouteDefinition[] {
  return [
    route({
      method: 'post',
      path: '/applications',
      summary: 'Create an application',
      tag,
      ability: 'directory.write',
      body: createApplicationBody,
      responses: { 201: { description: 'The application', schema: application } },
      handler: async (call) => {
        const made = await applications.create(call, call.body)
        return created(`/api/v1/applications/${made.id}`, made)
      },
    }),
    route({
      method: 'patch',
      path: '/applications/{id}',
      summary: 'Change an application',
      tag,
      ability: 'directory.write',
      params: idParams,
      body: updateApplicationBody,
      responses: { 200: { description: 'The application', schema: application } },
      handler: async (call) => ok(await applications.update(call, call.params.id, call.body)),
    }),
    route({
      method: 'delete',
      path: '/applications/{id}',
      summary: 'Delete an application',
      tag,
      ability: 'directory.write',
      params: idParams,
      responses: { 204: { description: 'Deleted' } },
      handler: async (call) => {
        await applications.delete(call, call.params.id)
        return noContent
      },
    }),
  ]
}
