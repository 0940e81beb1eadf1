/** Filters of SCIM as conditions in SQL. Attributes are those of a closed list; values are only ever parameters. */
import { type SQL, sql } from 'drizzle-orm'
import { badRequest } from './scim-error.ts'
import { attributeName, type Filter } from './scim-filter.ts'

/** How the values of an attribute are compared: texts without case unless they are exact. */
type Comparison = 'text' | 'exact' | 'boolean' | 'moment' | 'uuid'

export interface Column {
  is: Comparison
  sql: SQL
}

/** A list whose values have attributes of their own. */
export interface ListColumn {
  is: 'list'
  /** `from` clause of its values; may name the row that the filter is about. */
  from: SQL
  /** By the names of its parts; the one that is meant where none is named. */
  parts: Record<string, Column>
  usual: string
}

export type Columns = Record<string, Column | ListColumn>

const wordsOf = (op: string) =>
  new Map([
    ['eq', sql`=`],
    ['gt', sql`>`],
    ['ge', sql`>=`],
    ['lt', sql`<`],
    ['le', sql`<=`],
  ]).get(op)

type Condition = Extract<Filter, { value: unknown }>

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

function wrong(attribute: string, expected: string): never {
  throw badRequest('invalidFilter', `${attribute} is compared with ${expected}.`)
}

function textCondition(column: Column, { op, attribute, value }: Condition): SQL {
  if (typeof value !== 'string') return wrong(attribute, 'a text')
  const fold = (text: SQL) => (column.is === 'text' ? sql`lower(${text})` : text)
  const [left, right] = [fold(column.sql), fold(sql`${value}::text`)]
  if (op === 'co') return sql`strpos(${left}, ${right}) > 0`
  if (op === 'sw') return sql`starts_with(${left}, ${right})`
  if (op === 'ew') return sql`right(${left}, length(${right})) = ${right}`
  // Byte by byte, as every other program orders them.
  const collated = op === 'eq' ? sql`` : sql` collate "C"`
  return sql`${left} ${wordsOf(op)} ${right}${collated}`
}

/** Most filters ask for one address or id: by index. */
function uuidCondition(column: Column, condition: Condition): SQL {
  const { op, value } = condition
  if (op === 'eq' && typeof value === 'string')
    return uuid.test(value) ? sql`${column.sql} = ${value}::uuid` : sql`false`
  return textCondition({ is: 'exact', sql: sql`${column.sql}::text` }, condition)
}

function booleanCondition(column: Column, { op, attribute, value }: Condition): SQL {
  const truth = typeof value === 'string' ? value.toLowerCase() : String(value)
  if (truth !== 'true' && truth !== 'false') return wrong(attribute, 'true or false')
  if (op !== 'eq') throw badRequest('invalidFilter', `${op} does not go with ${attribute}.`)
  return truth === 'true' ? column.sql : sql`not ${column.sql}`
}

/** In UTC; undefined for what is no moment of the years 1 to 9999, such as 30 February. */
function momentOf(value: string): string | undefined {
  const [, day] = /^(\d{4}-\d\d-\d\d)([T ].{1,40})?$/.exec(value) ?? []
  if (day === undefined || !isDay(day)) return undefined
  const time = Date.parse(value)
  const moment = Number.isNaN(time) ? '' : new Date(time).toISOString()
  // Of other years, or moved there by their offset, which Postgres reads otherwise.
  return /^\d{4}-/.test(moment) && !moment.startsWith('0000') ? moment : undefined
}

