/** What is missing and how it heals; when a request expires. */
import { describe, expect, test } from 'vitest'
import type { ApproverRule } from '../../src/domain/flow/flow.ts'
import { refresh } from '../../src/domain/request/decisions.ts'
import type { AccessRequest } from '../../src/domain/request/record.ts'
import { awaitedPeople } from '../../src/domain/request/steps.ts'
import { aRequest, movesOf, start, submitted } from '../support/a-request.ts'
import { type Company, createCompany, idOf } from '../support/company.ts'

const later = '2026-03-12T09:00:00.000Z'
const awaited = (request: AccessRequest) => awaitedPeople(request).map(({ id }) => id)

function factsOf(company: Company, request: AccessRequest) {
  return company.facts({ requesterId: request.requester.id, approvers: request.flow.approvers })
}

describe('what is missing is named', () => {
  const company = createCompany()
  const suspended = company.addUser({ name: 'Sid', activated: false })
  const requester = company.addUser({ name: 'Rita' })
  const empty = company.team([suspended], 'Owners')
  const small = company.team([company.addUser()], 'Few')
  const cases: [string, ApproverRule, string, string | null][] = [
    ['no manager', { kind: 'manager' }, 'Rita has no manager.', requester],
    [
      'an owner who is suspended',
      { kind: 'resource_owner', userId: suspended },
      'Sid is not an activated user.',
      suspended,
    ],
    ['a user who is gone', { kind: 'user', userId: idOf(77) }, 'The user of this step no longer exists.', idOf(77)],
    [
      'a group without an eligible member',
      { kind: 'user_group', groupId: empty, required: 1 },
      'The user group Owners has no eligible member.',
      null,
    ],
    [
      'a group with too few members',
      { kind: 'user_group', groupId: small, required: 2 },
      'The user group Few has fewer than 2 eligible members.',
      null,
    ],
    [
      'a group that is gone',
      { kind: 'user_group', groupId: idOf(78) },
      'The user group of this step no longer exists.',
      null,
    ],
    ['no administrator', { kind: 'administrator' }, 'No other activated administrator can decide this request.', null],
  ]

  test.each(cases)('%s', (_name, rule, detail, subjectUserId) => {
    const { request, events } = submitted(company, requester, { approvers: [rule] })

    expect(request.status).toBe('missing_data')
    expect(request.missingData).toEqual([{ step: 1, kind: rule.kind, detail, subjectUserId }])
    expect(events.map(({ type }) => type)).toEqual(['submitted', 'missing_data_found'])
  })
})

