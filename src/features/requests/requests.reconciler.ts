/** Has requests and their workflows agree: starts what is missing, and mends what differs (`domain/shared/repair.ts` says how). */
import type { Logger } from 'pino'
import type { Message } from '../../domain/request/messages.ts'
import type { AccessRequest } from '../../domain/request/record.ts'
import { isOpen } from '../../domain/request/record.ts'
import { needsRecord, type Repair, repairOfRequest } from '../../domain/shared/repair.ts'
import type { DbOrTx } from '../../platform/db/columns.ts'
import type { AuditLog } from '../audit/audit.repository.ts'
import { type CommitRequest, recordRepair } from './requests.commit.repository.ts'
import type { RequestsEngine } from './requests.engine.ts'
import { findRequest, listOpenAfter, markNotStarted, markStarted, notOpenAmong } from './requests.repository.ts'

export interface ReconcilerDeps {
  engine: RequestsEngine
  db: DbOrTx
  auditLog: Pick<AuditLog, 'within'>
  commit: CommitRequest
  log: Pick<Logger, 'warn'>
}

export interface RepairOptions {
  /** Only says what differs. */
  isCheck?: boolean
  /** Also compares versions with workflows that run, which takes a query each. */
  isThorough?: boolean
}

export function createRequestReconciler({ engine, db, auditLog, commit, log }: ReconcilerDeps) {
  async function compare(id: string, isThorough: boolean) {
    const row = (await findRequest(db, id)) ?? null
    const status = await engine.statusOf(id)
    const pair = { row: row && { ...row, isOpen: isOpen(row) }, status }
    const record = needsRecord(pair, isThorough) ? await engine.recordOf(id) : null
    return { row, record, repair: repairOfRequest({ ...pair, record }) }
  }

  async function commitOwn(request: AccessRequest, message: Message): Promise<AccessRequest> {
    const messageId = `reconcile/${message.type}/${request.version}`
    const { stored } = await commit({
      request,
      message,
      messageId,
      at: new Date().toISOString(),
      isSignal: false,
      isSealed: true,
    })
    return { ...request, ...stored }
  }

  /** An operator has ended its workflow, which has nothing left to do but to take back what may have been given. */
  async function close(row: AccessRequest): Promise<void> {
    const closed = await commitOwn(row, { type: 'workflowEnded' })
    if (closed.askedConnectors.length > 0) await engine.restart(closed)
  }

  async function mend(repair: Repair, { id, row, record }: { id: string } & Records): Promise<void> {
    if (repair === 'workflow_told') await engine.directoryChanged(id)
    if (repair === 'workflow_started') await markNotStarted(db, id)
    if (repair === 'row_written' && record) await commitOwn(record, { type: 'directoryChanged' })
    if (repair === 'closed' && row) await close(row)
  }

  /** Mends one request. @returns what was done, or null when there was nothing to mend */
  async function repair(
    id: string,
    { isCheck = false, isThorough = false }: RepairOptions = {},
  ): Promise<Repair | null> {
    const { repair, ...records } = await compare(id, isThorough)
    if (repair === null || isCheck) return repair
    await mend(repair, { id, ...records })
    await recordRepair(db, auditLog, { id, repair })
    log.warn({ accessRequestId: id, repair }, 'a request and its workflow differed')
    return repair
  }

  return {
    repair,

    /**
     * Starts the workflow of a request that is in the queue, once, however often it is asked to.
     * @returns whether the workflow is known to run; false when Temporal did not answer within `deadlineMs`
     */
    async ensureStarted(request: AccessRequest, deadlineMs: number): Promise<boolean> {
      const started = await engine.start(request, deadlineMs)
      if (started === 'away') return false
      await markStarted(db, request.id)
      // It was there before, and may have ended: the row may have been set back.
      if (started === 'existing') await repair(request.id)
      return true
    },

    /** Which requests may differ, in pages: `repair` looks again. */
    suspects: ({ isThorough = false }: RepairOptions) =>
      engine.suspects(
        {
          surprising: (ids) => notOpenAmong(db, ids),
          waitingAfter: (after) => listOpenAfter(db, after),
        },
        isThorough,
      ),
  }
}

interface Records {
  row: AccessRequest | null
  record: AccessRequest | null
}

export type RequestReconciler = ReturnType<typeof createRequestReconciler>