/** JavaScript takes 30 February for 2 March. */
function isDay(day: string): boolean {
  const time = Date.parse(`${day}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day)
}

function momentCondition(column: Column, { op, attribute, value }: Condition): SQL {
  const moment = typeof value === 'string' ? momentOf(value) : undefined
  if (moment === undefined) return wrong(attribute, 'a time such as 2026-01-31T09:00:00Z')
  const word = wordsOf(op)
  if (!word) throw badRequest('invalidFilter', `${op} does not go with ${attribute}.`)
  return sql`${column.sql} ${word} ${moment}::timestamptz`
}

const conditions = {
  text: textCondition,
  exact: textCondition,
  uuid: uuidCondition,
  boolean: booleanCondition,
  moment: momentCondition,
}

/** Never unknown: what is not there is equal to nothing, and different from everything. */
function conditionOn(column: Column, condition: Condition): SQL {
  const { op, value } = condition
  if (value === null) {
    if (op === 'eq') return sql`${column.sql} is null`
    if (op === 'ne') return sql`${column.sql} is not null`
    return wrong(condition.attribute, 'a value')
  }
  if (op === 'ne') return sql`not ${conditionOn(column, { ...condition, op: 'eq' })}`
  return sql`coalesce(${conditions[column.is](column, condition)}, false)`
}

function isPresent({ is, sql: column }: Column): SQL {
  return is === 'text' || is === 'exact' ? sql`coalesce(${column} <> '', false)` : sql`${column} is not null`
}

/** Of the columns themselves: every object has a `constructor`. */
function named(columns: Columns, name: string): Column | ListColumn | undefined {
  return Object.hasOwn(columns, name) ? columns[name] : undefined
}

function columnOf(columns: Columns, attribute: string): Column | ListColumn {
  const column = named(columns, attribute)
  if (!column) throw badRequest('invalidFilter', `Nothing can be found by ${attribute.slice(0, 100)}.`)
  return column
}

function some({ from }: ListColumn, condition: SQL): SQL {
  return sql`exists (select 1 from ${from} where ${condition})`
}

/** An attribute of the row, or of one of the values of a list: `emails.value`, or `emails` for what is usual. */
function leaf(columns: Columns, attribute: string, toSql: (column: Column) => SQL): SQL {
  const [list = '', part] = attribute.split('.')
  const found = named(columns, list)
  if (found?.is !== 'list') {
    const column = columnOf(columns, attribute)
    return column.is === 'list' ? sql`false` : toSql(column)
  }
  const column = columnOf(found.parts, part ?? found.usual)
  return column.is === 'list' ? sql`false` : some(found, toSql(column))
}

/** @throws ScimError 400 `invalidFilter` for an attribute that is not of the columns, or a value that does not go with it */
export function conditionOf(filter: Filter, columns: Columns): SQL {
  switch (filter.op) {
    case 'and':
    case 'or': {
      const word = filter.op === 'and' ? sql` and ` : sql` or `
      return sql`(${sql.join(
        filter.filters.map((one) => conditionOf(one, columns)),
        word,
      )})`
    }
    case 'not':
      return sql`not (${conditionOf(filter.filter, columns)})`
    case 'some': {
      const list = columnOf(columns, filter.attribute)
      if (list.is !== 'list') throw badRequest('invalidFilter', `${filter.attribute} is no list.`)
      return some(list, conditionOf(filter.filter, list.parts))
    }
    case 'pr': {
      const list = named(columns, filter.attribute)
      if (list?.is === 'list') return some(list, sql`true`)
      return leaf(columns, filter.attribute, isPresent)
    }
    default:
      return leaf(columns, filter.attribute, (column) => conditionOn(column, filter))
  }
}

/** What to sort by: one value a row. @throws ScimError 400 `invalidPath` */
function sortedBy(columns: Columns, path: string): SQL {
  const column = named(columns, attributeName(path))
  if (!column || column.is === 'list')
    throw badRequest('invalidPath', `Nothing can be sorted by ${path.slice(0, 100)}.`)
  return column.is === 'text' ? sql`lower(${column.sql})` : column.sql
}

/** A search, and which of its rows. */
export interface Search {
  filter?: Filter | undefined
  sort?: { by: string; isDescending: boolean } | undefined
  /** How many are left out before the first one. */
  offset: number
  limit: number
}

/** What a search sorts by, and then the last ones. @throws ScimError 400 `invalidPath` */
export function orderOf(columns: Columns, { sort }: Search, ...last: SQL[]): SQL[] {
  if (!sort) return last
  const by = sortedBy(columns, sort.by)
  return [sort.isDescending ? sql`${by} desc nulls last` : sql`${by} asc nulls last`, ...last]
}
