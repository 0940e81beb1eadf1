/** How the log says that its oldest rows were removed: by the source key of an event, which the chain covers. */
import type { AuditEventType } from '../../domain/audit-entry.ts'

const eventType = 'retention_removal' satisfies AuditEventType
const ofEvents = 'audit-events:'

/** What follows the event type in the source key of a removal up to this place in the chain. */
export const removalKeyOf = (upTo: number) => `${ofEvents}${upTo}`

/** The last row that an event says was removed; 0 for events that say no such thing. */
export function removedUpTo(event: { eventType: string; sourceKey: string }): number {
  const start = `${eventType}:${ofEvents}`
  if (event.eventType !== eventType || !event.sourceKey.startsWith(start)) return 0
  const upTo = Number(event.sourceKey.slice(start.length))
  return Number.isSafeInteger(upTo) ? upTo : 0
}
