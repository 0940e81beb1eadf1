/**
 * Compares grants with the workflows that wait for their end, and mends what differs (`domain/shared/repair.ts` says how):
 * access ends at its time whatever has happened to its workflow.
 */
import type { Client } from '@temporalio/client'
import type { Logger } from 'pino'
import { grantStateQuery, lookAgainSignal } from '../../../workflows/access-grant.messages.ts'
import type { AccessGrant } from '../../domain/grant/record.ts'
import { needsRecord, type Repair, repairOfGrant } from '../../domain/shared/repair.ts'
import { accessGrantWorkflowId, grantIdOf } from '../../domain/shared/workflow-ids.ts'
import { statusOf, suspectsOf, unlessEnded } from '../../platform/engine/executions.ts'
import type { CommitGrant } from './grants.commit.repository.ts'
import type { GrantsRepository } from './grants.repository.ts'
import type { GrantStarter } from './grants.starter.ts'

export interface GrantReconcilerDeps {
  client: Client
  grants: GrantsRepository
  commit: CommitGrant
  starter: GrantStarter
  log: Pick<Logger, 'warn'>
}

export function createGrantReconciler({ client, grants, commit, starter, log }: GrantReconcilerDeps) {
  const handleOf = (id: string) => client.workflow.getHandle(accessGrantWorkflowId(id))

  async function compare(id: string, isThorough: boolean) {
    const row = (await grants.find(id)) ?? null
    const status = await statusOf(client, accessGrantWorkflowId(id))
    const pair = { row: row && { ...row, isOpen: row.endedAt === null }, status }
    const isAsked = row !== null && needsRecord(pair, isThorough)
    const record = isAsked ? (await handleOf(id).query(grantStateQuery)).grant : null
    const isWaitedFor = row !== null && (row.expiresAt !== null || row.end !== null)
    return { row, record, repair: repairOfGrant({ ...pair, record }, isWaitedFor) }
  }

  async function carryOut(repair: Repair, { id, row, record }: { id: string } & Records): Promise<void> {
    if (repair === 'workflow_told') await unlessEnded(() => handleOf(id).signal(lookAgainSignal))
    if (repair === 'workflow_started' && row) await starter.start(row)
    if (repair !== 'row_written' || !record) return
    const proposal = { message: { type: 'lookAgain' } as const, messageId: `reconcile/${record.version}` }
    await commit({ ...proposal, grant: record, at: new Date().toISOString(), isSignal: false, isSealed: true })
  }

  return {
    /** Mends one grant. @returns what was done, or null when there was nothing to mend */
    async repair(id: string, { isCheck = false, isThorough = false } = {}): Promise<Repair | null> {
      const { repair, ...records } = await compare(id, isThorough)
      if (repair === null || isCheck) return repair
      await carryOut(repair, { id, ...records })
      await grants.recordRepair(id, repair)
      log.warn({ grantId: id, repair }, 'a grant and its workflow differed')
      return repair
    },

    /** Which grants may differ, in pages: `repair` looks again. */
    suspects: ({ isThorough = false }) =>
      suspectsOf(
        client,
        {
          type: 'accessGrant',
          workflowIdOf: accessGrantWorkflowId,
          idOf: grantIdOf,
          surprising: grants.endedAmong,
          waitingAfter: grants.waitingAfter,
        },
        isThorough,
      ),
  }
}

interface Records {
  row: AccessGrant | null
  record: AccessGrant | null
}

export type GrantReconciler = ReturnType<typeof createGrantReconciler>
