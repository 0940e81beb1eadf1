/** What a workflow leaves behind on a real server: little, and nothing personal in the clear. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import proto from '@temporalio/proto'
import { expect, inject, test } from 'vitest'
import { ConnectorError } from '../../src/domain/shared/connector-error.ts'
import { accessGrantWorkflowId } from '../../src/domain/shared/workflow-ids.ts'
import { refusal, type TestWorker, until } from '../support/test-server.ts'
import { useTestServer } from '../support/use-test-server.ts'

const { History } = proto.temporal.api.history.v1
const { startTestWorker } = useTestServer('real')
const run = promisify(execFile)

async function sizeOf(on: TestWorker, workflowId: string) {
  const history = await on.client.workflow.getHandle(workflowId).fetchHistory()
  return { count: history.events?.length, bytes: History.encode(history).finish().length }
}

test('a plain granted request takes at most 14 events and 4 kB', async () => {
  const on = await startTestWorker()
  const admin = on.company.addUser({ isAdministrator: true })
  const request = await on.submit(on.company.addUser())

  await request.override({ by: admin, decision: 'grant' })
  await request.end()

  const { count, bytes } = await sizeOf(on, request.handle.workflowId)
  expect(count).toBeLessThanOrEqual(14)
  expect(bytes).toBeLessThanOrEqual(4 * 1024)
})

/** Everything an operator without the key can read. */
async function readable(on: TestWorker, workflowId: string): Promise<string> {
  const address = ['--address', on.env.address, '--workflow-id', workflowId, '--output', 'json']
  const shown = await Promise.all(
    ['show', 'describe'].map((command) =>
      run(inject('temporalCliPath'), ['workflow', command, ...address], { maxBuffer: 1e8 }),
    ),
  )
  const text = shown.map(({ stdout }) => stdout).join('\n')
  const inside = [...text.matchAll(/"([A-Za-z0-9+/=]{12,})"/g)].map(([, base64]) =>
    Buffer.from(base64 ?? '', 'base64').toString('utf8'),
  )
  return [text, ...inside].join('\n')
}

test('nothing personal stands in a history in the clear, failures included', async () => {
  const on = await startTestWorker()
  const admin = on.company.addUser({ name: 'Ada Lovelace', isAdministrator: true })
  const requester = on.company.addUser({ name: 'Rita Requester' })
  const request = await on.submit(requester, { reason: 'secret-reason', durations: ['P10D'], connectorId: 'c0ffee' })
  on.faults.commit = (attempt) => {
    if (attempt <= 4) throw new Error('secret-outage of Rita Requester')
  }
  on.faults.give = () => {
    throw new ConnectorError('secret-failure for person.2@example.test', { retryable: false })
  }
  await request.override({ by: admin, decision: 'grant', message: 'secret-message', internalNotes: 'secret-notes' })
  on.faults.commit = undefined
  on.faults.give = undefined
  await refusal(request.override({ by: requester, decision: 'deny', reason: 'secret-refused' }))
  await request.signal('override', {
    by: requester,
    decision: 'deny',
    reason: 'secret-signal',
    nextSteps: 'secret-steps',
  })
  await until(() => on.log.length >= 3)
  await request.override({ by: admin, decision: 'grant', message: 'secret-message' })
  await request.end()
  const grantId = accessGrantWorkflowId(on.given.get(request.id)?.id ?? '')
  on.watch(grantId)

  for (const workflowId of [request.handle.workflowId, grantId]) {
    const text = await readable(on, workflowId)
    expect(text).toContain('Production database')
    expect(text).toContain(requester)
    expect(text).not.toMatch(/secret-|Lovelace|Rita|Requester"|example\.test/)
  }
})

test('the Temporal UI shows the status as a search attribute and a state a person understands', async () => {
  const on = await startTestWorker()
  const owner = on.company.addUser()
  const request = await on.submit(on.company.addUser({ managerId: on.company.addUser() }), {
    approvers: [{ kind: 'manager' }, { kind: 'user', userId: owner }],
    requirement: 'all',
  })
  await request.decide({ by: owner, decision: 'approve' })

  const details = await request.handle.query<{ currentDetails?: string }>('__temporal_workflow_metadata')
  expect(details.currentDetails).toContain('**Pending: waits for review**')
  expect(details.currentDetails).toContain('1 of 2 approvals; waits for 1 people')

  await request.decide({ by: request.first.steps[0]?.approvers[0]?.id, decision: 'deny', reason: 'No.' })
  await request.end()
  const { searchAttributes } = await request.handle.describe()
  expect(searchAttributes).toMatchObject({
    RequestStatus: ['denied'],
    RequesterId: [request.first.requester.id],
    ApprovalFlowId: [request.first.flow.id],
  })
})
