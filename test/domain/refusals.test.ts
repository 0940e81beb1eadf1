/** What a caller reads when a request may not be acted on: the sentence, the code and the details. */
import { describe, expect, test } from 'vitest'
import { decide, override } from '../../src/domain/request/decisions.ts'
import type { ActingUser } from '../../src/domain/request/facts.ts'
import { withdraw } from '../../src/domain/request/lifecycle.ts'
import type { Message } from '../../src/domain/request/messages.ts'
import type { AccessRequest } from '../../src/domain/request/record.ts'
import { refuseEarly, refuseIfLost, refuseUnlessDecidable } from '../../src/domain/request/rules.ts'
import { type DomainError, toRefusal } from '../../src/domain/shared/errors.ts'
import { type Asked, aRequest, movesOf, refusalOf, start, thrownBy } from '../support/a-request.ts'
import { createCompany, idOf } from '../support/company.ts'

function scene() {
  const company = createCompany()
  const manager = company.addUser({ name: 'Mona' })
  const admin = company.addUser({ name: 'Ada', isAdministrator: true })
  const suspended = company.addUser({ isAdministrator: true, activated: false })
  const [stranger, owner] = [company.addUser(), company.addUser()]
  const requester = company.addUser({ managerId: manager })
  const moves = movesOf(company)
  const approvers = [{ kind: 'manager' as const }, { kind: 'resource_owner' as const, userId: owner }]
  const pending = aRequest(company, requester, { approvers, requirement: 'all', durations: ['P10D'] })
  const once = moves.approve(pending, manager)
  const granted = moves.approve(once, owner)
  const failed = moves.fail(granted)
  const people = { manager, admin, suspended, stranger, owner, requester, unknown: idOf(77) }
  return { company, approvers, people, moves, requests: { pending, once, granted, failed } }
}
type Who = keyof Scene['people']
type When = keyof Scene['requests']
type Scene = ReturnType<typeof scene>

const acts = {
  decides: (request: AccessRequest, by: string, actor: ActingUser | null) =>
    decide(request, { by, decision: 'approve' }, { actor, now: start }),
  overrides: (request: AccessRequest, by: string, actor: ActingUser | null) =>
    override(request, { by, decision: 'grant' }, { actor, now: start }),
  withdraws: (request: AccessRequest, by: string, actor: ActingUser | null) =>
    withdraw(request, { by }, { actor, now: start }),
}
const refusalBy = (run: () => unknown) => toRefusal(thrownBy(run) as DomainError)

describe('is refused', () => {
  const pending = { current: 'pending' }
  const error = { current: 'error' }
  const rows: [string, keyof typeof acts, When, Who, string, string, object][] = [
    [
      'a decision on an own request',
      'decides',
      'pending',
      'requester',
      'own_request',
      'Nobody decides on their own request.',
      pending,
    ],
    [
      'a second decision',
      'decides',
      'once',
      'manager',
      'already_decided',
      'You have already decided on this request.',
      pending,
    ],
    [
      'a decision after a failure, by who has decided',
      'decides',
      'failed',
      'owner',
      'already_decided',
      'You have already decided on this request.',
      error,
    ],
    [
      'the decision of somebody who is no approver',
      'decides',
      'pending',
      'stranger',
      'not_an_approver',
      'This request does not wait for a decision of this user.',
      pending,
    ],
    [
      'any decision while access is being given',
      'decides',
      'granted',
      'manager',
      'decision_in_progress',
      'This request has been granted and access is being given right now.',
      pending,
    ],
    [
      'an override by who is no administrator',
      'overrides',
      'pending',
      'manager',
      'not_an_administrator',
      'Only an administrator can override an approval flow.',
      pending,
    ],
    [
      'an override of an own request',
      'overrides',
      'failed',
      'requester',
      'own_request',
      'Nobody decides on their own request.',
      error,
    ],
    [
      'an override by an administrator who is suspended',
      'overrides',
      'pending',
      'suspended',
      'forbidden',
      'Only activated users can act on a request.',
      {},
    ],
    [
      'an override by somebody whom the directory does not know',
      'overrides',
      'pending',
      'unknown',
      'forbidden',
      'Only activated users can act on a request.',
      {},
    ],
    [
      'a withdrawal by somebody else',
      'withdraws',
      'failed',
      'manager',
      'not_the_requester',
      'Only the requester can withdraw a request.',
      error,
    ],
  ]

  test.each(rows)('%s', (_name, act, when, who, code, message, details) => {
    const { company, people, requests } = scene()

    expect(refusalBy(() => acts[act](requests[when], people[who], company.actor(people[who])))).toStrictEqual({
      code,
      message,
      details,
    })
  })

  test('a withdrawal by a requester who is suspended', () => {
    const { company, people, requests } = scene()
    company.change(people.requester, { activated: false })

    const withdraws = () => acts.withdraws(requests.pending, people.requester, company.actor(people.requester))

    expect(refusalBy(withdraws)).toStrictEqual({
      code: 'forbidden',
      message: 'Only activated users can act on a request.',
      details: {},
    })
  })
})

