/** Removes what is older than the settings say, and writes down what that was. */
import { randomUUID } from 'node:crypto'
import type { Client } from '@temporalio/client'
import { auditOfSystem, changesBetween } from '../domain/operation.ts'
import { accessGrantWorkflowId, accessRequestWorkflowId } from '../domain/shared/workflow-ids.ts'
import { removalKeyOf } from '../features/audit/audit.removal.ts'
import type { AuditLog } from '../features/audit/audit.repository.ts'
import { type OldRequest, oldRequests, removeRequests } from '../features/requests/requests.retention.repository.ts'
import { removeEndedCredentials } from '../features/sessions/credentials.retention.repository.ts'
import { readSettingsRow } from '../features/settings/settings.repository.ts'
import type { Db } from '../platform/db/client.ts'
import type { DbOrTx } from '../platform/db/columns.ts'
import { forgetWorkflow, statusOf } from '../platform/engine/executions.ts'
import { removeOldMails } from '../platform/mail/mail.retention.repository.ts'

export interface RetentionDeps {
  db: Db
  client: Client
  auditLog: Pick<AuditLog, 'append' | 'removeOld'>
}

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

/** In one run: other work of the worker waits for it. */
const requestsAtOnce = 500

export function createRetention({ db, client, auditLog }: RetentionDeps) {
  async function record(tx: DbOrTx, { what, count, days, key = randomUUID(), more = {} }: Removal): Promise<void> {
    if (count === 0) return
    await auditLog.append(tx, [
      auditOfSystem(key, {
        eventType: 'retention_removal',
        resource: { type: 'retention', id: null, name: what },
        changes: changesBetween(null, { removed: count, older_than_days: days, ...more }),
      }),
    ])
  }

  /**
   * Asks for the workflows to be removed: the comparison of every night would write a row anew from one that is there.
   * @returns true when there are none any more, which takes the server a minute
   */
  async function isWithoutWorkflows({ id, grantId }: OldRequest): Promise<boolean> {
    const workflowIds = [accessRequestWorkflowId(id), ...(grantId ? [accessGrantWorkflowId(grantId)] : [])]
    const statuses = await Promise.all(workflowIds.map((workflowId) => statusOf(client, workflowId)))
    const left = workflowIds.filter((_, index) => statuses[index] !== 'gone')
    await Promise.all(left.map((workflowId) => forgetWorkflow(client, workflowId)))
    return left.length === 0
  }

  async function removeOldRequests(days: number): Promise<void> {
    const removable: string[] = []
    const old = await oldRequests(db, days, requestsAtOnce)
    for (const request of old) if (await isWithoutWorkflows(request)) removable.push(request.id)
    if (removable.length === 0) return
    await db.transaction(async (tx) => {
      await record(tx, { what: 'finished requests', count: await removeRequests(tx, removable), days })
    })
  }

  async function removeOldEvents(days: number): Promise<void> {
    await db.transaction(async (tx) => {
      const removed = await auditLog.removeOld(tx, days)
      if (!removed) return
      const { count, from, to } = removed
      const more = { from_sequence: from, to_sequence: to }
      await record(tx, { what: 'audit events', count, days, key: removalKeyOf(to), more })
    })
  }

  return async (): Promise<void> => {
    const { sentMailDays, endedCredentialDays, finishedRequestDays, auditEventDays } = await readSettingsRow(db)
    await db.transaction(async (tx) => {
      await record(tx, { what: 'sent mails', count: await removeOldMails(tx, sentMailDays), days: sentMailDays })
    })
    await db.transaction(async (tx) => {
      const count = await removeEndedCredentials(tx, endedCredentialDays)
      await record(tx, { what: 'ended credentials', count, days: endedCredentialDays })
    })
    if (finishedRequestDays !== null) await removeOldRequests(finishedRequestDays)
    if (auditEventDays !== null) await removeOldEvents(auditEventDays)
  }
}
