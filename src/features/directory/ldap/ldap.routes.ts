/** Directory servers as sources: their settings, and their runs. */
import type { DbOrTx } from '../../../platform/db/columns.ts'
import { accepted, ok, type RouteDefinition, route } from '../../../platform/http/route.ts'
import { idParams } from '../../../platform/http/schemas.ts'
import type { SourceRow } from '../sources/sources.repository.ts'
import { type Ldap, settingsOf } from './ldap.commands.ts'
import { listRuns, type SourceRunRow } from './ldap.repository.ts'
import { ldapBody, ldapView, runBody, runResult, type SourceRunView, sourceRun } from './ldap.schemas.ts'

const tag = 'People sources'
const shown = 20

function present(row: SourceRunRow): SourceRunView {
  const { sourceId: _, cursor: __, result, ...run } = row
  return { ...run, result: result === null ? null : runResult.parse(result) }
}

export function ldapRoutes({ db, ldap }: { db: DbOrTx; ldap: Ldap }): RouteDefinition[] {
  const view = async (source: SourceRow) => ({
    settings: settingsOf(source),
    runs: (await listRuns(db, source.id, shown)).map(present),
  })
  return [
    route({
      method: 'get',
      path: '/people-sources/{id}/ldap',
      summary: 'How a directory server is read, and its last 20 runs, the newest first',
      tag,
      ability: 'sources.read',
      params: idParams,
      responses: { 200: { description: 'Settings and runs', schema: ldapView } },
      handler: async ({ params: { id } }) => ok(await view(await ldap.find(id))),
    }),
    route({
      method: 'put',
      path: '/people-sources/{id}/ldap',
      summary: 'Set up how a directory server is read',
      tag,
      ability: 'sources.write',
      fresh: true,
      params: idParams,
      body: ldapBody,
      responses: { 200: { description: 'Settings and runs', schema: ldapView } },
      handler: async (call) => ok(await view(await ldap.setUp(call, call.params.id, call.body))),
    }),
    route({
      method: 'post',
      path: '/people-sources/{id}/runs',
      summary: 'Read a directory server now, or see what would come of it',
      tag,
      ability: 'sources.write',
      params: idParams,
      body: runBody,
      responses: { 202: { description: 'The run, which has begun', schema: sourceRun } },
      handler: async (call) => accepted(present(await ldap.run(call, call.params.id, call.body))),
    }),
  ]
}