describe('a request that is closed says how, by whom and when', () => {
  test.each([
    [
      'approved by Ada',
      'admin',
      'Ada',
      ({ moves, requests, people }: Scene) => moves.give(moves.grant(requests.pending, people.admin)),
    ],
    [
      'denied by Mona',
      'manager',
      'Mona',
      ({ moves, requests, people }: Scene) => moves.deny(requests.pending, people.manager),
    ],
    ['canceled', null, null, ({ moves, requests }: Scene) => moves.cancel(requests.pending)],
    ['expired', null, null, ({ moves, requests }: Scene) => moves.expire(requests.pending)],
  ] as const)('%s', (how, who, name, close) => {
    const all = scene()
    const request = close(all)

    expect(refusalBy(() => refuseUnlessDecidable(request))).toStrictEqual({
      code: 'request_closed',
      message: `This request is already ${how}; it never changes again.`,
      details: { current: request.status, decidedBy: who && { id: all.people[who], name }, decidedAt: start },
    })
  })

  test('also when its record does not tell', () => {
    const { moves, requests } = scene()
    const silent = { ...moves.expire(requests.pending), decision: null }

    expect(refusalBy(() => refuseUnlessDecidable(silent))).toStrictEqual({
      code: 'request_closed',
      message: 'This request is already expired; it never changes again.',
      details: { current: 'expired', decidedBy: null, decidedAt: null },
    })
  })
})

describe('the duration of an override', () => {
  const granting = (duration: string | undefined, asked: Asked = { durations: ['P10D'] }) => {
    const { company, people, approvers } = scene()
    const request = aRequest(company, people.requester, { approvers, ...asked })
    const message = { by: people.admin, decision: 'grant', duration } as const
    return () => override(request, message, { actor: company.actor(people.admin), now: start })
  }

  test.each(['P10D', 'P5D', 'PT240H', undefined])('may be %s of the ten days that were asked for', (duration) => {
    expect(thrownBy(granting(duration))).toBeUndefined()
  })

  test('is never longer than what was asked for', () => {
    expect(refusalBy(granting('P10DT1S'))).toStrictEqual({
      code: 'invalid_input',
      message: 'duration: may shorten the requested P10D, not lengthen it',
      details: {
        errors: [
          {
            path: 'duration',
            message: 'must not be longer than the requested P10D',
            code: 'duration_too_long',
            params: { maximum: 'P10D' },
          },
        ],
      },
    })
  })

  test('may be any when access without an end was asked for', () => {
    expect(thrownBy(granting('P1Y', { durations: [] }))).toBeUndefined()
  })
})

test('whoever granted before a failure, and asks again, is refused when it was closed otherwise since', () => {
  const { moves, requests } = scene()
  const { granted, failed } = requests

  expect(refusalOf(() => refuseIfLost(moves.give(granted)))).toBeUndefined()
  expect(refusalOf(() => refuseIfLost(failed))).toBeUndefined()
  expect(refusalOf(() => refuseIfLost(moves.cancel(failed)))).toBe('request_closed')
})

test('before a message is taken in, each kind is held against its own rules alone', () => {
  const { people, requests } = scene()
  const messages: Message[] = [
    { type: 'withdraw', by: people.requester },
    { type: 'decide', by: people.owner, decision: 'approve' },
    { type: 'directoryChanged' },
  ]

  for (const message of messages) expect(refusalOf(() => refuseEarly(requests.pending, message, start))).toBeUndefined()
})