describe('missing data heals', () => {
  test('when the manager is set: the request goes on, its approver hears of it, the clock starts anew', () => {
    const company = createCompany()
    const requester = company.addUser()
    const request = aRequest(company, requester, { approvers: [{ kind: 'manager' }] })
    const manager = company.addUser()

    company.change(requester, { managerId: manager })
    const healed = refresh(request, factsOf(company, request), later)

    expect(healed?.request).toMatchObject({
      status: 'pending',
      missingData: [],
      version: 2,
      expiresAt: '2026-04-11T09:00:00.000Z',
      requester: { manager: { id: manager } },
    })
    expect(healed?.events).toEqual([
      { type: 'approver_replaced', step: 1, from: null, to: expect.objectContaining({ id: manager }) },
      { type: 'missing_data_filled' },
      { type: 'approvers_awaited', people: [expect.objectContaining({ id: manager })], steps: [1] },
    ])
  })

  test('in part: another step is still missing', () => {
    const company = createCompany()
    const requester = company.addUser()
    const owner = company.addUser({ activated: false })
    const approvers: ApproverRule[] = [{ kind: 'manager' }, { kind: 'resource_owner', userId: owner }]
    const request = aRequest(company, requester, { approvers, requirement: 'all' })
    expect(request.missingData).toHaveLength(2)

    const manager = company.addUser()
    company.change(requester, { managerId: manager })
    const half = movesOf(company).look(request, later)
    expect([half.status, half.missingData.map(({ step }) => step), awaited(half)]).toEqual([
      'missing_data',
      [2],
      [manager],
    ])

    company.change(owner, { activated: true })
    expect(movesOf(company).look(half, later)).toMatchObject({ status: 'pending', missingData: [] })
  })

  test('news that change nothing are no transition', () => {
    const company = createCompany()
    const request = aRequest(company, company.addUser(), { approvers: [{ kind: 'manager' }] })

    expect(refresh(request, factsOf(company, request), later)).toBeUndefined()
  })

  test('and comes back when the approver is suspended', () => {
    const company = createCompany()
    const manager = company.addUser()
    const request = aRequest(company, company.addUser({ managerId: manager }), { approvers: [{ kind: 'manager' }] })

    company.change(manager, { activated: false })
    const lost = refresh(request, factsOf(company, request), later)

    expect(lost?.request).toMatchObject({ status: 'missing_data', expiresAt: request.expiresAt })
    expect(lost?.events.map(({ type }) => type)).toEqual(['approver_replaced', 'missing_data_found'])
  })

  test('under any, one step that can be decided is enough to be pending', () => {
    const company = createCompany()
    const owner = company.addUser()
    const approvers: ApproverRule[] = [{ kind: 'manager' }, { kind: 'resource_owner', userId: owner }]
    const { approve, deny } = movesOf(company)

    const request = aRequest(company, company.addUser(), { approvers })

    expect([request.status, awaited(request)]).toEqual(['pending', [owner]])
    expect(approve(request, owner).provisioning).not.toBeNull()
    expect(deny(request, owner)).toMatchObject({ status: 'missing_data' })
  })

  test('a new manager takes over from the old one', () => {
    const company = createCompany()
    const [old, young] = [company.addUser(), company.addUser()]
    const requester = company.addUser({ managerId: old })
    const request = aRequest(company, requester, { approvers: [{ kind: 'manager' }] })

    company.change(requester, { managerId: young })
    const changed = refresh(request, factsOf(company, request), later)

    expect(awaited(changed?.request as AccessRequest)).toEqual([young])
    expect(changed?.events).toMatchObject([
      { type: 'approver_replaced', step: 1, from: { id: old }, to: { id: young } },
      { type: 'approvers_awaited', people: [{ id: young }] },
    ])
  })

  test('members of a group come and go without an event of each request', () => {
    const company = createCompany()
    const [ann, ben] = [company.addUser(), company.addUser()]
    const groupId = company.team([ann])
    const request = aRequest(company, company.addUser(), { approvers: [{ kind: 'user_group', groupId }] })

    company.join(groupId, ben)
    company.leave(groupId, ann)
    const changed = refresh(request, factsOf(company, request), later)

    expect(awaited(changed?.request as AccessRequest)).toEqual([ben])
    expect(changed?.events.map(({ type }) => type)).toEqual(['approvers_awaited'])
  })

  test('a request in error stays in error, also when an approver that nobody needs any more is found', () => {
    const company = createCompany()
    const owner = company.addUser()
    const requester = company.addUser()
    const { approve, fail, look } = movesOf(company)
    const approvers: ApproverRule[] = [{ kind: 'manager' }, { kind: 'resource_owner', userId: owner }]
    const failed = fail(approve(aRequest(company, requester, { approvers }), owner))

    expect(refresh(failed, factsOf(company, failed), later)).toBeUndefined()
    company.change(requester, { managerId: company.addUser() })

    expect(look(failed, later)).toMatchObject({ status: 'error', provisioning: null })
  })

  test('a requester who is suspended loses the open request', () => {
    const company = createCompany()
    const requester = company.addUser()
    company.addUser({ isAdministrator: true })
    const request = aRequest(company, requester)

    company.change(requester, { activated: false })

    expect(movesOf(company).look(request)).toMatchObject({
      status: 'canceled',
      decision: { cause: 'requester_suspended' },
      expiresAt: null,
    })
  })
})

describe('the thirty days', () => {
  test('start at submission', () => {
    const company = createCompany()

    expect(aRequest(company, company.addUser()).expiresAt).toBe('2026-04-01T09:00:00.000Z')
    expect(aRequest(company, company.addUser(), { expiry: 'PT8H' }).expiresAt).toBe('2026-03-02T17:00:00.000Z')
  })

  test('start anew when a step is decided, and when processing failed', () => {
    const company = createCompany()
    const [manager, owner] = [company.addUser(), company.addUser()]
    const approvers: ApproverRule[] = [{ kind: 'manager' }, { kind: 'resource_owner', userId: owner }]
    const { approve, fail } = movesOf(company, later)
    const request = aRequest(company, company.addUser({ managerId: manager }), {
      approvers,
      requirement: 'all',
      now: start,
    })

    const once = approve(request, manager)

    expect(once.expiresAt).toBe('2026-04-11T09:00:00.000Z')
    expect(fail(approve(once, owner)).expiresAt).toBe('2026-04-11T09:00:00.000Z')
  })

  test('end with every other end', () => {
    const company = createCompany()
    const admin = company.addUser({ isAdministrator: true })
    const { grant, give, overrule, cancel, expire } = movesOf(company, later)
    const request = aRequest(company, company.addUser())

    for (const closed of [give(grant(request, admin)), overrule(request, admin), cancel(request), expire(request)]) {
      expect(closed).toMatchObject({ expiresAt: null, provisioning: null, decision: { at: later } })
    }
  })

  test('show the cause of a cancellation', () => {
    const company = createCompany()

    const canceled = movesOf(company).cancel(aRequest(company, company.addUser()))

    expect(canceled.decision).toMatchObject({
      outcome: 'canceled',
      cause: 'flow_deleted',
      reason: 'The approval flow was deleted.',
    })
  })
})

test('attempts add up over retries, and the error says since when', () => {
  const company = createCompany()
  const admin = company.addUser({ isAdministrator: true })
  const { grant, fail } = movesOf(company)

  const twice = fail(grant(fail(grant(aRequest(company, company.addUser()), admin)), admin), later)

  expect(twice).toMatchObject({
    status: 'error',
    error: { message: 'The system is away.', attempts: 10, since: start },
  })
})
