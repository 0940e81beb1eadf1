/** Removes what is older than the settings say, and writes down what that was. */
import { randomUUID } from 'node:crypto'
import pLimit from 'p-limit'
import type { AuditEntry } from '../domain/audit-entry.ts'
import { auditOfSystem, changesBetween } from '../domain/operation.ts'
import { removalKeyOf } from '../features/audit/audit.removal.ts'
import type { AuditLog } from '../features/audit/audit.repository.ts'
import type { RequestsEngine } from '../features/requests/requests.engine.ts'
import { type OldRequest, oldRequests, removeRequests } from '../features/requests/requests.retention.repository.ts'
import { removeEndedCredentials } from '../features/sessions/credentials.retention.repository.ts'
import { readSettingsRow } from '../features/settings/settings.repository.ts'
import type { Db } from '../platform/db/client.ts'
import type { After } from '../platform/db/keyset.ts'
import { removeOldMails } from '../platform/mail/mail.retention.repository.ts'

export interface RetentionDeps {
  db: Db
  requests: { engine: Door }
  grants: { engine: Door }
  auditLog: Pick<AuditLog, 'within' | 'removeOld'>
}

type Door = Pick<RequestsEngine, 'statusOf' | 'forget'>

interface Removal {
  what: string
  count: number
  /** How old it had to be. */
  days: number
  /** Names the removal; any name when left out. */
  key?: string
  /** What else there is to say of it. */
  more?: Record<string, number>
}

/** What the log says of a removal; nothing when nothing was removed. */
function entriesOf({ what, count, days, key = randomUUID(), more = {} }: Removal): AuditEntry[] {
  if (count === 0) return []
  return [
    auditOfSystem(key, {
      eventType: 'retention_removal',
      resource: { type: 'retention', id: null, name: what },
      changes: changesBetween(null, { removed: count, older_than_days: days, ...more }),
    }),
  ]
}

/** In one transaction. */
const requestsAtOnce = 500
/** Workflows that Temporal is asked about at the same time. */
const workflowsAtOnce = 20
/** Of one run, in milliseconds: the next one goes on. */
const longestRemovalMs = 600_000

export function createRetention({ db, requests, grants, auditLog }: RetentionDeps) {
  const asking = pLimit(workflowsAtOnce)

  /**
   * Asks for the workflows to be removed: the comparison of every night would write a row anew from one that is there.
   * @returns true when there are none any more, which takes the server a minute
   */
  async function isWithoutWorkflows({ id, grantId }: OldRequest): Promise<boolean> {
    const isGone = async (engine: Door, one: string): Promise<boolean> => {
      if ((await engine.statusOf(one)) === 'gone') return true
      await engine.forget(one)
      return false
    }
    const gone = [isGone(requests.engine, id), ...(grantId ? [isGone(grants.engine, grantId)] : [])]
    return (await Promise.all(gone)).every(Boolean)
  }

  async function removeOldRequests(days: number): Promise<void> {
    const end = Date.now() + longestRemovalMs
    let after: After | undefined
    do {
      const old = await oldRequests(db, days, { after, limit: requestsAtOnce })
      const areGone = await Promise.all(old.map((request) => asking(() => isWithoutWorkflows(request))))
      await removeAll(
        old.filter((_, index) => areGone[index]).map(({ id }) => id),
        days,
      )
      const last = old.at(-1)
      after = last && old.length === requestsAtOnce ? { value: last.createdAt, id: last.id } : undefined
    } while (after && Date.now() < end)
  }

  async function removeAll(ids: string[], days: number): Promise<void> {
    if (ids.length === 0) return
    await auditLog.within(db, async (tx, record) => {
      record(...entriesOf({ what: 'finished requests', count: await removeRequests(tx, ids), days }))
    })
  }

  async function removeOldEvents(days: number): Promise<void> {
    await auditLog.within(db, async (tx, record) => {
      const removed = await auditLog.removeOld(tx, days)
      if (!removed) return
      const { count, from, to } = removed
      const more = { from_sequence: from, to_sequence: to }
      record(...entriesOf({ what: 'audit events', count, days, key: removalKeyOf(to), more }))
    })
  }

  return async (): Promise<void> => {
    const { sentMailDays, endedCredentialDays, finishedRequestDays, auditEventDays } = await readSettingsRow(db)
    await auditLog.within(db, async (tx, record) => {
      record(...entriesOf({ what: 'sent mails', count: await removeOldMails(tx, sentMailDays), days: sentMailDays }))
    })
    await auditLog.within(db, async (tx, record) => {
      const count = await removeEndedCredentials(tx, endedCredentialDays)
      record(...entriesOf({ what: 'ended credentials', count, days: endedCredentialDays }))
    })
    if (finishedRequestDays !== null) await removeOldRequests(finishedRequestDays)
    if (auditEventDays !== null) await removeOldEvents(auditEventDays)
  }
}
