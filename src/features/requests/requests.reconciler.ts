/** Compares requests with their workflows and mends what differs (`domain/shared/repair.ts` says how). */
import type { Client } from '@temporalio/client'
import type { Logger } from 'pino'
import { directoryChangedSignal, recordQuery } from '../../../workflows/access-request.messages.ts'
import type { Message } from '../../domain/request/messages.ts'
import type { AccessRequest } from '../../domain/request/record.ts'
import { isOpen } from '../../domain/request/record.ts'
import { needsRecord, type Repair, repairOfRequest } from '../../domain/shared/repair.ts'
import { accessRequestWorkflowId, requestIdOf } from '../../domain/shared/workflow-ids.ts'
import { statusOf, suspectsOf, unlessEnded } from '../../platform/engine/executions.ts'
import type { CommitRequest } from './requests.commit.repository.ts'
import type { RequestsRepository } from './requests.repository.ts'
import type { Starter } from './requests.starter.ts'

export interface ReconcilerDeps {
  client: Client
  requests: RequestsRepository
  commit: CommitRequest
  starter: Pick<Starter, 'restart'>
  log: Pick<Logger, 'warn'>
}

export interface RepairOptions {
  /** Only says what differs. */
  isCheck?: boolean
  /** Also compares versions with workflows that run, which takes a query each. */
  isThorough?: boolean
}

export function createRequestReconciler({ client, requests, commit, starter, log }: ReconcilerDeps) {
  const handleOf = (id: string) => client.workflow.getHandle(accessRequestWorkflowId(id))

  async function compare(id: string, isThorough: boolean) {
    const row = (await requests.find(id)) ?? null
    const status = await statusOf(client, accessRequestWorkflowId(id))
    const pair = { row: row && { ...row, isOpen: isOpen(row) }, status }
    const record = needsRecord(pair, isThorough) ? await handleOf(id).query(recordQuery) : null
    return { row, record, repair: repairOfRequest({ ...pair, record }) }
  }

  async function say(request: AccessRequest, message: Message): Promise<AccessRequest> {
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
    const closed = await say(row, { type: 'workflowEnded' })
    if (closed.askedConnectors.length > 0) await starter.restart(closed)
  }

  async function carryOut(repair: Repair, { id, row, record }: { id: string } & Records): Promise<void> {
    if (repair === 'workflow_told') await unlessEnded(() => handleOf(id).signal(directoryChangedSignal, {}))
    if (repair === 'workflow_started') await requests.markNotStarted(id)
    if (repair === 'row_written' && record) await say(record, { type: 'directoryChanged' })
    if (repair === 'closed' && row) await close(row)
  }

  return {
    /** Mends one request. @returns what was done, or null when there was nothing to mend */
    async repair(id: string, { isCheck = false, isThorough = false }: RepairOptions = {}): Promise<Repair | null> {
      const { repair, ...records } = await compare(id, isThorough)
      if (repair === null || isCheck) return repair
      await carryOut(repair, { id, ...records })
      await requests.recordRepair(id, repair)
      log.warn({ accessRequestId: id, repair }, 'a request and its workflow differed')
      return repair
    },

    /** Which requests may differ, in pages: `repair` looks again. */
    suspects: ({ isThorough = false }: RepairOptions) =>
      suspectsOf(
        client,
        {
          type: 'accessRequest',
          workflowIdOf: accessRequestWorkflowId,
          idOf: requestIdOf,
          surprising: async (ids) => {
            const open = new Set(await requests.openAmong(ids))
            return ids.filter((id) => !open.has(id))
          },
          waitingAfter: requests.openAfter,
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
