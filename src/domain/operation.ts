/** One write by one caller, and the audit entry it leaves. */

import type { Actor } from './abilities.ts'
import type { AuditChange, AuditEntry, AuditEventType } from './audit-entry.ts'
import type { Origin } from './request/messages.ts'

/** Who does it, from where, and the id under which repetitions are known. Every `Call` is one. */
export interface Operation {
  actor: Actor
  origin: Origin
  operationId: string
  /** The source of people that does it; then the actor is whoever has made its token, or set it up. */
  sourceId?: string | undefined
  /** The identity provider has said so, and nobody has done it: the actor is whom it is about. */
  isByProvider?: true
}

type Recorded = Pick<AuditEntry, 'eventType' | 'resource'> &
  Partial<Omit<AuditEntry, 'sourceKey' | 'initiatedBy' | 'origin'>>

/** The entry of an operation; one operation leaves at most one entry of each type. */
export function auditOf(operation: Operation, recorded: Recorded): AuditEntry {
  const { origin, operationId } = operation
  return {
    timestamp: new Date().toISOString(),
    ...recorded,
    sourceKey: `${recorded.eventType}:${operationId}`,
    initiatedBy: initiatorOf(operation),
    origin,
  }
}

function initiatorOf({ actor, sourceId, isByProvider }: Operation): AuditEntry['initiatedBy'] {
  if (sourceId || isByProvider) return { id: sourceId ?? null, type: 'source', email: null }
  return { id: actor.id, type: 'user', email: actor.email }
}

/** The entry of what the service does by itself. `key` names it. */
export function auditOfSystem(key: string, recorded: Recorded & { eventType: AuditEventType }): AuditEntry {
  return {
    timestamp: new Date().toISOString(),
    ...recorded,
    sourceKey: `${recorded.eventType}:${key}`,
    initiatedBy: { id: null, type: 'system', email: null },
  }
}

type Fields = Record<string, unknown>

/** The fields of `after` that differ from `before`; of something new (`null`) all that are set. */
export function changesBetween(before: Fields | null, after: Fields): AuditChange[] {
  return Object.entries(after)
    .map(([field, to]) => ({ field, from: before?.[field] ?? null, to: to ?? null }))
    .filter(({ from, to }) => JSON.stringify(from) !== JSON.stringify(to))
}

/** What something that goes away was: every field that is set, to nothing. */
export function changesOfRemoval(before: Fields): AuditChange[] {
  return Object.entries(before)
    .filter(([, from]) => from !== null && from !== undefined)
    .map(([field, from]) => ({ field, from, to: null }))
}
