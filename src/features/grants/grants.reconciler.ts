/**
 * Compares grants with the workflows that wait for their end, and mends what differs (`domain/shared/repair.ts` says how):
 * access ends at its time whatever has happened to its workflow.
 */
import type { Logger } from 'pino'
import type { AccessGrant } from '../../domain/grant/record.ts'
import { needsRecord, type Repair, repairOfGrant } from '../../domain/shared/repair.ts'
import type { DbOrTx } from '../../platform/db/columns.ts'
import type { AuditLog } from '../audit/audit.repository.ts'
import { type CommitGrant, recordRepair } from './grants.commit.repository.ts'
import type { GrantsEngine } from './grants.engine.ts'
import { endedAmong, findGrant, listWaitingAfter } from './grants.repository.ts'

export interface GrantReconcilerDeps {
  engine: GrantsEngine
  db: DbOrTx
  auditLog: Pick<AuditLog, 'within'>
  commit: CommitGrant
  log: Pick<Logger, 'warn'>
}

export function createGrantReconciler({ engine, db, auditLog, commit, log }: GrantReconcilerDeps) {
  async function compare(id: string, isThorough: boolean) {
    const row = (await findGrant(db, id)) ?? null
    const status = await engine.statusOf(id)
    const pair = { row: row && { ...row, isOpen: row.endedAt === null }, status }
    const isAsked = row !== null && needsRecord(pair, isThorough)
    const record = isAsked ? await engine.recordOf(id) : null
    const isWaitedFor = row !== null && (row.expiresAt !== null || row.end !== null)
    return { row, record, repair: repairOfGrant({ ...pair, record }, isWaitedFor) }
  }

  async function mend(repair: Repair, { id, row, record }: { id: string } & Records): Promise<void> {
    if (repair === 'workflow_told') await engine.tellToLookAgain(id)
    if (repair === 'workflow_started' && row) await engine.start(row)
    if (repair !== 'row_written' || !record) return
    const proposal = { message: { type: 'lookAgain' } as const, messageId: `reconcile/${record.version}` }
    await commit({ ...proposal, grant: record, at: new Date().toISOString(), isSignal: false, isSealed: true })
  }

  return {
    /** Mends one grant. @returns what was done, or null when there was nothing to mend */
    async repair(id: string, { isCheck = false, isThorough = false } = {}): Promise<Repair | null> {
      const { repair, ...records } = await compare(id, isThorough)
      if (repair === null || isCheck) return repair
      await mend(repair, { id, ...records })
      await recordRepair(db, auditLog, { id, repair })
      log.warn({ grantId: id, repair }, 'a grant and its workflow differed')
      return repair
    },

    /** Which grants may differ, in pages: `repair` looks again. */
    suspects: ({ isThorough = false }) =>
      engine.suspects(
        { surprising: (ids) => endedAmong(db, ids), waitingAfter: (after) => listWaitingAfter(db, after) },
        isThorough,
      ),
  }
}

interface Records {
  row: AccessGrant | null
  record: AccessGrant | null
}

export type GrantReconciler = ReturnType<typeof createGrantReconciler>
