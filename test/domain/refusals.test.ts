/** What a caller reads when a request may not be acted on: the sentence, the code and the details. */
import { describe, expect, test } from 'vitest'
import type { AccessRequest } from '../../src/domain/access-request.ts'
import { refuseEarly } from '../../src/domain/admission.ts'
import { type DomainError, toRefusal } from '../../src/domain/errors.ts'
import { withdraw } from '../../src/domain/outcomes.ts'
import { refuseIfLost, refuseUnlessDecidable } from '../../src/domain/refusals.ts'
import { decide, override } from '../../src/domain/transitions.ts'
import { aRequest, movesOf, start, thrownBy } from '../support/a-request.ts'
import { createCompany } from '../support/company.ts'

const company = createCompany()
const manager = company.hire({ name: 'Mona' })
const admin = company.hire({ name: 'Ada', isAdministrator: true })
const suspended = company.hire({ isAdministrator: true, activated: false })
const stranger = company.hire()
const requester = company.hire({ managerId: manager })
const owner = company.hire()
const { approve, deny, give, cancel, expire, fail } = movesOf(company)
const approvers = [{ kind: 'manager' as const }, { kind: 'resource_owner' as const, userId: owner }]
const pending = aRequest(company, requester, { approvers, requirement: 'all', durations: ['P10D'] })
const once = approve(pending, manager)
const granted = approve(once, owner)
const failed = fail(granted)

const context = (by: string) => ({ actor: company.actor(by), now: start })
const decides = (request: AccessRequest, by: string) => () => decide(request, { by, decision: 'approve' }, context(by))
const grants = (request: AccessRequest, by: string, duration?: string) => () =>
  override(request, { by, decision: 'grant', duration }, context(by))
const withdraws = (request: AccessRequest, by: string) => () => withdraw(request, { by }, context(by))
const refusalBy = (run: () => unknown) => toRefusal(thrownBy(run) as DomainError)
const current = (status: string) => ({ current: status })

describe('is refused', () => {
  const inactive = 'Only activated users can act on a request.'
  const gone = company.hire()
  const ofGone = { ...aRequest(company, gone, { approvers }), requester: { ...pending.requester, id: 'gone' } }

  test.each([
    [
      'a decision on an own request',
      decides(pending, requester),
      'own_request',
      'Nobody decides on their own request.',
      current('pending'),
    ],
    [
      'a second decision',
      decides(once, manager),
      'already_decided',
      'You have already decided on this request.',
      current('pending'),
    ],
    [
      'a decision after a failure, by who has decided',
      decides(failed, owner),
      'already_decided',
      'You have already decided on this request.',
      current('error'),
    ],
    [
      'the decision of somebody who is no approver',
      decides(pending, stranger),
      'not_an_approver',
      'This request does not wait for a decision of this user.',
      current('pending'),
    ],
    [
      'any decision while access is being given',
      decides(granted, manager),
      'decision_in_progress',
      'This request has been granted and access is being given right now.',
      current('pending'),
    ],
    [
      'an override by who is no administrator',
      grants(pending, manager),
      'not_an_administrator',
      'Only an administrator can override an approval flow.',
      current('pending'),
    ],
    [
      'an override of an own request',
      grants(failed, requester),
      'own_request',
      'Nobody decides on their own request: another administrator has to.',
      current('error'),
    ],
    ['an override by an administrator who is suspended', grants(pending, suspended), 'forbidden', inactive, {}],
    [
      'a withdrawal by somebody else',
      withdraws(failed, manager),
      'not_the_requester',
      'Only the requester can withdraw a request.',
      current('error'),
    ],
    ['a withdrawal by somebody whom the directory does not know', withdraws(ofGone, 'gone'), 'forbidden', inactive, {}],
  ])('%s', (_name, act, code, message, details) => {
    expect(refusalBy(act)).toStrictEqual({ code, message, details })
  })
})

describe('a request that is closed says how, by whom and when', () => {
  const by = { id: manager, name: 'Mona' }

  test.each([
    ['approved by Ada', movesOf(company).give(movesOf(company).grant(pending, admin)), { id: admin, name: 'Ada' }],
    ['denied by Mona', deny(pending, manager), by],
    ['canceled', cancel(pending), null],
    ['expired', expire(pending), null],
  ])('%s', (how, request, decidedBy) => {
    expect(refusalBy(() => refuseUnlessDecidable(request))).toStrictEqual({
      code: 'request_closed',
      message: `This request is already ${how}; it never changes again.`,
      details: { current: request.status, decidedBy, decidedAt: start },
    })
  })

  test('also when its record does not tell', () => {
    const silent = { ...expire(pending), decision: null }

    expect(refusalBy(() => refuseUnlessDecidable(silent))).toStrictEqual({
      code: 'request_closed',
      message: 'This request is already expired; it never changes again.',
      details: { current: 'expired', decidedBy: null, decidedAt: null },
    })
  })
})

describe('the duration of an override', () => {
  test.each(['P10D', 'P5D', 'PT240H', undefined])('may be %s of the ten days that were asked for', (duration) => {
    expect(thrownBy(grants(pending, admin, duration))).toBeUndefined()
  })

  test('is never longer than what was asked for', () => {
    expect(refusalBy(grants(pending, admin, 'P10DT1S'))).toStrictEqual({
      code: 'invalid_input',
      message: 'duration: may shorten the requested P10D, not lengthen it',
      details: { errors: [{ path: 'duration', message: 'must not be longer than the requested P10D' }] },
    })
  })

  test('may be any when access without an end was asked for', () => {
    expect(thrownBy(grants(aRequest(company, requester, { approvers }), admin, 'P1Y'))).toBeUndefined()
  })
})

describe('whoever granted before a failure, and asks again, is refused', () => {
  test.each([
    ['of a request that was approved since', give(granted), undefined],
    ['of a request that is still open', failed, undefined],
    ['of a request that was closed otherwise since', cancel(failed), 'request_closed'],
  ])('%s: %s', (_name, request, code) => {
    expect((thrownBy(() => refuseIfLost(request)) as DomainError | undefined)?.code).toBe(code)
  })
})

describe('before a message is taken in, each kind is held against its own rules', () => {
  test.each([
    ['a withdrawal by the requester', pending, { type: 'withdraw', by: requester }],
    ['a look at the directory', pending, { type: 'directoryChanged' }],
    ['a decision by an approver', pending, { type: 'decide', by: owner, decision: 'approve' }],
  ] as const)('%s is taken', (_name, request, message) => {
    expect(thrownBy(() => refuseEarly(request, message, start))).toBeUndefined()
  })
})
