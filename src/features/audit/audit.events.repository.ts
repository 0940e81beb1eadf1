/** Reads the audit log: newest first, by filter, in pages or as a whole. */
import { and, eq, gte, inArray, lte, sql } from 'drizzle-orm'
import type { DbOrTx } from '../../platform/db/columns.ts'
import { afterRow, containing, keyset, type Slice } from '../../platform/db/keyset.ts'
import type { EventFilters } from './audit.schemas.ts'
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

const exportPage = 1000

/** The order of the log's lists: by place in the chain. */
export const newestFirst = '-seq'

function initiatedBy(who: string) {
  if (!who.includes('@')) return eq(auditEvents.initiatedById, who)
  // The first condition is the one that an index serves.
  return and(
    sql`${auditEvents.searchText} like lower(${containing(who)})`,
    sql`lower(${auditEvents.initiatedByEmail}) = lower(${who})`,
  )
}

function matching(filters: EventFilters) {
  const { eventType, from, to, accessRequestId, q } = filters
  return and(
    eventType?.length ? inArray(auditEvents.eventType, eventType) : undefined,
    from ? gte(auditEvents.timestamp, from) : undefined,
    to ? lte(auditEvents.timestamp, to) : undefined,
    filters.initiatedBy ? initiatedBy(filters.initiatedBy) : undefined,
    accessRequestId ? eq(auditEvents.accessRequestId, accessRequestId) : undefined,
    q ? sql`${auditEvents.searchText} like lower(${containing(q)})` : undefined,
  )
}

/** Up to `limit` events of one page. */
export async function listEvents(db: DbOrTx, filters: EventFilters, { sort, after, limit }: Slice) {
  const page = keyset({ seq: auditEvents.seq }, null, { sort, after })
  return db
    .select(shown)
    .from(auditEvents)
    .where(and(matching(filters), page.where))
    .orderBy(...page.orderBy)
    .limit(limit)
}

export type AuditEventRow = Awaited<ReturnType<typeof listEvents>>[number]

export async function findEvent(db: DbOrTx, id: string): Promise<AuditEventRow | undefined> {
  const [event] = await db.select(shown).from(auditEvents).where(eq(auditEvents.id, id))
  return event
}

/** Every matching event; what is appended meanwhile is not among them. */
export async function* allEvents(db: DbOrTx, filters: EventFilters): AsyncGenerator<AuditEventRow> {
  let slice: Slice = { sort: newestFirst, limit: exportPage }
  for (;;) {
    const rows = await listEvents(db, filters, slice)
    yield* rows
    const last = rows.at(-1)
    if (!last || rows.length < exportPage) return
    slice = { ...slice, after: afterRow(last, newestFirst) }
  }
}
