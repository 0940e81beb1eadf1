/** Every path that a workflow can take, to be recorded. Each returns the workflows whose histories are kept. */
import { randomUUID } from 'node:crypto'
import { Client } from '@temporalio/client'
import type { FanOutPass } from '../../activities/fan-out.activities.ts'
import type { ApproverRule } from '../../src/domain/flow/flow.ts'
import { ConnectorError } from '../../src/domain/shared/connector-error.ts'
import {
  accessGrantWorkflowId,
  fanOutWorkflowId,
  settlingWorkflowId,
  sourceWorkflowId,
} from '../../src/domain/shared/workflow-ids.ts'
import type { requestFanOut } from '../../workflows/fan-out.workflow.ts'
import type { settleMemberships } from '../../workflows/settle-memberships.workflow.ts'
import type { syncSource } from '../../workflows/sync-source.workflow.ts'
import { idOf } from '../support/company.ts'
import { refusal, type TestWorker, until } from '../support/test-server.ts'
import { away, grantPaths, hireAdmin, type Path } from './grant-paths.ts'

const refused = () => {
  throw new ConnectorError('The system knows no such group.', { retryable: false })
}

function team(on: TestWorker) {
  const [manager, owner, third] = [on.company.addUser(), on.company.addUser(), on.company.addUser()]
  const groupId = on.company.team([third, on.company.addUser()])
  const approvers: ApproverRule[] = [
    { kind: 'manager' },
    { kind: 'resource_owner', userId: owner },
    { kind: 'user_group', groupId, required: 1 },
  ]
  return { requester: on.company.addUser({ managerId: manager }), manager, owner, third, approvers }
}

async function decided(on: TestWorker, requirement: 'any' | 'all' | 'sequential', denied: readonly number[] = []) {
  const { requester, manager, owner, third, approvers } = team(on)
  const request = await on.submit(requester, { approvers, requirement })
  for (const [index, by] of [manager, owner, third].entries()) {
    const isDenial = denied.includes(index)
    const { status } = await request.decide({
      by,
      decision: isDenial ? 'deny' : 'approve',
      ...(isDenial ? { reason: 'No.' } : {}),
    })
    if (status !== 'pending') break
  }
  await request.end()
  return [request.handle.workflowId]
}

/** A run of a directory server that comes to its end, or to nothing. */
async function sourceRead(on: TestWorker, sync: () => Promise<void>) {
  const run = { runId: randomUUID(), sourceId: idOf(1), mode: 'full' as const, isDryRun: false, isConfirmed: false }
  const workflowId = `${sourceWorkflowId(run.sourceId)}/${run.runId}`
  on.watch(workflowId)
  on.deps.sources.sync = sync
  const { taskQueue } = on
  const handle = await on.client.workflow.start<typeof syncSource>('syncSource', { workflowId, taskQueue, args: [run] })
  await handle.result().catch(() => undefined)
  return [workflowId]
}

async function fanOut(on: TestWorker, passes: FanOutPass[]) {
  const subject = { kind: 'flow_deleted' as const, changedId: idOf(1), eventId: randomUUID() }
  const workflowId = fanOutWorkflowId(subject.eventId)
  on.watch(workflowId)
  const ids = passes.map((pass) => (pass.left > 0 ? 'late' : 'there'))
  let pass = 0
  on.deps.fanOut.page = async (_subject, after) => (after === null ? [ids[pass++] ?? 'there'] : [])
  on.deps.fanOut.signal = async (id) => (id === 'late' ? 'not_started' : 'signalled')
  const handle = await on.client.workflow.start<typeof requestFanOut>('requestFanOut', {
    workflowId,
    taskQueue: on.taskQueue,
    args: [subject],
  })
  await handle.result()
  return [workflowId]
}

