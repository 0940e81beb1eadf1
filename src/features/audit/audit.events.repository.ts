/**
 * Reads the audit log: newest first, by filter, in pages or as a whole.
 *
 * Entries are added late at times (a signal that waited, a clock that runs behind): the order is when each happened, and its
 * place in the chain among those of one moment. A request has few events, which are found by its index. Other lists are read
 * in that order, of an initiator, of each type or of all; what else is asked for is looked for on the way.
 */
import { and, desc, eq, gte, inArray, lte, or, type SQL, sql } from 'drizzle-orm'
import { type DbOrTx, rowsOf } from '../../platform/db/columns.ts'
import { keyset, type Slice } from '../../platform/db/keyset.ts'
import { findOnTheWay, merged } from '../../platform/db/rare.ts'
import { inPortions } from '../../platform/db/snapshot.ts'
import type { EventFilters } from './audit.schemas.ts'
import { bySearch, foundByIndex, isText, searchedColumns } from './audit.search.repository.ts'
import { auditEvents } from './audit.table.ts'

const shown = {
  seq: auditEvents.seq,
  id: auditEvents.id,
  eventType: auditEvents.eventType,
  timestamp: auditEvents.timestamp,
  initiatedById: auditEvents.initiatedById,
  initiatedByType: auditEvents.initiatedByType,
  initiatedByEmail: auditEvents.initiatedByEmail,
  accessRequestId: auditEvents.accessRequestId,
  resourceType: auditEvents.resourceType,
  resourceId: auditEvents.resourceId,
  resourceName: auditEvents.resourceName,
  workflowId: auditEvents.workflowId,
  changes: auditEvents.changes,
  clientIp: auditEvents.clientIp,
  userAgent: auditEvents.userAgent,
  success: auditEvents.success,
  errorMessage: auditEvents.errorMessage,
  internalNote: auditEvents.internalNote,
}

/** The order of the log's lists. */
export const newestFirst = '-timestamp'
const order = [desc(auditEvents.timestamp), desc(auditEvents.seq)]
const newest = sql.join(order, sql`, `)

function byInitiator(who: string): SQL | undefined {
  return who.includes('@')
    ? isText(auditEvents.initiatedByEmail, sql`lower(${who})`)
    : eq(auditEvents.initiatedById, who)
}

/** The events in which it is looked for, as orders that an index has, and what else is asked for. */
function waysOf({ initiatedBy, eventType }: EventFilters): { ways: (SQL | undefined)[]; isOfType: SQL | undefined } {
  const types = eventType?.length ? [...new Set(eventType)] : undefined
  if (initiatedBy) return { ways: [byInitiator(initiatedBy)], isOfType: types && inArray(auditEvents.eventType, types) }
  return { ways: types?.map((type) => eq(auditEvents.eventType, type)) ?? [undefined], isOfType: undefined }
}

/** The part of the log that a page is read from. */
function partOf({ from, to }: EventFilters, { sort, after }: Pick<EventSlice, 'sort' | 'after'>): SQL {
  const { timestamp, seq } = auditEvents
  return (
    and(
      from ? gte(timestamp, from) : undefined,
      to ? lte(timestamp, to) : undefined,
      keyset({ timestamp }, seq, { sort, after }).where,
    ) ?? sql`true`
  )
}

/** Places in the chain of the events of one page, in order. */
async function placesOf(db: DbOrTx, filters: EventFilters, slice: EventSlice): Promise<string[]> {
  const { accessRequestId, q } = filters
  const { ways, isOfType } = waysOf(filters)
  const { limit, stretch } = slice
  const part = partOf(filters, slice)
  const search = bySearch(q ?? '')
  const newestAmong = async (found: SQL) => {
    const rows = await rowsOf<{ seq: string }>(
      db,
      sql`with found as materialized (${found}) select seq from found as audit_events order by ${newest} limit ${limit}`,
    )
    return rows.map(({ seq }) => seq)
  }
  const where = (...conditions: (SQL | undefined)[]) =>
    sql`select seq, timestamp from ${auditEvents} where ${and(or(...ways), isOfType, part, ...conditions)}`
  if (accessRequestId) return newestAmong(where(eq(auditEvents.accessRequestId, accessRequestId), search))
  const ofEach = ways.map(
    (way) => sql`select seq, timestamp, ${searchedColumns} from ${auditEvents} where ${and(way, part)}`,
  )
  const as = sql`audit_events`
  return findOnTheWay(
    db,
    {
      inOrder: (most) => merged(ofEach, { as, order: newest, limit: most }),
      as,
      isWanted: and(isOfType, search),
      key: sql`seq`,
      limit,
      byIndex: async () => {
        const isChosen = and(or(...ways), isOfType, part)
        return newestAmong(q ? await foundByIndex(db, { q, isChosen, order: newest, limit }) : where())
      },
    },
    stretch,
  )
}

interface EventSlice extends Slice {
  /** How many events are looked at on the way; tests shorten it. */
  stretch?: number | undefined
}

/** Up to `limit` events of one page. */
export async function listEvents(db: DbOrTx, filters: EventFilters, slice: EventSlice) {
  const places = await placesOf(db, filters, slice)
  return db
    .select(shown)
    .from(auditEvents)
    .where(sql`${auditEvents.seq} = any(${`{${places.join(',')}}`}::bigint[])`)
    .orderBy(...order)
}

export type AuditEventRow = Awaited<ReturnType<typeof listEvents>>[number]

export async function findEvent(db: DbOrTx, id: string): Promise<AuditEventRow | undefined> {
  const [event] = await db.select(shown).from(auditEvents).where(eq(auditEvents.id, id))
  return event
}

/** Every matching event, newest first, some at a time. @param tx a transaction of one snapshot */
export async function* allEvents(tx: DbOrTx, filters: EventFilters): AsyncIterable<AuditEventRow[]> {
  const { accessRequestId, q } = filters
  const { ways, isOfType } = waysOf(filters)
  const isChosen = and(
    or(...ways),
    isOfType,
    accessRequestId ? eq(auditEvents.accessRequestId, accessRequestId) : undefined,
    partOf(filters, { sort: newestFirst }),
  )
  const matching = q
    ? await foundByIndex(tx, { q, isChosen, order: newest, limit: null })
    : sql`select seq, timestamp from ${auditEvents} where ${isChosen}`
  const found = sql`select seq as id from (${matching}) as audit_events order by ${newest}`
  yield* inPortions(tx, found, (seqs: string[]) =>
    tx
      .select(shown)
      .from(auditEvents)
      .where(sql`${auditEvents.seq} = any(${`{${seqs.join(',')}}`}::bigint[])`)
      .orderBy(...order),
  )
}
