/** Every status and every action: what is allowed, and what is refused with which code. */
import { describe, expect, test } from 'vitest'
import { abilitiesOf } from '../../src/domain/abilities.ts'
import { decide, override } from '../../src/domain/request/decisions.ts'
import { withdraw } from '../../src/domain/request/lifecycle.ts'
import type { AccessRequest, PendingGrant } from '../../src/domain/request/record.ts'
import { requestStatuses } from '../../src/domain/request/record.ts'
import { refuseEarly } from '../../src/domain/request/rules.ts'
import { aRequest, movesOf, refusalOf, start, thrownBy } from '../support/a-request.ts'
import { createCompany } from '../support/company.ts'

const situations = [...requestStatuses, 'provisioning'] as const
type Situation = (typeof situations)[number]
const actionNames = ['approve', 'deny', 'grant', 'overrule', 'withdraw'] as const
type Action = (typeof actionNames)[number]

function situation() {
  const company = createCompany()
  const manager = company.addUser({ name: 'Mona Manager' })
  const requester = company.addUser({ name: 'Rita Requester', managerId: manager })
  const admin = company.addUser({ name: 'Ada Admin', isAdministrator: true })
  const moves = movesOf(company)
  const pending = aRequest(company, requester, { approvers: [{ kind: 'manager' }] })
  const provisioning = moves.approve(pending, manager)
  const orphan = company.addUser()
  const states: Record<Situation, AccessRequest> = {
    pending,
    provisioning,
    approved: moves.give(provisioning),
    denied: moves.deny(pending, manager),
    canceled: moves.cancel(pending),
    expired: moves.expire(pending),
    missing_data: aRequest(company, orphan, { approvers: [{ kind: 'manager' }] }),
    error: moves.fail(provisioning),
  }
  const context = (by: string) => ({ actor: company.actor(by), now: start })
  const actions: Record<Action, (request: AccessRequest) => unknown> = {
    approve: (request) => decide(request, { by: manager, decision: 'approve' }, context(manager)),
    deny: (request) => decide(request, { by: manager, decision: 'deny', reason: 'No.' }, context(manager)),
    grant: (request) => override(request, { by: admin, decision: 'grant' }, context(admin)),
    overrule: (request) => override(request, { by: admin, decision: 'deny', reason: 'No.' }, context(admin)),
    withdraw: (request) => withdraw(request, { by: request.requester.id }, context(request.requester.id)),
  }
  return { company, manager, admin, states, context, actions }
}

const final = {
  approve: 'request_closed',
  deny: 'request_closed',
  grant: 'request_closed',
  overrule: 'request_closed',
  withdraw: 'request_closed',
}
const busy = {
  approve: 'decision_in_progress',
  deny: 'decision_in_progress',
  grant: 'decision_in_progress',
  overrule: 'decision_in_progress',
  withdraw: 'decision_in_progress',
}
const table: Record<Situation, Partial<Record<Action, string>>> = {
  pending: {},
  provisioning: busy,
  approved: final,
  denied: final,
  canceled: final,
  expired: final,
  missing_data: { approve: 'not_an_approver', deny: 'not_an_approver' },
  error: { approve: 'already_decided', deny: 'already_decided' },
}

describe.each(situations)('a request that is %s', (name) => {
  test.each(actionNames)('answers %s by the rules', (action) => {
    const { states, actions } = situation()
    const request = states[name]
    const before = JSON.stringify(request)

    expect(refusalOf(() => actions[action](request))).toBe(table[name][action])
    expect(JSON.stringify(request)).toBe(before)
  })
})

test('the refusal of a second decision names who made the first one, and when', () => {
  const { states, actions, manager } = situation()

  const thrown = thrownBy(() => actions.grant(states.denied))

  expect(thrown).toMatchObject({
    message: expect.stringContaining('already denied by Mona Manager') as string,
    details: { current: 'denied', decidedBy: { id: manager, name: 'Mona Manager' }, decidedAt: start },
  })
})

