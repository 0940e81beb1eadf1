/** Messages of other systems: the same rules as over HTTP, and what breaks them is written down as refused. */
import { describe, expect, test } from 'vitest'
import type { ApproverRule } from '../../src/domain/flow/flow.ts'
import { until } from '../support/test-server.ts'
import { useTestServer } from '../support/use-test-server.ts'

const { startTestWorker } = useTestServer()

async function scene() {
  const on = await startTestWorker()
  const manager = on.company.addUser()
  const admin = on.company.addUser({ isAdministrator: true })
  const requester = on.company.addUser({ managerId: manager })
  const approvers: ApproverRule[] = [{ kind: 'manager' }]
  return { on, manager, admin, requester, submit: () => on.submit(requester, { approvers }) }
}

describe('a signal does what the update of its name does', () => {
  test('decide', async () => {
    const { on, manager, submit } = await scene()
    const request = await submit()

    await request.signal('decide', { by: manager, decision: 'approve' })

    expect(await request.end()).toBe('approved')
    expect(on.log).toEqual(['access given', 'step_decided', 'approved'])
  })

  test('override', async () => {
    const { on, admin, submit } = await scene()
    const request = await submit()

    await request.signal('override', { by: admin, decision: 'deny', reason: 'No.', internalNotes: 'why' })

    expect(await request.end()).toBe('denied')
    expect(on.row(request.id).decision).toMatchObject({ override: true, reason: 'No.' })
  })

  test('withdraw', async () => {
    const { on, requester, submit } = await scene()
    const request = await submit()

    await request.signal('withdraw', { by: requester })

    expect(await request.end()).toBe('canceled')
    expect(on.row(request.id).decision).toMatchObject({ cause: 'withdrawn' })
  })
})

test('signals that break a rule change nothing and are written down, each with its code', async () => {
  const { on, manager, admin, requester, submit } = await scene()
  const request = await submit()

  await request.signal('decide', { by: requester, decision: 'approve' })
  await request.signal('decide', { by: manager, decision: 'deny' })
  await request.signal('decide', { by: manager, decision: 'maybe' })
  await request.signal('decide', 'nonsense')
  await request.signal('decide')
  await request.signal('override', { by: manager, decision: 'grant' })
  await request.signal('override', { by: admin, decision: 'grant', duration: 'P10Y' })
  await request.signal('override', null)
  await request.signal('override', { by: { $ne: null }, decision: 'grant' })
  await request.signal('withdraw', { by: admin })
  await request.signal('withdraw', { by: 'x'.repeat(100_000) })
  await request.signal('flowClosed', { cause: 'boredom' })
  await request.signal('flowClosed')
  await until(() => on.log.length >= 13)

  expect(on.log).toEqual([
    'refused decide: own_request',
    'refused decide: reason_required',
    'refused decide: invalid_input',
    'refused decide: invalid_input',
    'refused decide: invalid_input',
    'refused override: not_an_administrator',
    'refused override: invalid_input',
    'refused override: invalid_input',
    'refused override: invalid_input',
    'refused withdraw: not_the_requester',
    'refused withdraw: invalid_input',
    'refused flowClosed: invalid_input',
    'refused flowClosed: invalid_input',
  ])
  expect(on.row(request.id)).toMatchObject({ status: 'pending', version: 1 })
  expect(JSON.stringify(on.events())).not.toContain('x'.repeat(65))
  await request.decide({ by: manager, decision: 'approve' })
  expect(await request.end()).toBe('approved')
})

test('signals in a burst are carried out in order; those that come too late are told who won, and none is lost', async () => {
  const { on, manager, admin, requester, submit } = await scene()
  const request = await submit()

  await Promise.all([
    request.signal('override', { by: admin, decision: 'deny', reason: 'No.' }),
    request.signal('decide', { by: manager, decision: 'approve' }),
    request.signal('withdraw', { by: requester }),
    request.signal('flowClosed', { cause: 'deleted' }),
    request.signal('directoryChanged', {}),
  ])
  const end = await request.end()

  const outcomes = on.log.filter((one) => ['approved', 'denied', 'canceled'].includes(one))
  expect(outcomes).toEqual([end])
  const tooLate = on.log.filter((one) => one.startsWith('refused'))
  expect(tooLate).toHaveLength(end === 'canceled' && on.row(request.id).decision?.cause === 'flow_deleted' ? 3 : 2)
  expect(tooLate.every((one) => one.endsWith('request_closed'))).toBe(true)
})

test('a signal nobody knows is ignored', async () => {
  const { manager, submit } = await scene()
  const request = await submit()

  await request.signal('selfDestruct', { now: true })

  await request.decide({ by: manager, decision: 'approve' })
  expect(await request.end()).toBe('approved')
})

const bytes = (text: string) => new TextEncoder().encode(text)

const unreadable: [string, Record<string, Uint8Array>, string][] = [
  ['is not JSON', { encoding: bytes('json/plain') }, '{"by":'],
  ['is of an unknown encoding', { encoding: bytes('binary/unheard-of') }, 'abc'],
  ['has no encoding at all', {}, 'abc'],
  [
    'is encrypted with a key we do not have',
    { encoding: bytes('binary/encrypted'), 'encryption-key-id': bytes('theirs') },
    'x'.repeat(64),
  ],
  [
    'is encrypted and was tampered with',
    { encoding: bytes('binary/encrypted'), 'encryption-key-id': bytes('test') },
    'x'.repeat(64),
  ],
  ['is encrypted and cut short', { encoding: bytes('binary/encrypted'), 'encryption-key-id': bytes('test') }, 'x'],
]

test.each(unreadable)(
  'a signal whose argument %s is refused like any other, and the request goes on',
  async (_name, metadata, data) => {
    const { on, manager, submit } = await scene()
    const request = await submit()
    const payload = { metadata, data: bytes(data) }

    await on.client.workflowService.signalWorkflowExecution({
      namespace: 'default',
      workflowExecution: { workflowId: request.handle.workflowId },
      signalName: 'decide',
      input: { payloads: [payload, payload] },
    })
    await until(() => on.log.length > 0, 3000)

    expect(on.log).toEqual(['refused decide: invalid_input'])
    await request.decide({ by: manager, decision: 'approve' })
    expect(await request.end()).toBe('approved')
  },
)

test.each(unreadable)(
  'an update whose argument %s is refused, and the request goes on',
  async (_name, metadata, data) => {
    const { on, manager, submit } = await scene()
    const request = await submit()

    const answer = await on.client.workflowService.updateWorkflowExecution({
      namespace: 'default',
      workflowExecution: { workflowId: request.handle.workflowId },
      waitPolicy: { lifecycleStage: 3 },
      request: {
        meta: { updateId: 'u' },
        input: { name: 'decide', args: { payloads: [{ metadata, data: bytes(data) }] } },
      },
    })

    expect(answer.outcome?.failure).toBeTruthy()
    await request.decide({ by: manager, decision: 'approve' })
    expect(await request.end()).toBe('approved')
  },
)
