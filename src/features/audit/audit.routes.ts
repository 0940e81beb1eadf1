/** Directory Insights: who did what, when, from where. */

import { DomainError } from '../../domain/shared/errors.ts'
import type { DbOrTx } from '../../platform/db/columns.ts'
import { csvName } from '../../platform/http/csv.ts'
import type { SendExport } from '../../platform/http/export-stream.ts'
import { presentPage, readPage } from '../../platform/http/page.ts'
import type { RouteDefinition } from '../../platform/http/route.ts'
import { ok, route } from '../../platform/http/route.ts'
import { idParams } from '../../platform/http/schemas.ts'
import type { AccessLog } from './access-log.ts'
import { allEvents, findEvent, listEvents, newestFirst } from './audit.events.repository.ts'
import { eventColumns, flattenEvent, presentEvent } from './audit.presenter.ts'
import { auditEvent, auditEventsPage, eventsExportQuery, eventsQuery } from './audit.schemas.ts'

const tag = 'Directory Insights'

export interface AuditRoutesDeps {
  db: DbOrTx
  sendExport: SendExport
  accessLog: Pick<AccessLog, 'exported'>
}

export function auditRoutes({ db, accessLog, sendExport }: AuditRoutesDeps): RouteDefinition[] {
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
        const query = { list: 'events', sort: newestFirst, limit, cursor }
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
        const { format, columns, language, timeZone, ...filters } = call.query
        const style = { columns, language, timeZone }
        const name = 'directory-insights-events'
        await sendExport(call.res, {
          format,
          filename: format === 'csv' ? csvName([name], style) : `${name}.json`,
          columns: eventColumns,
          style,
          read: async (tx, send) => {
            for await (const rows of allEvents(tx, filters)) {
              const events = rows.map(presentEvent)
              await send(format === 'csv' ? events.map(flattenEvent) : events)
            }
          },
          onEnd: (end) =>
            accessLog.exported(call, { of: 'directory_insights_events', filters: { ...filters, format }, ...end }),
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
