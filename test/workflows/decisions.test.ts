/** How requests are decided: by approvers, by administrators, by two at once. */
import { describe, expect, test } from 'vitest'
import type { ApproverRule } from '../../src/domain/flow/flow.ts'
import { refusal } from '../support/test-server.ts'
import { useTestServer } from '../support/use-test-server.ts'

const { startTestWorker } = useTestServer()

async function administered() {
  const on = await startTestWorker()
  const admin = on.company.addUser({ name: 'Ada', isAdministrator: true })
  const other = on.company.addUser({ name: 'Otto', isAdministrator: true })
  return { on, admin, other, requester: on.company.addUser() }
}

async function withThree() {
  const on = await startTestWorker()
  const [manager, owner, third] = [on.company.addUser(), on.company.addUser(), on.company.addUser()]
  const requester = on.company.addUser({ managerId: manager })
  const approvers: ApproverRule[] = [
    { kind: 'manager' },
    { kind: 'resource_owner', userId: owner },
    { kind: 'user', userId: third },
  ]
  return { on, requester, manager, owner, third, approvers }
}

test('an administrator grants, and access is given before the request is approved', async () => {
  const { on, admin, requester } = await administered()
  const request = await on.submit(requester)

  const answer = await request.override({ by: admin, decision: 'grant', message: 'Welcome.' })

  expect(answer).toEqual({ status: 'approved', version: 2 })
  expect(on.row(request.id)).toMatchObject({
    status: 'approved',
    version: 2,
    decision: { by: { id: admin }, message: 'Welcome.', override: false },
    grant: { expiresAt: null },
  })
  expect(on.log).toEqual(['access given', 'overridden', 'approved'])
  expect(await request.end()).toBe('approved')
})

test('an administrator denies with a reason and next steps, and the notes stay out of the request', async () => {
  const { on, admin, requester } = await administered()
  const request = await on.submit(requester)

  await request.override({
    by: admin,
    decision: 'deny',
    reason: 'Not now.',
    nextSteps: 'Ask in May.',
    internalNotes: 'leaver',
  })

  expect(on.row(request.id).decision).toMatchObject({ outcome: 'denied', reason: 'Not now.', nextSteps: 'Ask in May.' })
  expect(JSON.stringify([on.row(request.id), await request.state()])).not.toContain('leaver')
  expect(on.events()).toContainEqual(expect.objectContaining({ type: 'overridden', internalNotes: 'leaver' }))
  expect(await request.end()).toBe('denied')
})

describe('assigned approvers', () => {
  test('under any, one approval is enough', async () => {
    const { on, requester, owner, approvers } = await withThree()
    const request = await on.submit(requester, { approvers, requirement: 'any' })

    expect(await request.decide({ by: owner, decision: 'approve' })).toEqual({ status: 'approved', version: 2 })
    expect(await request.end()).toBe('approved')
  })

  test('under any, three denials deny', async () => {
    const { on, requester, manager, owner, third, approvers } = await withThree()
    const request = await on.submit(requester, { approvers, requirement: 'any' })

    for (const by of [manager, owner])
      expect(await request.decide({ by, decision: 'deny', reason: 'No.' })).toMatchObject({ status: 'pending' })
    expect(await request.decide({ by: third, decision: 'deny', reason: 'No.' })).toMatchObject({ status: 'denied' })

    expect(await request.end()).toBe('denied')
  })

  test('under all, everybody approves, in any order', async () => {
    const { on, requester, manager, owner, third, approvers } = await withThree()
    const request = await on.submit(requester, { approvers, requirement: 'all' })

    await request.decide({ by: third, decision: 'approve' })
    await request.decide({ by: manager, decision: 'approve' })
    expect((await request.state()).progress).toMatchObject({ approved: 2, total: 3 })
    await request.decide({ by: owner, decision: 'approve' })

    expect(await request.end()).toBe('approved')
  })

  test('under all, the first denial ends it', async () => {
    const { on, requester, manager, owner, approvers } = await withThree()
    const request = await on.submit(requester, { approvers, requirement: 'all' })

    await request.decide({ by: owner, decision: 'approve' })
    await request.decide({ by: manager, decision: 'deny', reason: 'No.' })

    expect(await request.end()).toBe('denied')
    expect(on.given.size).toBe(0)
  })

  test('one after the other, and each hears of it when their turn comes', async () => {
    const { on, requester, manager, owner, third, approvers } = await withThree()
    const request = await on.submit(requester, { approvers, requirement: 'sequential' })

    expect((await refusal(request.decide({ by: third, decision: 'approve' }))).code).toBe('not_an_approver')
    for (const by of [manager, owner, third]) await request.decide({ by, decision: 'approve' })

    expect(await request.end()).toBe('approved')
    expect(on.log).toEqual([
      'step_decided',
      'approvers_awaited',
      'step_decided',
      'approvers_awaited',
      'access given',
      'step_decided',
      'approved',
    ])
  })

  test('two of a group of three, each counted once', async () => {
    const on = await startTestWorker()
    const members = [on.company.addUser(), on.company.addUser(), on.company.addUser()] as const
    const approvers: ApproverRule[] = [{ kind: 'user_group', groupId: on.company.team([...members]), required: 2 }]
    const request = await on.submit(on.company.addUser(), { approvers })

    await request.decide({ by: members[0], decision: 'approve' })
    expect((await refusal(request.decide({ by: members[0], decision: 'approve' }))).code).toBe('already_decided')
    await request.decide({ by: members[2], decision: 'approve' })

    expect(await request.end()).toBe('approved')
  })
})

