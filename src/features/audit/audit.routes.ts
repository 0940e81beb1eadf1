/** Directory Insights: who did what, when, from where. */

import { DomainError } from '../../domain/shared/errors.ts'
import type { DbOrTx } from '../../platform/db/columns.ts'
import { decodeCursor, notACursor } from '../../platform/http/cursor.ts'
import { sendExport } from '../../platform/http/export-stream.ts'
import { toPage } from '../../platform/http/page.ts'
import type { RouteDefinition } from '../../platform/http/route.ts'
import { ok, route } from '../../platform/http/route.ts'
import { idParams } from '../../platform/http/schemas.ts'
import type { AccessLog } from './access-log.ts'
import { eventColumns, flattenEvent, presentEvent } from './audit.presenter.ts'
import type { AuditEventRow } from './audit.queries.repository.ts'
import { allEvents, findEvent, listEvents } from './audit.queries.repository.ts'
import { auditEvent, auditEventsPage, eventsExportQuery, eventsQuery } from './audit.schemas.ts'

const tag = 'Directory Insights'
const sort = '-seq'

/** Place in the chain after which the page begins. */
function startOf(cursor: string | undefined): number | undefined {
  const value = decodeCursor(sort, cursor)?.value
  if (value === undefined) return undefined
  if (!Number.isSafeInteger(value)) throw notACursor()
  return value as number
}

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
        const rows = await listEvents(db, filters, { before: startOf(cursor), limit: limit + 1 })
        return ok(toPage(rows, { limit, sort, cursorOf: ({ seq, id }) => ({ value: seq, id }), present: presentEvent }))
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
