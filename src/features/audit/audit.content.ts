/**
 * The row of an entry, in the very form in which Postgres gives it back: the hash is made over it before it is
 * written and checked after it was read. What Postgres refuses is replaced, since no event may be lost for its text.
 */

import { v7 as uuidv7 } from 'uuid'
import type { AuditChange, AuditEntry } from '../../domain/audit-entry.ts'
import { isIpAddress } from '../../domain/shared/ip-address.ts'
import { isLowerCaseUuid } from '../../domain/shared/uuid.ts'
import type { auditEvents } from './audit.table.ts'

type Content = Omit<typeof auditEvents.$inferInsert, 'seq' | 'hash' | 'previousHash'> & { changes: AuditChange[] }

// oxlint-disable-next-line no-control-regex -- NUL is one of the two things that Postgres refuses in a text
const refusedByPostgres = /\u0000|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g
const earliest = Date.UTC(1970, 0, 1)
const latest = Date.UTC(9999, 11, 31)

function textOf(value: string): string {
  return value.replaceAll(refusedByPostgres, '\ufffd')
}

function textOrNull(value: string | null | undefined): string | null {
  return value === null || value === undefined ? null : textOf(value)
}

function uuidOrNull(value: string | null | undefined): string | null {
  const id = value?.toLowerCase() ?? ''
  return isLowerCaseUuid(id) ? id : null
}

function addressOrNull(value: string | undefined): string | null {
  return value !== undefined && isIpAddress(value) ? value : null
}

/** With milliseconds; a leap second counts as the second before it, and what is no time at all as now. */
function instantOf(value: string): string {
  const time = Date.parse(value.toUpperCase().replace(/:60(?=[.Z+-])/, ':59'))
  return new Date(Number.isNaN(time) ? Date.now() : Math.min(Math.max(time, earliest), latest)).toISOString()
}

function storable(value: unknown): unknown {
  if (typeof value === 'string') return textOf(value)
  if (Array.isArray(value)) return value.map(storable)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [textOf(key), storable(one)]))
}

/** As JSON leaves it: no `undefined`, no `-0`, no number without end. */
function jsonOf(changes: AuditChange[]): AuditChange[] {
  const json = JSON.stringify(changes, (_key, value) => (typeof value === 'bigint' ? String(value) : value))
  return storable(JSON.parse(json)) as AuditChange[]
}

type Searched = Pick<
  typeof auditEvents.$inferSelect,
  'eventType' | 'initiatedByEmail' | 'resourceName' | 'accessRequestId' | 'errorMessage'
>

/** What older rows were found by: made of their other columns. */
export function searchTextOf(row: Searched): string {
  const parts = [row.eventType, row.initiatedByEmail, row.resourceName, row.accessRequestId, row.errorMessage]
  return parts.filter(Boolean).join(' ').toLowerCase()
}

/** A person's decision that did not come through our own API says so. */
function initiatorOf({ initiatedBy, origin }: AuditEntry): string {
  return initiatedBy.type === 'user' && origin?.via ? origin.via : textOf(initiatedBy.type)
}

/** A new row of the log, but for its place in the chain. Any entry has one. */
// oxlint-disable-next-line complexity -- optional columns become null, which counts as branches
export function contentOf(entry: AuditEntry) {
  const content = {
    id: uuidv7(),
    eventType: textOf(entry.eventType),
    timestamp: instantOf(entry.timestamp),
    initiatedById: uuidOrNull(entry.initiatedBy.id),
    initiatedByType: initiatorOf(entry),
    initiatedByEmail: textOrNull(entry.initiatedBy.email),
    accessRequestId: uuidOrNull(entry.accessRequestId),
    resourceType: textOf(entry.resource.type),
    resourceId: textOrNull(entry.resource.id),
    resourceName: textOrNull(entry.resource.name),
    workflowId: textOrNull(entry.workflowId),
    changes: jsonOf(entry.changes ?? []),
    clientIp: addressOrNull(entry.origin?.clientIp),
    userAgent: textOrNull(entry.origin?.userAgent),
    success: entry.success ?? true,
    errorMessage: textOrNull(entry.errorMessage),
    internalNote: textOrNull(entry.internalNote),
    sourceKey: textOf(entry.sourceKey),
  }
  return { ...content, searchText: null } satisfies Content
}

export type AuditContent = ReturnType<typeof contentOf>
