/**
 * What is written of calls that change nothing: refused ones, exports, and workflow histories that were decoded.
 * Refusals and decoding are bounded, so that nobody fills the log by repeating them: one entry an hour for each
 * caller and kind of call.
 */

import type { AuditEntry } from '../../domain/audit-entry.ts'
import type { Operation } from '../../domain/operation.ts'
import { auditOf, auditOfSystem } from '../../domain/operation.ts'
import type { Origin } from '../../domain/request/messages.ts'
import type { Person } from '../../domain/shared/person.ts'
import type { DbOrTx } from '../../platform/db/columns.ts'
import type { RefusedCall } from '../../platform/http/route-handler.ts'
import type { AuditLog } from './audit.repository.ts'

export interface Exported {
  /** What was exported, such as `access_requests`. */
  of: string
  filters: Record<string, unknown>
  /** How many rows were sent. */
  rows: number
  /** False when it was broken off. */
  isWhole: boolean
}

const hourOf = (at: Date) => at.toISOString().slice(0, 13)
/** More than are remembered at once are asked of the database, which knows them all. */
const mostRemembered = 10_000

export interface AccessLogDeps {
  db: DbOrTx
  auditLog: Pick<AuditLog, 'within'>
  /** Told of entries that could not be written. */
  onError: (error: unknown) => void
}

const nobody = { id: null, name: null, email: null }

function limitedEntry(user: Person | undefined, origin: Origin): AuditEntry {
  const { id, name, email } = user ?? nobody
  const entry = auditOfSystem('limited', {
    eventType: 'user_login_attempt',
    resource: { type: 'user', id, name },
    success: false,
    errorMessage: 'Too many sign-ins were tried: further ones are refused unjudged.',
  })
  return { ...entry, origin, initiatedBy: { id, type: 'user', email } }
}

export function createAccessLog({ db, auditLog, onError }: AccessLogDeps) {
  let written = new Set<string>()

  async function append(entry: AuditEntry): Promise<void> {
    await auditLog.within(db, async (_, record) => record(entry))
  }

  async function appendOnceAnHour(key: string, entry: AuditEntry): Promise<void> {
    const sourceKey = `${entry.eventType}:${key}:${hourOf(new Date())}`
    if (written.has(sourceKey)) return
    if (written.size >= mostRemembered) written = new Set()
    // Before it is written, so that those who come at the same time do not write it too.
    written.add(sourceKey)
    try {
      await append({ ...entry, sourceKey })
    } catch (error) {
      // The call is refused or answered all the same; its next repetition is written.
      written.delete(sourceKey)
      onError(error)
    }
  }

  return {
    /** Calls that were refused with 403, and 404 where that may hide something. */
    async refused(call: RefusedCall): Promise<void> {
      const { actor, method, route, path, refusal } = call
      const entry = auditOf(call, {
        eventType: 'access_management_call_refused',
        resource: { type: 'route', id: path, name: `${method} ${route}` },
        success: false,
        errorMessage: refusal.message,
      })
      await appendOnceAnHour(`${actor.id}:${method} ${route}:${refusal.code}`, entry)
    },

    /**
     * A sign-in that was refused unjudged, because too many were tried: an entry for each account, and one for all
     * addresses that are no account. A flood of them must not fill the log, and is refused whether or not it could be written.
     */
    async signInLimited({ user, origin }: { user: Person | undefined; origin: Origin }): Promise<void> {
      const entry = limitedEntry(user, origin)
      await appendOnceAnHour(`limited:${user?.id ?? 'unknown'}`, entry)
    },

    /** Told once an export has ended, whole or not. */
    async exported(operation: Operation, { of, filters, rows, isWhole }: Exported): Promise<void> {
      const set = Object.entries(filters).filter(([, value]) => value !== undefined)
      await append(
        auditOf(operation, {
          eventType: 'access_management_export',
          resource: { type: of, id: null, name: null },
          changes: [
            { field: 'filters', from: null, to: Object.fromEntries(set) },
            { field: 'rows', from: null, to: rows },
          ],
          success: isWhole,
          errorMessage: isWhole ? null : 'The export was broken off.',
        }),
      )
    },

    /** Somebody has read payloads of workflow histories. */
    async decoded(operation: Operation): Promise<void> {
      const resource = { type: 'workflow_history', id: null, name: null }
      const entry = auditOf(operation, { eventType: 'access_management_history_decode', resource })
      await appendOnceAnHour(operation.actor.id, entry)
    },
  }
}

export type AccessLog = ReturnType<typeof createAccessLog>
