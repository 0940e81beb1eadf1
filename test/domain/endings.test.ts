/** How a request ends, what its record says then, and what is told of it. */
import { describe, expect, test } from 'vitest'
import { approve, cancel, closeFlow, expire, fail, withdraw } from '../../src/domain/request/lifecycle.ts'
import { aRequest, grantOf, movesOf, start } from '../support/a-request.ts'
import { createCompany } from '../support/company.ts'

const later = '2026-03-12T09:00:00.000Z'

function scene() {
  const company = createCompany()
  const manager = company.addUser({ name: 'Mona' })
  const owner = company.addUser()
  const admin = company.addUser({ name: 'Ada', isAdministrator: true })
  const requester = company.addUser({ name: 'Rita', managerId: manager })
  const approvers = [{ kind: 'manager' as const }, { kind: 'resource_owner' as const, userId: owner }]
  const request = aRequest(company, requester, { approvers, requirement: 'all', durations: ['P10D'] })
  return { company, manager, owner, admin, requester, request, moves: movesOf(company) }
}

const nothingSaid = { by: null, override: false, message: null, reason: null, nextSteps: null, cause: null }

describe('access is given', () => {
  test('and the request is approved as it was decided', () => {
    const { admin, request, moves } = scene()
    const failed = moves.fail(moves.grant(request, admin))
    const again = moves.grant(failed, admin)
    const provisioning = again.provisioning && {
      ...again.provisioning,
      override: true,
      message: 'Hi.',
      duration: 'P5D',
    }

    const { request: after, events } = approve({ ...again, provisioning }, grantOf(later), later)

    expect(after).toStrictEqual({
      ...again,
      version: again.version + 1,
      updatedAt: later,
      status: 'approved',
      approvedDuration: 'P5D',
      decision: {
        ...nothingSaid,
        by: { id: admin, name: 'Ada', email: 'ada@example.test' },
        at: later,
        outcome: 'approved',
        override: true,
        message: 'Hi.',
      },
      grant: grantOf(later),
      provisioning: null,
      error: null,
      expiresAt: null,
    })
    expect(events).toStrictEqual([{ type: 'approved', from: 'error' }])
  })

  test('and was decided by nobody: so says the record', () => {
    const { request } = scene()

    const { request: after } = approve(request, grantOf(later), later)

    expect(after.decision).toStrictEqual({ ...nothingSaid, at: later, outcome: 'approved' })
    expect(after.approvedDuration).toBeNull()
  })
})

test('a failure tells what it came from and how often it was tried in all', () => {
  const { request, admin, moves } = scene()
  const failed = moves.fail(moves.grant(request, admin))

  const { request: after, events } = fail(failed, { message: 'Still away.', attempts: 3 }, later)

  expect(after).toMatchObject({ status: 'error', error: { message: 'Still away.', since: start, attempts: 8 } })
  expect(events).toStrictEqual([{ type: 'failed', from: 'error', message: 'Still away.', attempts: 8 }])
})

describe('a request is canceled', () => {
  test.each([
    ['flow_deleted', 'The approval flow was deleted.'],
    ['flow_disabled', 'The approval flow was disabled.'],
    ['withdrawn', 'The requester withdrew the request.'],
    ['requester_suspended', 'The requester was suspended.'],
    ['workflow_ended', 'Its workflow was ended from outside; ask again with a new request.'],
  ] as const)('for the cause %s: %s', (cause, reason) => {
    const { request } = scene()
    const origin = { clientIp: '10.0.0.1' }

    const { request: after, events } = cancel(request, cause, { by: null, now: later, origin })

    expect(after).toStrictEqual({
      ...request,
      version: 2,
      updatedAt: later,
      status: 'canceled',
      decision: { ...nothingSaid, at: later, outcome: 'canceled', reason, cause },
      steps: request.steps.map((step) => ({ ...step, state: 'skipped', currentSince: null })),
      expiresAt: null,
    })
    expect(events).toStrictEqual([{ type: 'canceled', from: 'pending', cause, by: null, origin }])
  })

  test('by its requester', () => {
    const { company, requester, request } = scene()
    const message = { by: requester, origin: { userAgent: 'curl' } }

    const { request: after, events } = withdraw(request, message, { actor: company.actor(requester), now: later })

    const by = { id: requester, name: 'Rita', email: 'rita@example.test' }
    expect(after.decision).toMatchObject({ by, at: later, cause: 'withdrawn' })
    expect(events).toStrictEqual([
      { type: 'canceled', from: 'pending', cause: 'withdrawn', by, origin: message.origin },
    ])
  })

  test.each([
    ['deleted', 'flow_deleted'],
    ['disabled', 'flow_disabled'],
  ] as const)('by nobody when its flow is %s', (cause, expected) => {
    const { request } = scene()

    expect(closeFlow(request, { cause }, later).request.decision).toMatchObject({
      by: null,
      at: later,
      cause: expected,
    })
  })
})

describe('a request expires', () => {
  test('and says why, and nobody is waited for', () => {
    const { manager, request, moves } = scene()
    const once = moves.approve(request, manager)

    const { request: after, events } = expire(once, later)

    expect(after).toStrictEqual({
      ...once,
      version: 3,
      updatedAt: later,
      status: 'expired',
      decision: { ...nothingSaid, at: later, outcome: 'expired', reason: 'Nobody acted on the request in time.' },
      steps: [once.steps[0], { ...once.steps[1], state: 'skipped', currentSince: null }],
      expiresAt: null,
    })
    expect(events).toStrictEqual([{ type: 'expired', from: 'pending' }])
  })

  test('or is canceled after a grant has failed: the failure is not shown any more', () => {
    const { admin, request, moves } = scene()
    const failed = moves.fail(moves.grant(request, admin))
    expect(failed.error).not.toBeNull()

    for (const ended of [moves.expire(failed), moves.cancel(failed)]) expect(ended.error).toBeNull()
  })

  test('and what was missing stays visible as missing, as it does when it is canceled', () => {
    const { company, owner, moves } = scene()
    const approvers = [{ kind: 'manager' as const }, { kind: 'resource_owner' as const, userId: owner }]
    const request = aRequest(company, company.addUser(), { approvers, requirement: 'all' })

    for (const ended of [moves.expire(request), moves.cancel(request)])
      expect(ended.steps.map(({ state }) => state)).toEqual(['missing', 'skipped'])
  })
})
