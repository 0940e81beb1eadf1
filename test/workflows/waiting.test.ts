/** Time passing, data missing: what a request does while nobody decides. */
import { describe, expect, test } from 'vitest'
import type { ApproverRule } from '../../src/domain/flow/flow.ts'
import { type TestWorker, until } from '../support/test-server.ts'
import { useTestServer } from '../support/use-test-server.ts'

const { startTestWorker } = useTestServer()
const day = 24 * 60 * 60 * 1000

const ageOf = async (on: TestWorker, id: string) =>
  (Date.parse(on.row(id).decision?.at ?? '') - Date.parse(on.row(id).createdAt)) / day

test('a request nobody touches for 30 days expires', async () => {
  const on = await startTestWorker()
  on.company.addUser({ isAdministrator: true })
  const request = await on.submit(on.company.addUser())

  expect(await request.end()).toBe('expired')

  expect(await ageOf(on, request.id)).toBeCloseTo(30, 2)
  expect(on.row(request.id)).toMatchObject({
    status: 'expired',
    expiresAt: null,
    decision: { by: null, outcome: 'expired' },
  })
  expect(on.log).toEqual(['expired'])
})

test('a decided step starts the 30 days anew', async () => {
  const on = await startTestWorker()
  const [manager, owner] = [on.company.addUser(), on.company.addUser()]
  const approvers: ApproverRule[] = [{ kind: 'manager' }, { kind: 'resource_owner', userId: owner }]
  const request = await on.submit(on.company.addUser({ managerId: manager }), { approvers, requirement: 'all' })

  await on.env.sleep('20 days')
  await request.decide({ by: manager, decision: 'approve' })

  expect(await request.end()).toBe('expired')
  expect(await ageOf(on, request.id)).toBeCloseTo(50, 2)
})

test('news that fill nothing in do not', async () => {
  const on = await startTestWorker()
  const request = await on.submit(on.company.addUser(), { approvers: [{ kind: 'manager' }] })

  await on.env.sleep('20 days')
  await request.signal('directoryChanged', {})

  expect(await request.end()).toBe('expired')
  expect(await ageOf(on, request.id)).toBeCloseTo(30, 2)
})

test('a request with missing data expires too', async () => {
  const on = await startTestWorker()
  const request = await on.submit(on.company.addUser(), { approvers: [{ kind: 'manager' }], expiry: 'P10D' })
  expect(request.first.status).toBe('missing_data')

  expect(await request.end()).toBe('expired')
  expect(await ageOf(on, request.id)).toBeCloseTo(10, 2)
})

describe('missing data', () => {
  async function withoutManager() {
    const on = await startTestWorker()
    const requester = on.company.addUser()
    const request = await on.submit(requester, { approvers: [{ kind: 'manager' }] })
    return { on, requester, request }
  }

  test('heals the moment the directory changes: the approver hears of it, decides, and the clock starts anew', async () => {
    const { on, requester, request } = await withoutManager()
    await on.env.sleep('10 days')
    const manager = on.company.addUser()
    on.company.change(requester, { managerId: manager })

    await request.signal('directoryChanged')
    await until(() => on.row(request.id).status === 'pending')

    const row = on.row(request.id)
    expect(row).toMatchObject({ missingData: [], steps: [{ state: 'current', approvers: [{ id: manager }] }] })
    expect((Date.parse(row.expiresAt ?? '') - Date.parse(row.createdAt)) / day).toBeCloseTo(40, 2)
    expect(on.log).toEqual(['approver_replaced', 'missing_data_filled', 'approvers_awaited'])
    await request.decide({ by: manager, decision: 'approve' })
    expect(await request.end()).toBe('approved')
  })

  test('can be granted by an administrator instead', async () => {
    const { on, request } = await withoutManager()
    const admin = on.company.addUser({ isAdministrator: true })

    expect(await request.override({ by: admin, decision: 'grant' })).toMatchObject({ status: 'approved' })

    expect(on.row(request.id)).toMatchObject({ missingData: [], decision: { override: true } })
    expect(await request.end()).toBe('approved')
  })

  test('can be denied by an administrator instead', async () => {
    const { on, request } = await withoutManager()
    const admin = on.company.addUser({ isAdministrator: true })

    await request.override({ by: admin, decision: 'deny', reason: 'No manager, no access.' })

    expect(await request.end()).toBe('denied')
  })

  test('comes when the approver is suspended, and says so once however often the directory changes', async () => {
    const on = await startTestWorker()
    const manager = on.company.addUser()
    const request = await on.submit(on.company.addUser({ managerId: manager }), { approvers: [{ kind: 'manager' }] })
    on.company.change(manager, { activated: false })

    for (let time = 0; time < 5; time++) await request.signal('directoryChanged', {})
    await until(() => on.row(request.id).status === 'missing_data')
    on.company.change(manager, { activated: true })
    await request.signal('directoryChanged', {})
    await until(() => on.row(request.id).status === 'pending')

    expect(on.row(request.id).version).toBe(3)
    expect(on.log).toEqual([
      'approver_replaced',
      'missing_data_found',
      'approver_replaced',
      'missing_data_filled',
      'approvers_awaited',
    ])
    await request.decide({ by: manager, decision: 'deny', reason: 'No.' })
    expect(await request.end()).toBe('denied')
  })
})

describe('a request is canceled', () => {
  test.each([
    ['deleted', 'flow_deleted'],
    ['disabled', 'flow_disabled'],
  ])('when its flow is %s', async (cause, shown) => {
    const on = await startTestWorker()
    on.company.addUser({ isAdministrator: true })
    const request = await on.submit(on.company.addUser())

    await request.signal('flowClosed', { cause })

    expect(await request.end()).toBe('canceled')
    expect(on.row(request.id)).toMatchObject({ status: 'canceled', decision: { by: null, cause: shown } })
    expect(on.log).toEqual(['canceled'])
  })

  test('when the requester withdraws it', async () => {
    const on = await startTestWorker()
    const requester = on.company.addUser()
    const request = await on.submit(requester, { approvers: [{ kind: 'manager' }] })

    expect(await request.withdraw({ by: requester, origin: { clientIp: '10.0.0.1' } })).toEqual({
      status: 'canceled',
      version: 2,
    })

    expect(on.row(request.id).decision).toMatchObject({ cause: 'withdrawn', by: { id: requester } })
    expect(on.events()).toMatchObject([{ type: 'canceled', origin: { clientIp: '10.0.0.1' } }])
    expect(await request.end()).toBe('canceled')
  })

  test('when the requester is suspended', async () => {
    const on = await startTestWorker()
    const requester = on.company.addUser()
    on.company.addUser({ isAdministrator: true })
    const request = await on.submit(requester)
    on.company.change(requester, { activated: false })

    await request.signal('directoryChanged', {})

    expect(await request.end()).toBe('canceled')
    expect(on.row(request.id).decision).toMatchObject({ cause: 'requester_suspended' })
  })
})
