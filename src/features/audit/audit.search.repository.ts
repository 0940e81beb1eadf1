/**
 * What is searched for in the audit log: whether an event has a word, and which have it by the indexes of the log.
 *
 * A word may be in a text of the event, its type, the internal note, the beginning of its request's id, or the name or address
 * of somebody whom it concerns: who did it, to whom it was done, whose request it is of.
 */
import { and, inArray, isNotNull, or, type SQL, sql } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import { auditEventTypes } from '../../domain/audit-entry.ts'
import type { DbOrTx } from '../../platform/db/columns.ts'
import { folded, hasWord, isBeginningOfId, rarestOf, wordsOf } from '../../platform/db/search.ts'
import { users } from '../directory/users/users.table.ts'
import { accessRequests } from '../requests/requests.table.ts'
import { auditEvents, auditTexts, concernedUser, mayConcernUser, searched } from './audit.table.ts'

const textColumns = [auditEvents.initiatedByEmail, auditEvents.resourceName, auditEvents.errorMessage]

const isInNote = (word: string) =>
  and(isNotNull(auditEvents.internalNote), hasWord(folded(auditEvents.internalNote), word))

/** Whether a text of an event is this one, with the condition of its index. */
export const isText = (column: AnyPgColumn, text: SQL) => and(sql`${searched(column)} = ${text}`, isNotNull(column))

/** Columns that a search asks of a row. */
export const searchedColumns = sql.raw(
  'event_type, initiated_by_id, initiated_by_email, access_request_id, resource_type, resource_id, resource_name, error_message, internal_note, changes',
)

const textsWith = (word: string) => sql`select text from ${auditTexts} where ${hasWord(auditTexts.folded, word)}`
const peopleWith = (word: string) => sql`select ${users.id} from ${users} where ${hasWord(users.personText, word)}`
const namedLike = (word: string) =>
  sql`${textsWith(word)} union all select id::text from (${peopleWith(word)}) as people`

/** As with other text, one or two letters are the beginning of a word. */
function typesWith(word: string) {
  const text = word.toLowerCase()
  return auditEventTypes.filter((type) => (text.length > 2 ? type.includes(text) : `_${type}`.includes(`_${text}`)))
}

/** Whether an event has the word, for rows that are looked at one by one: what is called so is listed once. */
function hasSearched(word: string): SQL | undefined {
  const { initiatedByEmail, resourceName, errorMessage, initiatedById, accessRequestId } = auditEvents
  const texts = [initiatedByEmail, resourceName, errorMessage].map(searched)
  const requester = sql`(select requester_id from ${accessRequests} where ${accessRequests.id} = ${accessRequestId})`
  const values = [...texts, sql`${initiatedById}::text`, concernedUser(auditEvents), sql`${requester}::text`]
  return or(
    inArray(auditEvents.eventType, typesWith(word)),
    isBeginningOfId(accessRequestId, word),
    isInNote(word),
    sql`(select bool_or(one.value in (${namedLike(word)})) from unnest(array[${sql.join(values, sql`, `)}]) as one(value))`,
  )
}

/** Whether an event has every word of `q`. */
export function bySearch(q: string): SQL | undefined {
  return and(...wordsOf(q).map(hasSearched))
}

/** How often a word is met: types are met in very many events. */
const foundBy = (word: string) =>
  typesWith(word).length > 0 ? sql`select from ${auditEvents}` : sql`select from (${namedLike(word)}) as named`

interface Chosen {
  q: string
  /** What else is asked for. */
  isChosen: SQL | undefined
  order: SQL
  /** How many of the first in that order are wanted; all when it is null. */
  limit: number | null
}

/** A query for the first events in that order that have every word of `q`: those that have the rarest, by indexes, and of them those with the others. */
export async function foundByIndex(db: DbOrTx, { q, isChosen, order, limit }: Chosen): Promise<SQL> {
  const words = wordsOf(q)
  const word = await rarestOf(db, words, foundBy)
  const isWanted = and(isChosen, ...words.filter((other) => other !== word).map(hasSearched))
  const events = (has: SQL | undefined) => sql`select seq, timestamp from ${auditEvents} where ${and(has, isWanted)}`
  const eventsOf = (values: SQL, has: SQL | undefined) => sql`select e.seq, e.timestamp from (${values}) as one(value)
    cross join lateral (${events(has)} order by ${order} limit ${limit}) as e`
  const one = sql`one.value`
  const ofRequest = isBeginningOfId(auditEvents.accessRequestId, word)
  const requests = sql`select ${accessRequests.id} from ${accessRequests} where ${accessRequests.requesterId} in (select id from people)`
  const parts = [
    ...textColumns.map((column) => eventsOf(sql`select text from texts`, isText(column, one))),
    eventsOf(sql`select unnest(${`{${typesWith(word).join(',')}}`}::text[])`, sql`${auditEvents.eventType} = ${one}`),
    ...(ofRequest ? [events(ofRequest)] : []),
    events(isInNote(word)),
    eventsOf(sql`select id from people`, sql`${auditEvents.initiatedById} = ${one}`),
    eventsOf(sql`select id::text from people`, and(mayConcernUser, sql`${concernedUser(auditEvents)} = ${one}`)),
    eventsOf(requests, sql`${auditEvents.accessRequestId} = ${one}`),
  ]
  return sql`with texts as materialized (${textsWith(word)}), people as materialized (${peopleWith(word)})
    ${sql.join(parts, sql` union `)}`
}