test('an administrator overrides a half-done flow: it closes at once', async () => {
  const { on, requester, manager, owner, approvers } = await withThree()
  const admin = on.company.addUser({ isAdministrator: true })
  const request = await on.submit(requester, { approvers, requirement: 'all' })
  await request.decide({ by: manager, decision: 'approve' })

  expect(await request.override({ by: admin, decision: 'grant' })).toEqual({ status: 'approved', version: 3 })

  expect(on.row(request.id).steps.map(({ state }) => state)).toEqual(['approved', 'overridden', 'overridden'])
  expect(on.row(request.id).decision).toMatchObject({ override: true, by: { id: admin } })
  expect(await request.end()).toBe('approved')
  await expect(request.decide({ by: owner, decision: 'approve' })).rejects.toMatchObject({
    name: 'WorkflowNotFoundError',
  })
})

test('what breaks a rule is refused with its code and leaves no trace', async () => {
  const { on, requester, manager, approvers } = await withThree()
  const admin = on.company.addUser({ isAdministrator: true })
  const request = await on.submit(requester, { approvers })

  const codes = [
    await refusal(request.decide({ by: requester, decision: 'approve' })),
    await refusal(request.decide({ by: admin, decision: 'approve' })),
    await refusal(request.decide({ by: manager, decision: 'deny' })),
    await refusal(request.decide('nonsense')),
    await refusal(request.override({ by: manager, decision: 'grant' })),
    await refusal(request.override({ by: requester, decision: 'grant' })),
    await refusal(request.override({ by: admin, decision: 'grant', duration: 'P10Y' })),
    await refusal(request.withdraw({ by: admin })),
  ].map(({ code }) => code)

  expect(codes).toEqual([
    'own_request',
    'not_an_approver',
    'reason_required',
    'invalid_input',
    'not_an_administrator',
    'own_request',
    'invalid_input',
    'not_the_requester',
  ])
  expect(on.log).toEqual([])
  expect(await request.state()).toMatchObject({ status: 'pending', version: 1 })
  await request.withdraw({ by: requester })
  expect(await request.end()).toBe('canceled')
})

test('of two administrators at once exactly one wins, and the other is told who', async () => {
  const { on, admin, other, requester } = await administered()

  for (let round = 0; round < 25; round++) {
    const request = await on.submit(requester)
    const grant = () => request.override({ by: admin, decision: 'grant' })
    const deny = () => request.override({ by: other, decision: 'deny', reason: 'No.' })
    const both = await Promise.allSettled(round % 2 === 0 ? [grant(), deny()] : [deny(), grant()])
    const end = await request.end()

    const won = both.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
    const lost = both.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
    const { version } = on.row(request.id)
    expect(won).toEqual([{ status: end, version }])
    const late = await refusal(Promise.reject(lost[0]))
    const told = `${late.code}: ${late.message}`
    expect(told).toMatch(
      end === 'approved'
        ? /request_closed.*by Ada|already completed|not found/
        : /request_closed.*by Otto|already completed|not found/,
    )
    expect(on.row(request.id).status).toBe(end)
  }
})

test('the same update repeated after the request is closed gives the same answer', async () => {
  const { on, admin, requester } = await administered()
  const request = await on.submit(requester)
  const decide = () => request.override({ by: admin, decision: 'grant' }, 'key-1')

  const first = await decide()
  expect(await request.end()).toBe('approved')

  expect(await decide()).toEqual(first)
  expect(on.log.filter((one) => one === 'access given')).toHaveLength(1)
})
