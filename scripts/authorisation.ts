/** Finds routes without a row in test/authorisation/matrix.md, and rows without a route. */
import { readMatrix } from '../test/authorisation/matrix.ts'
import { routeTable } from './lib/route-table.ts'

const named = ({ method, path }: { method: string; path: string }) => `${method.toUpperCase()} ${path}`
const routes = (await routeTable()).map(named)
const rows = readMatrix().map(named)
const wrong = [
  ...routes.filter((route) => !rows.includes(route)).map((route) => `${route} has no row: say who may call it`),
  ...rows.filter((row) => !routes.includes(row)).map((row) => `${row} is no route any more`),
  ...rows.filter((row, index) => rows.indexOf(row) !== index).map((row) => `${row} has two rows`),
]
for (const line of wrong) process.stderr.write(`test/authorisation/matrix.md: ${line}\n`)
process.exit(wrong.length > 0 ? 1 : 0)
