/** Reads matrix.md: who may call which route. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The kinds of callers that have a column. */
export const kinds = [
  'nobody',
  'invited',
  'plain',
  'requester',
  'approver',
  'former',
  'other',
  'admin',
  'asking',
] as const
export type Kind = (typeof kinds)[number]

/** `+`: let in, whatever becomes of the call then. */
export type Expected = '+' | '401' | '403' | '404'

export interface Row {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete'
  path: string
  /** The scope with which a token may do what its person may; `any`: every token; `none`: no token at all. */
  scope: string
  expected: Record<Kind, Expected>
}

/** @throws Error for a row that cannot be read */
export function readMatrix(): Row[] {
  const text = readFileSync(join(import.meta.dirname, 'matrix.md'), 'utf8')
  return text
    .split('\n')
    .filter((line) => /^\| (GET|POST|PUT|PATCH|DELETE) /.test(line))
    .map(readRow)
}

function readRow(line: string): Row {
  const [, route = '', scope = '', ...cells] = line.split('|').map((cell) => cell.trim())
  const [method = '', path = ''] = route.split(' ')
  const expected = Object.fromEntries(kinds.map((kind, index) => [kind, cells[index] ?? '']))
  const isRight = kinds.every((kind) => /^(\+|401|403|404)$/.test(expected[kind] ?? '')) && scope !== ''
  if (!isRight) throw new Error(`matrix.md: cannot read ${line}`)
  return { method: method.toLowerCase() as Row['method'], path, scope, expected: expected as Row['expected'] }
}
