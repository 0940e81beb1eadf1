/** Every path that the workflow of a grant can take, to be recorded. */
import { randomUUID } from 'node:crypto'
import { WithStartWorkflowOperation } from '@temporalio/client'
import type { AccessGrant } from '../../src/domain/grant/record.ts'
import { ConnectorError } from '../../src/domain/shared/connector-error.ts'
import { accessGrantWorkflowId } from '../../src/domain/shared/workflow-ids.ts'
import * as messages from '../../workflows/access-grant.messages.ts'
import type { accessGrant } from '../../workflows/access-grant.workflow.ts'
import { idOf } from '../support/company.ts'
import { type TestWorker, until } from '../support/test-server.ts'

/** `skips`: time has to pass that only the time-skipping server can let pass. */
export interface Path {
  skips?: boolean
  record(on: TestWorker): Promise<string[]>
}

export const hireAdmin = (on: TestWorker) => on.company.addUser({ isAdministrator: true })
export const away = () => {
  throw new ConnectorError('The system does not answer.', { retryable: true })
}

async function grantOf(
  on: TestWorker,
  {
    endsInMs,
    connectorId = null,
    userId = idOf(3),
  }: { endsInMs: number | null; connectorId?: string | null; userId?: string },
) {
  const now = Date.parse(await on.now())
  const time = (ms: number) => new Date(now + ms).toISOString()
  const grant: AccessGrant = {
    id: randomUUID(),
    accessRequestId: idOf(1),
    flowId: idOf(2),
    flowName: 'VPN',
    user: { id: userId, name: 'Rita', email: 'rita@example.test' },
    groupId: idOf(4),
    connectorId,
    startedAt: time(-3 * 24 * 60 * 60 * 1000),
    expiresAt: endsInMs === null ? null : time(endsInMs),
    version: 1,
    carriedOut: [],
    end: null,
    endedAt: null,
  }
  on.keepGrant(grant)
  const workflowId = accessGrantWorkflowId(grant.id)
  on.watch(workflowId)
  const options = { workflowId, taskQueue: on.taskQueue, args: [{ grant }] as [{ grant: AccessGrant }] }
  return {
    options,
    workflowId,
    time,
    start: () => on.client.workflow.start<typeof accessGrant>('accessGrant', options),
  }
}

export const grantPaths: Record<string, Path> = {
  'grant-canceled-by-operator': {
    async record(on) {
      const { start, workflowId } = await grantOf(on, { endsInMs: 2000 })
      const handle = await start()
      await handle.cancel()
      await handle.result()
      return [workflowId]
    },
  },
  'grant-announced-and-ended': {
    async record(on) {
      const { start, workflowId } = await grantOf(on, { endsInMs: 2000 })
      await (await start()).result()
      return [workflowId]
    },
  },
  'grant-revoked': {
    async record(on) {
      const { start, workflowId } = await grantOf(on, { endsInMs: 60_000 })
      const handle = await start()
      await handle.signal('revoke', { by: on.company.addUser() })
      await until(() => on.log.length > 0)
      await handle.executeUpdate(messages.revokeUpdate, { args: [{ by: hireAdmin(on) }] })
      await handle.result()
      return [workflowId]
    },
  },
  'grant-returned': {
    async record(on) {
      const userId = on.company.addUser()
      const { start, workflowId } = await grantOf(on, { endsInMs: 60_000, userId })
      const handle = await start()
      await handle.executeUpdate(messages.returnUpdate, { args: [{ by: userId }] })
      await handle.result()
      return [workflowId]
    },
  },
  'grant-extended': {
    async record(on) {
      const { start, workflowId, time } = await grantOf(on, { endsInMs: 2000 })
      const handle = await start()
      await handle.executeUpdate(messages.extendUpdate, { args: [{ by: hireAdmin(on), until: time(4000) }] })
      await handle.result()
      return [workflowId]
    },
  },
  'grant-without-end-revoked': {
    async record(on) {
      const { options, workflowId } = await grantOf(on, { endsInMs: null, connectorId: 'c0ffee' })
      const start = new WithStartWorkflowOperation<typeof accessGrant>('accessGrant', {
        ...options,
        workflowIdConflictPolicy: 'USE_EXISTING',
      })
      await on.client.workflow.executeUpdateWithStart(messages.revokeUpdate, {
        args: [{ by: hireAdmin(on) }],
        startWorkflowOperation: start,
      })
      await on.client.workflow.getHandle(workflowId).result()
      return [workflowId]
    },
  },
  'grant-connector-away': {
    skips: true,
    async record(on) {
      on.faults.remove = (attempt) => (attempt <= 12 ? away() : undefined)
      const { start, workflowId } = await grantOf(on, { endsInMs: 60_000, connectorId: 'c0ffee' })
      await (await start()).result()
      return [workflowId]
    },
  },
}
