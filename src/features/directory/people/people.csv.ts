/** Reads people from a CSV file, as spreadsheets and other programs write one. */
import { CsvError } from 'csv-parse'
import { parse } from 'csv-parse/sync'
import type { z } from 'zod'
import type { IncomingPerson, RefusedLine } from '../../../domain/directory/plan.ts'
import { type FieldProblem, fieldProblem } from '../../../domain/shared/field-errors.ts'
import { check } from '../../../platform/http/parse.ts'
import { emailAddress, line } from '../../../platform/http/schemas.ts'
import { columnOf, type PeopleColumn, peopleColumns, splitGroups, stateOf, unguarded } from './people.columns.ts'
import { textOf, wrongFile } from './people.text.ts'

/** More people go in several files: each is one transaction. */
export const mostLines = 20_000

const mostGroups = 100

/** In a cell: empties the field. An empty cell leaves it as it is. */
const clearing = '-'

interface Record {
  /** Of the file, where the record begins; the header is in line 1. */
  line: number
  cells: string[]
}

export interface PeopleFile {
  people: IncomingPerson[]
  refused: RefusedLine[]
}

/** What is written before the header by Excel, to say what separates the cells. */
const separatorLine = /^sep=([,;|\t])\r?\n/i

const separators = [',', ';', '\t'] as const

/** The one by which the first record has the most columns that are known. */
function separatorOf(text: string): string {
  const named = separatorLine.exec(text)?.[1]
  if (named) return named
  const known = separators.map((separator) => knownColumns(text, separator))
  return separators[known.indexOf(Math.max(...known))] ?? ','
}

function knownColumns(text: string, separator: string): number {
  try {
    const [header] = recordsOf(text, separator, 1)
    return header?.cells.filter((cell) => columnOf(cell)).length ?? 0
  } catch {
    // Quoted cells are none where another sign separates them.
    return 0
  }
}

function recordsOf(text: string, separator: string, most = mostLines + 2): Record[] {
  const skipped = separatorLine.test(text) ? 1 : 0
  const records: Record[] = []
  parse(text.replace(separatorLine, ''), {
    delimiter: separator,
    to: most,
    skip_empty_lines: true,
    relax_column_count: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    on_record(cells: string[], { lines }) {
      const within = cells.reduce((sum, cell) => sum + (cell.match(/\r\n|\n|\r/g)?.length ?? 0), 0)
      records.push({ line: lines - within + skipped, cells })
      return null
    },
  })
  return records
}

function read(text: string): Record[] {
  try {
    return recordsOf(text, separatorOf(text))
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const at = Number(error['lines'])
    const message = `The file cannot be read as CSV. In line ${at}, or before it, a cell begins or ends with a quotation mark and has no second one: quote the whole cell, and write quotation marks in it twice.`
    throw wrongFile(message, { reason: 'not_closed', line: at }, error)
  }
}

/** @throws DomainError `invalid_input` that names columns that nobody knows, stand there twice or are missing */
function columnsOf(header: Record | undefined): PeopleColumn[] {
  const headings = header?.cells.map((cell) => cell.trim()) ?? []
  if (headings.every((heading) => heading === '')) throw wrongFile('The file is empty.', { reason: 'empty' })
  const columns = headings.map(columnOf)
  const take = peopleColumns.map(({ words }) => words.en).join(', ')
  if (columns.every((column) => column === undefined))
    throw wrongFile(`The first line names none of the columns. They are: ${take}.`, { reason: 'no_columns' })
  const unknown = headings.filter((_, at) => columns[at] === undefined).map(shortened)
  if (unknown.length > 0) {
    const message = `The file has columns that are not known: ${unknown.join(', ')}. Remove or rename them: ${take}.`
    throw wrongFile(message, { reason: 'unknown_columns', names: unknown })
  }
  const known = columns.filter((column) => column !== undefined)
  const twice = known.find((column, at) => known.indexOf(column) !== at)
  if (twice)
    throw wrongFile(`The column ${wordOf(twice)} is there more than once.`, {
      reason: 'column_twice',
      name: wordOf(twice),
    })
  if (!known.includes('email'))
    throw wrongFile('The column Email is missing: people are known by their address.', { reason: 'no_email' })
  return known
}

const wordOf = (column: PeopleColumn) => peopleColumns.find(({ code }) => code === column)?.words.en ?? column
const shortened = (heading: string) => (heading === '' ? '(without a name)' : `“${heading.slice(0, 60)}”`)