test('only an activated administrator overrides, and nobody their own request', () => {
  const { company, manager, admin, states, context } = situation()
  const pending = states.pending
  const suspended = company.addUser({ isAdministrator: true, activated: false })
  const grant = (by: string, request = pending) =>
    refusalOf(() => override(request, { by, decision: 'grant' }, context(by)))

  expect(grant(manager)).toBe('not_an_administrator')
  expect(grant(suspended)).toBe('forbidden')
  expect(refusalOf(() => override(pending, { by: 'nobody', decision: 'grant' }, { actor: null, now: start }))).toBe(
    'forbidden',
  )
  expect(grant(admin, aRequest(company, admin, { approvers: [{ kind: 'user', userId: manager }] }))).toBe('own_request')
})

test('only the requester withdraws', () => {
  const { admin, states, context } = situation()

  expect(refusalOf(() => withdraw(states.pending, { by: admin }, context(admin)))).toBe('not_the_requester')
})

test('an approver who was suspended between mail and click decides nothing', () => {
  const { company, context } = situation()
  const boss = company.addUser()
  const request = aRequest(company, company.addUser({ managerId: boss }), { approvers: [{ kind: 'manager' }] })
  company.change(boss, { activated: false })

  expect(refusalOf(() => decide(request, { by: boss, decision: 'approve' }, context(boss)))).toBe('forbidden')
})

test('an administrator may shorten the requested duration, and not lengthen it', () => {
  const { company, admin, states, context } = situation()
  const request = aRequest(company, states.pending.requester.id, { durations: ['P10D'] })
  const grant = (duration: string) =>
    override(request, { by: admin, decision: 'grant', duration }, context(admin)).request

  expect(grant('P5D').provisioning?.duration).toBe('P5D')
  expect(refusalOf(() => grant('P11D'))).toBe('invalid_input')
})

describe('before a message is taken in', () => {
  const message = (by: string) => ({ type: 'override', by, decision: 'grant' }) as const

  test('it queues up while our own directory is asked, and is refused while another system is', () => {
    const { admin, states } = situation()
    const local = states.provisioning
    const remote = { ...local, provisioning: { ...(local.provisioning as PendingGrant), connectorId: 'c' } }

    expect(refusalOf(() => refuseEarly(local, message(admin), start))).toBeUndefined()
    expect(refusalOf(() => refuseEarly(remote, message(admin), start))).toBe('decision_in_progress')
  })

  test('it is held against the rules that need no lookup', () => {
    const { admin, states } = situation()
    const pending = states.pending

    // Who may decide is for the directory of the moment to say.
    expect(
      refusalOf(() => refuseEarly(pending, { type: 'decide', by: admin, decision: 'approve' }, start)),
    ).toBeUndefined()
    expect(
      refusalOf(() => refuseEarly(pending, { type: 'decide', by: pending.requester.id, decision: 'approve' }, start)),
    ).toBe('own_request')
    expect(refusalOf(() => refuseEarly(pending, { type: 'withdraw', by: admin }, start))).toBe('not_the_requester')
    expect(refusalOf(() => refuseEarly(pending, message(pending.requester.id), start))).toBe('own_request')
    expect(refusalOf(() => refuseEarly(states.denied, message(admin), start))).toBe('request_closed')
  })
})

test('what the caller is offered is what the rules allow', () => {
  const { company, manager, admin, states } = situation()
  const offered = (id: string, roles: string[], request: AccessRequest) => {
    const { id: _, ...rest } = { ...company.actor(id), id }
    return abilitiesOf({ id, name: rest.name ?? '', email: rest.email ?? '', roles }, request)
  }
  const pending = states.pending

  expect(offered(admin, ['admin'], pending)).toEqual({
    view: true,
    review: true,
    grant: true,
    deny: true,
    decide: false,
    withdraw: false,
  })
  expect(offered(manager, [], pending)).toEqual({
    view: true,
    review: true,
    grant: false,
    deny: false,
    decide: true,
    withdraw: false,
  })
  expect(offered(pending.requester.id, ['admin'], pending)).toEqual({
    view: true,
    review: true,
    grant: false,
    deny: false,
    decide: false,
    withdraw: true,
  })
  expect(offered(admin, ['admin'], states.approved)).toEqual({
    view: true,
    review: true,
    grant: false,
    deny: false,
    decide: false,
    withdraw: false,
  })
  expect(offered(company.addUser(), [], pending)).toMatchObject({ view: false, review: false })
  expect(offered(pending.requester.id, [], pending)).toMatchObject({ view: true, review: false })
  expect(offered(manager, [], states.approved).review).toBe(false)
})