export const paths: Record<string, Path> = {
  granted: {
    async record(on) {
      const request = await on.submit(on.company.addUser())
      await request.override({ by: hireAdmin(on), decision: 'grant', message: 'Welcome.' })
      await request.end()
      return [request.handle.workflowId]
    },
  },
  denied: {
    async record(on) {
      const request = await on.submit(on.company.addUser())
      await request.override({ by: hireAdmin(on), decision: 'deny', reason: 'No.', internalNotes: 'Leaver.' })
      await request.end()
      return [request.handle.workflowId]
    },
  },
  'any-approved': { record: (on) => decided(on, 'any') },
  'any-denied': { record: (on) => decided(on, 'any', [0, 1, 2]) },
  'all-approved': { record: (on) => decided(on, 'all') },
  'all-denied': { record: (on) => decided(on, 'all', [1]) },
  'sequential-approved': { record: (on) => decided(on, 'sequential') },
  'sequential-denied': { record: (on) => decided(on, 'sequential', [2]) },
  automatic: {
    async record(on) {
      const request = await on.submit(on.company.addUser(), { type: 'automatic' })
      await request.end()
      return [request.handle.workflowId]
    },
  },
  'automatic-remote': {
    async record(on) {
      const request = await on.submit(on.company.addUser(), { type: 'automatic', connectorId: 'c0ffee' })
      await request.end()
      return [request.handle.workflowId]
    },
  },
  'overridden-half-way': {
    async record(on) {
      const { requester, manager, approvers } = team(on)
      const request = await on.submit(requester, { approvers, requirement: 'all' })
      await request.decide({ by: manager, decision: 'approve' })
      await request.override({ by: hireAdmin(on), decision: 'grant' })
      await request.end()
      return [request.handle.workflowId]
    },
  },
  'missing-data-healed': {
    async record(on) {
      const requester = on.company.addUser()
      const request = await on.submit(requester, { approvers: [{ kind: 'manager' }] })
      await request.signal('directoryChanged', {})
      const manager = on.company.addUser()
      on.company.change(requester, { managerId: manager })
      await request.signal('directoryChanged', {})
      await until(() => on.row(request.id).status === 'pending')
      await request.decide({ by: manager, decision: 'approve' })
      await request.end()
      return [request.handle.workflowId]
    },
  },
  'error-retried': {
    async record(on) {
      const by = hireAdmin(on)
      const request = await on.submit(on.company.addUser(), { connectorId: 'c0ffee' })
      on.faults.give = refused
      await request.override({ by, decision: 'grant' })
      on.faults.give = undefined
      await request.override({ by, decision: 'grant' })
      await request.end()
      return [request.handle.workflowId]
    },
  },
  'error-local-denied': {
    async record(on) {
      const by = hireAdmin(on)
      const request = await on.submit(on.company.addUser())
      on.company.target.groupName = null
      await request.override({ by, decision: 'grant' })
      await request.override({ by, decision: 'deny', reason: 'No.' })
      await request.end()
      return [request.handle.workflowId]
    },
  },
  'connector-away-for-long': {
    async record(on) {
      const request = await on.submit(on.company.addUser(), { connectorId: 'c0ffee' })
      on.faults.give = (attempt) => (attempt < 3 ? away() : undefined)
      await request.override({ by: hireAdmin(on), decision: 'grant' })
      await request.end()
      return [request.handle.workflowId]
    },
  },
  'database-away': {
    async record(on) {
      const request = await on.submit(on.company.addUser())
      on.faults.commit = (attempt) => {
        if (attempt <= 4) throw new Error('connection refused')
      }
      await request.override({ by: hireAdmin(on), decision: 'grant' })
      await request.end()
      return [request.handle.workflowId]
    },
  },
  'memberships-settled': {
    async record(on) {
      const [connectorId, taskQueue] = [idOf(1), on.taskQueue]
      const workflowId = settlingWorkflowId(connectorId)
      on.watch(workflowId)
      const handle = await on.client.workflow.start<typeof settleMemberships>('settleMemberships', {
        workflowId,
        taskQueue,
        args: [{ connectorId }],
      })
      await handle.result()
      return [workflowId]
    },
  },
  withdrawn: {
    async record(on) {
      const requester = on.company.addUser()
      const request = await on.submit(requester, { approvers: [{ kind: 'manager' }] })
      await request.withdraw({ by: requester })
      await request.end()
      return [request.handle.workflowId]
    },
  },
  'flow-deleted': {
    async record(on) {
      const request = await on.submit(on.company.addUser())
      await request.signal('flowClosed', { cause: 'deleted' })
      await request.end()
      return [request.handle.workflowId]
    },
  },
  'requester-suspended': {
    async record(on) {
      const requester = on.company.addUser()
      hireAdmin(on)
      const request = await on.submit(requester)
      on.company.change(requester, { activated: false })
      await request.signal('directoryChanged')
      await request.end()
      return [request.handle.workflowId]
    },
  },
  expired: {
    async record(on) {
      const request = await on.submit(on.company.addUser(), { expiry: 'PT2S' })
      await request.end()
      return [request.handle.workflowId]
    },
  },
  'signals-refused': {
    async record(on) {
      const { requester, manager, approvers } = team(on)
      const request = await on.submit(requester, { approvers })
      await request.signal('decide', { by: requester, decision: 'approve' })
      await request.signal('override', 'nonsense')
      await request.signal('flowClosed')
      await until(() => on.log.length === 3)
      await request.signal('decide', { by: manager, decision: 'approve' })
      await request.end()
      return [request.handle.workflowId]
    },
  },
  'signals-in-clear-refused': {
    async record(on) {
      const { requester, manager, approvers } = team(on)
      const request = await on.submit(requester, { approvers })
      const outsider = new Client({ connection: on.client.connection })
      const outside = outsider.workflow.getHandle(request.handle.workflowId)
      await outside.signal('decide', { by: manager, decision: 'approve' })
      await outside.executeUpdate('decide', { args: [{ by: manager, decision: 'approve' }] }).catch(() => undefined)
      await until(() => on.log.length > 0)
      await request.signal('decide', { by: manager, decision: 'approve' })
      await request.end()
      return [request.handle.workflowId]
    },
  },
  'messages-while-giving': {
    async record(on) {
      const by = hireAdmin(on)
      const request = await on.submit(on.company.addUser(), { connectorId: 'c0ffee' })
      let release = () => undefined as void
      const released = new Promise<void>((resolve) => {
        release = resolve
      })
      on.faults.give = () => released
      const granted = request.override({ by, decision: 'grant' })
      await until(() => on.attempts('give') === 1)
      await refusal(request.override({ by, decision: 'deny', reason: 'No.' }))
      await request.signal('override', { by, decision: 'deny', reason: 'No.' })
      await request.signal('flowClosed', { cause: 'disabled' })
      release()
      await granted
      await request.end()
      return [request.handle.workflowId]
    },
  },
  'timed-access': {
    async record(on) {
      const request = await on.submit(on.company.addUser(), { durations: ['PT2S'] })
      await request.override({ by: hireAdmin(on), decision: 'grant' })
      await request.end()
      const grantId = accessGrantWorkflowId(on.given.get(request.id)?.id ?? '')
      await on.client.workflow.getHandle(grantId).result()
      return [request.handle.workflowId, grantId]
    },
  },
  'canceled-by-operator': {
    async record(on) {
      const request = await on.submit(on.company.addUser())
      await request.handle.cancel()
      await request.end()
      return [request.handle.workflowId]
    },
  },
  'canceled-by-operator-while-giving': {
    async record(on) {
      const request = await on.submit(on.company.addUser(), { connectorId: 'c0ffee' })
      on.faults.give = away
      await request.signal('override', { by: hireAdmin(on), decision: 'grant' })
      await until(() => on.attempts('give') === 1)
      await request.handle.cancel()
      await request.end()
      return [request.handle.workflowId]
    },
  },
  'target-changed-while-giving': {
    async record(on) {
      const request = await on.submit(on.company.addUser(), { connectorId: 'c0ffee' })
      on.faults.give = (attempt) => {
        if (attempt === 1) on.giveAt(request.id, 'facade')
      }
      await request.override({ by: hireAdmin(on), decision: 'grant' })
      await request.end()
      return [request.handle.workflowId]
    },
  },
  ...grantPaths,
  'source-read': { record: (on) => sourceRead(on, async () => undefined) },
  'source-not-read': { record: (on) => sourceRead(on, refused) },
  'fan-out': { record: (on) => fanOut(on, [{ signalled: 1, left: 0 }]) },
  'fan-out-twice': {
    record: (on) =>
      fanOut(on, [
        { signalled: 0, left: 1 },
        { signalled: 1, left: 0 },
      ]),
  },
}
