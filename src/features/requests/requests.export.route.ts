/** Every request of the queue as a file, and the entry that it leaves. */

import type { Operation } from '../../domain/operation.ts'
import type { DbOrTx } from '../../platform/db/columns.ts'
import { sendExport } from '../../platform/http/export-stream.ts'
import type { RouteDefinition } from '../../platform/http/route.ts'
import { route } from '../../platform/http/route.ts'
import { wholeQueue } from './queue.repository.ts'
import { exportColumns, exportRow } from './requests.export.ts'
import { presentRequest } from './requests.presenter.ts'
import { exportQuery } from './requests.schemas.ts'

/** Writes down that requests were exported. */
export type RecordExport = (
  operation: Operation,
  exported: { of: string; filters: Record<string, unknown>; rows: number; isWhole: boolean },
) => Promise<void>

export interface ExportDeps {
  db: DbOrTx
  workflowsUrl: string | null
  recordExport: RecordExport
}

type Presented = ReturnType<typeof presentRequest>

/** A file has no caller to whom abilities belong. */
function exportJson(request: Presented): Record<string, unknown> {
  const { abilities, ...presented } = request
  void abilities
  return presented
}

export function exportRoute({ db, workflowsUrl, recordExport }: ExportDeps): RouteDefinition {
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
      const { format, sort, ...filter } = call.query
      const rows = (async function* () {
        for await (const entry of wholeQueue(db, filter, sort)) {
          const presented = presentRequest(entry, { actor, workflowsUrl, exposeProgress: true })
          yield format === 'csv' ? exportRow(presented) : exportJson(presented)
        }
      })()
      await sendExport(res, {
        format,
        filename: `access-requests.${format}`,
        columns: exportColumns,
        rows,
        onEnd: (end) => recordExport(call, { of: 'access_requests', filters: call.query, ...end }),
      })
      return null
    },
  })
}
