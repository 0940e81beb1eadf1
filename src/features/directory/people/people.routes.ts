/** People as a file: in, out, and a template for it. */
import type { Operation } from '../../../domain/operation.ts'
import type { DbOrTx } from '../../../platform/db/columns.ts'
import { csvName } from '../../../platform/http/csv.ts'
import type { SendExport } from '../../../platform/http/export-stream.ts'
import { progressOf } from '../../../platform/http/progress.ts'
import type { RouteDefinition } from '../../../platform/http/route.ts'
import { ok, route } from '../../../platform/http/route.ts'
import { fileBody } from '../../../platform/http/schemas.ts'
import { guard, joinGroups, peopleColumns } from './people.columns.ts'
import { readPeopleFile } from './people.csv.ts'
import type { PeopleImport } from './people.import.commands.ts'
import { presentCounts, presentPreview } from './people.presenter.ts'
import { type ExportedPerson, everybody } from './people.repository.ts'
import { imported, importQuery, peopleExportQuery } from './people.schemas.ts'

export interface PeopleRoutesDeps {
  peopleImport: PeopleImport
  sendExport: SendExport
  /** Writes down that people were exported. */
  recordExport: (
    operation: Operation,
    exported: { of: string; filters: Record<string, unknown>; rows: number; isWhole: boolean },
  ) => Promise<void>
}

const tag = 'Users'

/** Bytes; 20,000 people with every column have about 4 MB. */
const largestFile = 10_000_000
/** Milliseconds: the largest file takes a part of it. */
const longest = 55_000

const portion = 1000

export function peopleRoutes(deps: PeopleRoutesDeps): RouteDefinition[] {
  return [importRoute(deps), exportRoute(deps)]
}

function importRoute({ peopleImport }: PeopleRoutesDeps): RouteDefinition {
  return route({
    method: 'post',
    path: '/users/import',
    summary: 'Create and change the people of a CSV file: all of them, or none when a line is refused',
    tag,
    ability: 'directory.write',
    query: importQuery,
    body: fileBody,
    file: { contentType: 'text/csv', limitBytes: largestFile },
    limitMs: longest,
    responses: {
      200: {
        description:
          'What came of the file; of a dry run: what would. With `Accept: application/x-ndjson` a line of JSON for each step of progress (`{"done", "of"}`), and at the end one with `status` and `body` of this answer',
        schema: imported,
      },
    },
    handler: async (call) => {
      const file = readPeopleFile(call.body)
      if (call.query.dryRun) return ok(presentPreview(await peopleImport.preview(call, file)))
      const tell = progressOf(call.req, call.res)
      const of = file.people.length
      tell({ done: 0, of })
      return ok(presentCounts(await peopleImport.carryOut(call, file, (done) => tell({ done, of }))))
    },
  })
}

/** Nobody of this name works anywhere. */
const example: ExportedPerson = {
  name: 'Ada Example',
  email: 'ada@example.com',
  managerEmail: 'boss@example.com',
  department: 'Engineering',
  jobTitle: 'Analyst',
  state: 'activated',
  groups: ['Example group', 'Another group'],
}

function rowOf({ groups, ...person }: ExportedPerson): object {
  const cells = Object.entries({ ...person, groups: joinGroups(groups) })
  return Object.fromEntries(cells.map(([column, text]) => [column, text && guard(text)]))
}

async function sendEverybody(tx: DbOrTx, send: (rows: object[]) => Promise<void>): Promise<void> {
  for await (const people of everybody(tx, portion)) await send(people.map(rowOf))
}

function exportRoute({ sendExport, recordExport }: PeopleRoutesDeps): RouteDefinition {
  return route({
    method: 'get',
    path: '/users/export',
    summary: 'Everybody of the directory as a CSV file, as POST /users/import takes it; or a template for one',
    tag,
    ability: 'directory.read',
    query: peopleExportQuery,
    responses: { 200: { description: 'CSV with a header row', contentType: 'text/csv' } },
    handler: async (call) => {
      const { template, ...style } = call.query
      await sendExport(call.res, {
        format: 'csv',
        filename: template ? 'users-template.csv' : csvName(['users'], style),
        columns: peopleColumns,
        style,
        read: (tx, send) => (template ? send([rowOf(example)]) : sendEverybody(tx, send)),
        onEnd: async (end) => {
          if (!template) await recordExport(call, { of: 'users', filters: {}, ...end })
        },
      })
      return null
    },
  })
}
