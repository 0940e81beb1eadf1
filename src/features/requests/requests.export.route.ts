/** Every request of the queue as a file, and the entry that it leaves. */

import type { Operation } from '../../domain/operation.ts'
import { csvName } from '../../platform/http/csv.ts'
import type { SendExport } from '../../platform/http/export-stream.ts'
import type { RouteDefinition } from '../../platform/http/route.ts'
import { route } from '../../platform/http/route.ts'
import { wholeQueue } from './queue.repository.ts'
import { exportColumns, exportRow } from './requests.export.ts'
import { describeRequest } from './requests.presenter.ts'
import { exportQuery, type RequestFilter } from './requests.schemas.ts'

/** Writes down that requests were exported. */
export type RecordExport = (
  operation: Operation,
  exported: { of: string; filters: Record<string, unknown>; rows: number; isWhole: boolean },
) => Promise<void>

export interface ExportDeps {
  sendExport: SendExport
  workflowsUrl: string | null
  recordExport: RecordExport
}

/** Tab and status, when there is one, for the name of the file. */
function shownOf({ queue, status = [] }: RequestFilter): string[] {
  return [...(queue ? [queue] : []), ...(status.length === 1 ? status : [])]
}

export function exportRoute({ sendExport, workflowsUrl, recordExport }: ExportDeps): RouteDefinition {
  return route({
    method: 'get',
    path: '/access-requests/export',
    summary: 'Every matching request as a file',
    tag: 'Access requests',
    ability: 'queue.read',
    query: exportQuery,
    responses: {
      200: { description: 'One JSON array, or CSV with a header row', contentType: ['text/csv', 'application/json'] },
    },
    handler: async (call) => {
      const { actor, res } = call
      const { format, sort, columns, language, timeZone, ...filter } = call.query
      const style = { columns, language, timeZone }
      const presentation = { actor, workflowsUrl, exposeProgress: true }
      await sendExport(res, {
        format,
        filename: format === 'csv' ? csvName(['requests', ...shownOf(filter)], style) : 'access-requests.json',
        columns: exportColumns,
        style,
        read: async (tx, send) => {
          for await (const entries of wholeQueue(tx, filter, sort)) {
            const requests = entries.map((entry) => describeRequest(entry, presentation))
            await send(format === 'csv' ? requests.map(exportRow) : requests)
          }
        },
        onEnd: (end) => recordExport(call, { of: 'access_requests', filters: { ...filter, sort, format }, ...end }),
      })
      return null
    },
  })
}
