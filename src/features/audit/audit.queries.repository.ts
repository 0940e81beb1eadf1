/** Reads the audit log: newest first, by filter, in pages or as a whole. */
import { and, desc, eq, gte, inArray, lt, lte, sql } from 'drizzle-orm'
import type { DbOrTx } from '../../platform/db/columns.ts'
import { containing } from '../../platform/db/keyset.ts'
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

function initiatedBy(who: string) {
  if (!who.includes('@')) return eq(auditEvents.initiatedById, who)
  // The first condition is the one that an index serves.
  return and(
    sql`${auditEvents.searchText} like lower(${containing(who)})`,
    sql`lower(${auditEvents.initiatedByEmail}) = lower(${who})`,
  )
}

function matching(filters: EventFilters, before: number | undefined) {
  const { eventType, from, to, accessRequestId, q } = filters
  return and(
    eventType?.length ? inArray(auditEvents.eventType, eventType) : undefined,
    from ? gte(auditEvents.timestamp, from) : undefined,
    to ? lte(auditEvents.timestamp, to) : undefined,
    filters.initiatedBy ? initiatedBy(filters.initiatedBy) : undefined,
    accessRequestId ? eq(auditEvents.accessRequestId, accessRequestId) : undefined,
    q ? sql`${auditEvents.searchText} like lower(${containing(q)})` : undefined,
    before === undefined ? undefined : lt(auditEvents.seq, before),
  )
}

/** Up to `limit` events before `before` in the chain. */
export async function listEvents(
  db: DbOrTx,
  filters: EventFilters,
  { before, limit }: { before?: number | undefined; limit: number },
) {
  return db.select(shown).from(auditEvents).where(matching(filters, before)).orderBy(desc(auditEvents.seq)).limit(limit)
}

export type AuditEventRow = Awaited<ReturnType<typeof listEvents>>[number]

export async function findEvent(db: DbOrTx, id: string): Promise<AuditEventRow | undefined> {
  const [event] = await db.select(shown).from(auditEvents).where(eq(auditEvents.id, id))
  return event
}

/** Every matching event; what is appended meanwhile is not among them. */
export async function* allEvents(db: DbOrTx, filters: EventFilters): AsyncGenerator<AuditEventRow> {
  let before: number | undefined
  for (;;) {
    const rows = await listEvents(db, filters, { before, limit: exportPage })
    yield* rows
    const last = rows.at(-1)
    if (!last || rows.length < exportPage) return
    before = last.seq
  }
}
