/** Removes what is older than the settings say, and writes down what that was. */
import { randomUUID } from 'node:crypto'
import type { Client } from '@temporalio/client'
import type { AuditLog } from '../audit/audit.repository.ts'
import type { Db } from '../db/client.ts'
import type { DbOrTx } from '../db/columns.ts'
import { auditOfSystem } from '../http/operation.ts'
import { removeOldMails } from '../mail/mail.retention.repository.ts'
import { type OldRequest, oldRequests, removeRequests } from '../requests/requests.retention.repository.ts'
import { readSettingsRow } from '../settings/settings.repository.ts'
import { forgetWorkflow, statusOf } from '../temporal/executions.ts'
import { accessGrantWorkflowId, accessRequestWorkflowId } from '../temporal/ids.ts'

export interface RetentionDeps {
  db: Db
  client: Client
  auditLog: Pick<AuditLog, 'append'>
}

interface Removal {
  what: string
  count: number
  /** How old it had to be. */
  days: number
}

/** In one run: other work of the worker waits for it. */
const requestsAtOnce = 500

export function createRetention({ db, client, auditLog }: RetentionDeps) {
  async function record(tx: DbOrTx, { what, count, days }: Removal): Promise<void> {
    if (count === 0) return
    await auditLog.append(tx, [
      auditOfSystem(randomUUID(), {
        eventType: 'retention_removal',
        resource: { type: 'retention', id: null, name: what },
        changes: [
          { field: 'removed', from: null, to: count },
          { field: 'older_than_days', from: null, to: days },
        ],
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

  return async (): Promise<void> => {
    const { sentMailDays, finishedRequestDays } = await readSettingsRow(db)
    await db.transaction(async (tx) => {
      await record(tx, { what: 'sent mails', count: await removeOldMails(tx, sentMailDays), days: sentMailDays })
    })
    if (finishedRequestDays !== null) await removeOldRequests(finishedRequestDays)
  }
}