const tooManyGroups = fieldProblem('too_many', `must be at most ${mostGroups}`, { maximum: mostGroups })
const unknownState = fieldProblem('not_one_of', 'must be one of: staged, activated, suspended', {
  allowed: ['staged', 'activated', 'suspended'],
})
const required = fieldProblem('required', 'is required')
const tooManyCells = fieldProblem(
  'unknown_field',
  'has more cells than there are columns: quote cells that have the separator in them',
)

const lineSchema = line()

/** What cells say of a person: a field that is not given stays as it is, null empties it. */
type Values = Omit<IncomingPerson, 'line' | 'key' | 'manager'> & { managerEmail?: string | null }
type Reading = { values: Values } | { problems: readonly FieldProblem[] }

function checked(schema: z.ZodType<string>, cell: string, asValues: (value: string) => Values): Reading {
  const { value, errors } = check(schema, cell)
  return errors.length > 0 ? { problems: errors } : { values: asValues(value) }
}

/** How a cell of each column is read that is not empty. */
const readers: { [Column in PeopleColumn]: (cell: string) => Reading } = {
  name: (cell) => checked(lineSchema, cell, (name) => ({ name })),
  email: (cell) => checked(emailAddress, cell, (email) => ({ email })),
  managerEmail: (cell) => checked(emailAddress, cell, (managerEmail) => ({ managerEmail })),
  department: (cell) => checked(lineSchema, cell, (department) => ({ department })),
  jobTitle: (cell) => checked(lineSchema, cell, (jobTitle) => ({ jobTitle })),
  state(cell) {
    const state = stateOf(cell)
    return state ? { values: { state } } : { problems: [unknownState] }
  },
  groups(cell) {
    const groups = splitGroups(cell)
    return groups.length > mostGroups ? { problems: [tooManyGroups] } : { values: { groups } }
  },
}

const cleared: { readonly [Column in PeopleColumn]?: Values } = {
  managerEmail: { managerEmail: null },
  department: { department: null },
  jobTitle: { jobTitle: null },
  groups: { groups: null },
}

/** A guarded `-` is that text; undefined for an empty cell. */
function readingOf(column: PeopleColumn, cell: string): Reading | undefined {
  const values = cell.trim() === clearing ? cleared[column] : undefined
  if (values) return { values }
  const text = unguarded(cell).trim()
  return text === '' ? undefined : readers[column](text)
}

function personOf({ line, cells }: Record, columns: readonly PeopleColumn[]) {
  const refused: RefusedLine[] = []
  const refuseCell = (path: string, problem: FieldProblem) => void refused.push({ ...problem, line, path, email: null })
  let values: Values = {}
  if (cells.slice(columns.length).some((cell) => cell.trim() !== '')) refuseCell('', tooManyCells)
  for (const [at, column] of columns.entries()) {
    const reading = readingOf(column, cells[at] ?? '')
    if (reading === undefined) continue
    if ('values' in reading) values = { ...values, ...reading.values }
    else for (const problem of reading.problems) refuseCell(column, problem)
  }
  if (!values.email && refused.every(({ path }) => path !== 'email')) refuseCell('email', required)
  const { email = null } = values
  return { person: incoming(line, values), refused: refused.map((one) => ({ ...one, email })) }
}

/** Undefined without an address: nobody knows who is meant. */
function incoming(line: number, { managerEmail, ...values }: Values): IncomingPerson | undefined {
  if (!values.email) return undefined
  const manager = typeof managerEmail === 'string' ? keyOf(managerEmail) : managerEmail
  return { line, key: keyOf(values.email), ...values, manager }
}

/** People of a file are known by their address, in whatever case it is written. */
export const keyOf = (email: string): string => email.toLowerCase()

/**
 * Everybody in the file, with what is wrong in single lines. Those without a usable address are only among the refused.
 * @throws DomainError `invalid_input` for what is no CSV of people; `payload_too_large` for too many lines
 */
export function readPeopleFile(bytes: Buffer): PeopleFile {
  const [header, ...records] = read(textOf(bytes))
  const columns = columnsOf(header)
  if (records.length === 0)
    throw wrongFile('The file has no line but the one that names the columns.', { reason: 'no_people' })
  if (records.length > mostLines)
    throw wrongFile(`The file has more than ${mostLines} people. Split it into several.`, {
      reason: 'too_many',
      maximum: mostLines,
    })
  const found = records.map((record) => personOf(record, columns))
  return {
    people: found.flatMap(({ person }) => person ?? []),
    refused: found.flatMap(({ refused }) => refused),
  }
}
