/** Directory Insights: who did what, when, from where. */

import { DomainError } from '../../domain/shared/errors.ts'
import type { DbOrTx } from '../../platform/db/columns.ts'
import { sendExport } from '../../platform/http/export-stream.ts'
import { presentPage, readPage } from '../../platform/http/page.ts'
import type { RouteDefinition } from '../../platform/http/route.ts'
import { ok, route } from '../../platform/http/route.ts'
import { idParams } from '../../platform/http/schemas.ts'
import type { AccessLog } from './access-log.ts'
import type { AuditEventRow } from './audit.events.repository.ts'
import { allEvents, findEvent, listEvents, newestFirst } from './audit.events.repository.ts'
import { eventColumns, flattenEvent, presentEvent } from './audit.presenter.ts'
import { auditEvent, auditEventsPage, eventsExportQuery, eventsQuery } from './audit.schemas.ts'

const tag = 'Directory Insights'

async function* exported(
  rows: AsyncIterable<AuditEventRow>,
  format: 'json' | 'csv',
): AsyncGenerator<Record<string, unknown>> {
  for await (const row of rows) {
    const event = presentEvent(row)
    yield format === 'csv' ? flattenEvent(event) : event
  }
}

export interface AuditRoutesDeps {
  db: DbOrTx
  accessLog: Pick<AccessLog, 'exported'>
}

export function auditRoutes({ db, accessLog }: AuditRoutesDeps): RouteDefinition[] {
  return [
    route({
      method: 'get',
      path: '/directory-insights/events',
      summary: 'Events, newest first',
      tag,
      ability: 'audit.read',
      query: eventsQuery,
      responses: { 200: { description: 'A page of events', schema: auditEventsPage } },
      handler: async ({ query: { limit, cursor, ...filters } }) => {
        const query = { sort: newestFirst, limit, cursor }
        return ok(presentPage(await readPage(query, (slice) => listEvents(db, filters, slice)), presentEvent))
      },
    }),
    route({
      method: 'get',
      path: '/directory-insights/events/export',
      summary: 'Every matching event as a file',
      tag,
      ability: 'audit.read',
      query: eventsExportQuery,
      fresh: true,
      responses: {
        200: { description: 'One JSON array, or CSV with a header row', contentType: ['application/json', 'text/csv'] },
      },
      handler: async (call) => {
        const { format, ...filters } = call.query
        await sendExport(call.res, {
          format,
          filename: `directory-insights-events.${format}`,
          columns: eventColumns,
          rows: exported(allEvents(db, filters), format),
          onEnd: (end) => accessLog.exported(call, { of: 'directory_insights_events', filters: call.query, ...end }),
        })
        return null
      },
    }),
    route({
      method: 'get',
      path: '/directory-insights/events/{id}',
      summary: 'An event',
      tag,
      ability: 'audit.read',
      params: idParams,
      responses: { 200: { description: 'The event', schema: auditEvent } },
      handler: async ({ params: { id } }) => {
        const found = await findEvent(db, id)
        if (!found) throw new DomainError('not_found', 'There is no such event.')
        return ok(presentEvent(found))
      },
    }),
  ]
}
