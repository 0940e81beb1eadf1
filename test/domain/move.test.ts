/** One move: the directory is looked at first, then the message is judged, then access is given. */
import { describe, expect, test } from 'vitest'
import type { Message } from '../../src/domain/request/messages.ts'
import { move } from '../../src/domain/request/move.ts'
import { grantId, momentOf } from '../support/a-moment.ts'
import { approval, asking, cloud, given, kinds, later, look, notGiven, scene, vpn } from '../support/a-move.ts'
import { aRequest, start } from '../support/a-request.ts'

describe('the directory is looked at before the message is judged', () => {
  test('so that whoever became the manager a moment ago decides', () => {
    const { company, requester, request, moved } = scene()
    const young = company.addUser()
    company.change(requester, { managerId: young })

    const { request: after, events, refusal } = moved(request, approval(young))

    expect(refusal).toBeNull()
    expect(after).toMatchObject({ status: 'approved', decision: { by: { id: young } } })
    expect(kinds(events)).toEqual(['approver_replaced', 'approvers_awaited', 'step_decided', 'approved'])
  })

  test('and a refusal keeps what the look has changed', () => {
    const { company, requester, manager, request, moved } = scene()
    const young = company.addUser()
    company.change(requester, { managerId: young })

    const { request: after, events, refusal } = moved(request, approval(manager))

    expect(refusal?.code).toBe('not_an_approver')
    expect(after).toMatchObject({ version: 2, status: 'pending', steps: [{ approvers: [{ id: young }] }] })
    expect(events).toMatchObject([
      { type: 'approver_replaced', step: 1, from: { id: manager }, to: { id: young } },
      { type: 'approvers_awaited', people: [{ id: young }] },
    ])
  })

  test('and the decider who comes after an approval by departure finds it closed', () => {
    const { company, requester, moved } = scene()
    const [ann, ben] = [company.addUser(), company.addUser()]
    const groupId = company.team([ann, ben])
    const request = aRequest(company, requester, { approvers: [{ kind: 'user_group', groupId, required: 'all' }] })
    const once = moved(request, approval(ann)).request
    company.leave(groupId, ben)

    const { request: after, events, refusal } = moved(once, approval(ben))

    expect(after).toMatchObject({ status: 'approved', grant: { id: grantId } })
    expect([kinds(events), refusal?.code]).toEqual([['approved'], 'request_closed'])
  })

  test('a refusal that found nothing new changes nothing', () => {
    const { admin, request, moved } = scene()

    const result = moved(request, approval(admin))

    expect(result).toMatchObject({ events: [], refusal: { code: 'not_an_approver' } })
    expect(result.request).toEqual({ ...request, requester: expect.anything() as unknown })
  })

  test('a new name is taken over, which alone is no new version', () => {
    const { company, requester, request, moved } = scene()
    company.change(requester, { name: 'Rita Married' })

    const { request: after, events } = moved(request, look)

    expect(after).toMatchObject({ version: 1, requester: { name: 'Rita Married', department: 'Sales' } })
    expect([after.requester, events]).toEqual([expect.not.objectContaining({ activated: true }), []])
  })

  test('also while access is being given, when nobody is asked again', () => {
    const { company, requester, waiting, moved } = asking()
    company.change(requester, { name: 'Rita Married', managerId: null })

    const { request: after } = moved(waiting, look)

    expect(after).toMatchObject({ version: waiting.version, requester: { name: 'Rita Married', manager: null } })
    expect(after).toMatchObject({ status: 'pending', steps: waiting.steps, missingData: [] })
    expect(Object.keys(after.requester)).not.toContain('activated')
  })
})

describe('an open request is closed by what is so by now', () => {
  test.each([
    ['its flow is deleted', { flow: 'deleted' as const }, 'flow_deleted'],
    ['its flow is disabled', { flow: 'disabled' as const }, 'flow_disabled'],
    ['its requester is suspended', { activated: false }, 'requester_suspended'],
  ])('when %s', (_name, { flow, activated = true }: { flow?: 'deleted' | 'disabled'; activated?: boolean }, cause) => {
    const { company, requester, manager, request, waiting, moved } = asking()
    company.flow = flow ?? 'open'
    company.change(requester, { activated })

    for (const open of [request, waiting]) {
      const { request: after, events, refusal } = moved(open, approval(manager))
      expect(after).toMatchObject({ status: 'canceled', decision: { cause, by: null, at: later }, provisioning: null })
      expect(events).toMatchObject([{ type: 'canceled', from: 'pending', cause }])
      expect(refusal?.code).toBe('request_closed')
    }
  })

  test('when its requester is gone from the directory', () => {
    const { company, request, moved } = scene()
    const context = momentOf(company, request)

    const { request: after } = move(request, look, { ...context, facts: { ...context.facts, requester: null } })

    expect(after).toMatchObject({ status: 'canceled', decision: { cause: 'requester_suspended' } })
    expect(moved(after, look)).toEqual({ request: after, events: [], refusal: null })
  })
})

describe('a closed request stays as it is', () => {
  test.each<[string, Message]>([
    ['a look at the directory', look],
    ['a flow that closes', { type: 'flowClosed', cause: 'deleted' }],
    ['the end of its workflow', { type: 'workflowEnded' }],
    ['the end of its time', { type: 'expire' }],
    ['access given too late', given(vpn)],
    ['access not given', notGiven(vpn)],
    ['the begin', { type: 'lookAgain' }],
  ])('after %s', (_name, message) => {
    const { company, requester, request, moves, moved, target } = scene()
    target(vpn)
    const canceled = moves.cancel(request)
    company.flow = 'disabled'
    company.change(requester, { activated: false, name: 'Other' })

    const result = moved({ ...canceled, expiresAt: start }, message)

    expect(result).toEqual({ request: { ...canceled, expiresAt: start }, events: [], refusal: null })
  })

  test('also when a record says that something was being given', () => {
    const { request, waiting, moves, moved } = asking()
    const odd = { ...moves.cancel(request), provisioning: waiting.provisioning }

    for (const message of [given(vpn), notGiven(vpn), look]) expect(moved(odd, message).request).toEqual(odd)
  })
})

describe('what was granted', () => {
  test('is given at once in the directory itself', () => {
    const { manager, request, moved } = scene({ durations: ['P5D'] })

    const { request: after, events } = moved(request, approval(manager))

    expect(after).toMatchObject({
      status: 'approved',
      provisioning: null,
      askedConnectors: [],
      grant: {
        id: grantId,
        connectorId: null,
        startedAt: later,
        expiresAt: '2026-03-17T09:00:00.000Z',
        endedAt: null,
        endedBy: null,
      },
    })
    expect(kinds(events)).toEqual(['step_decided', 'approved'])
  })

  test('has no end when none was asked for', () => {
    const { manager, request, moved } = scene()

    expect(moved(request, approval(manager)).request.grant).toMatchObject({ expiresAt: null })
  })

  test('is given when an automatic request begins, and not before', () => {
    const { company, requester, moved } = scene()
    const request = aRequest(company, requester, { type: 'automatic' })

    const refused = moved(request, { type: 'withdraw', by: requester })

    expect(refused).toMatchObject({
      request: { version: 1, status: 'pending' },
      refusal: { code: 'decision_in_progress' },
    })
    expect(moved(request, { type: 'lookAgain' }).request).toMatchObject({ status: 'approved', grant: { id: grantId } })
  })

  test('cannot be given in a group that is gone: the request says so', () => {
    const { company, manager, request, moved } = scene()
    company.target = { groupName: null, connectorId: null, removals: 0, held: null }

    const { request: after, events } = moved(request, approval(manager))

    const message = 'The user group of this flow no longer exists. Deny the request, or restore the group.'
    expect(after).toMatchObject({ status: 'error', error: { message, attempts: 1, since: later }, provisioning: null })
    expect(kinds(events)).toEqual(['step_decided', 'failed'])
  })

  test('is asked of a connected system, once', () => {
    const { waiting, moved } = asking()

    expect(waiting).toMatchObject({ status: 'pending', provisioning: { connectorId: vpn }, askedConnectors: [vpn] })
    expect(waiting.updatedAt).toBe(later)
    expect(moved(waiting, look)).toEqual({ request: waiting, events: [], refusal: null })
  })

  test('is asked of another one that has become the target, and of the first again', () => {
    const { waiting, moved, target } = asking()

    target(cloud)
    const second = moved(waiting, look).request
    target(vpn)
    const third = moved(second, look).request

    expect(second).toMatchObject({ provisioning: { connectorId: cloud }, askedConnectors: [vpn, cloud] })
    expect(third).toMatchObject({ provisioning: { connectorId: vpn }, askedConnectors: [cloud, vpn] })
  })

  test('is given in the directory when that has become the target, and the connected system is still to be told', () => {
    const { waiting, moved, target } = asking()
    target(null)

    expect(moved(waiting, look).request).toMatchObject({
      status: 'approved',
      grant: { connectorId: null },
      askedConnectors: [vpn],
    })
  })
})

describe('a connected system has given the access', () => {
  test('and the request is approved', () => {
    const { waiting, moved } = asking()

    const { request: after, events } = moved(waiting, given(vpn))

    expect(after).toMatchObject({ status: 'approved', grant: { connectorId: vpn }, askedConnectors: [] })
    expect(events).toEqual([{ type: 'approved', from: 'pending' }])
  })

  test('which counts not when another system is the target by now: that one is asked', () => {
    const { waiting, moved, target } = asking()
    target(cloud)

    const { request: after, events } = moved(waiting, given(vpn))

    expect(after).toMatchObject({ status: 'pending', grant: null, askedConnectors: [vpn, cloud] })
    expect(events).toEqual([])
  })

  test('which counts not when the requester was taken out there meanwhile', () => {
    const { waiting, moved, target } = asking()
    target(vpn, 1)

    expect(moved(waiting, given(vpn, 0)).request).toMatchObject({ status: 'pending', grant: null })
    expect(moved(waiting, given(vpn, 1)).request).toMatchObject({ status: 'approved' })
  })

  test('which counts not when the group is gone', () => {
    const { company, waiting, moved } = asking()
    company.target = { groupName: null, connectorId: vpn, removals: 0, held: null }

    expect(moved(waiting, given(vpn)).request).toMatchObject({ status: 'error', grant: null, askedConnectors: [vpn] })
  })

  test.each(['flow', 'requester'])('too late: by then the %s had closed it, and the system is to be told', (what) => {
    const { company, requester, waiting, moved } = asking()
    if (what === 'flow') company.flow = 'deleted'
    else company.change(requester, { activated: false })

    const { request: after, refusal } = moved(waiting, given(vpn))

    expect(after).toMatchObject({ status: 'canceled', grant: null, askedConnectors: [vpn] })
    expect(refusal).toBeNull()
  })

  test('without a grant that was decided, which is nothing', () => {
    const { request, moved, target } = scene()
    target(vpn)

    for (const message of [given(vpn), notGiven(vpn)])
      expect(moved(request, message)).toMatchObject({ request: { version: 1, status: 'pending' }, events: [] })
  })
})

describe('the requester has the access already', () => {
  const since = '2026-01-01T09:00:00.000Z'
  const timed = { approvers: [{ kind: 'manager' as const }], durations: ['P5D', 'P30D'], duration: 'P30D' }

  test.each([
    ['without an end', null],
    ['until later', '2027-01-01T09:00:00.000Z'],
  ])('%s: an approval says that it changes nothing', (_, until) => {
    const { company, manager, request, moved } = scene(timed)
    company.target = { ...company.target, held: { since, until } }

    const after = moved(request, approval(manager)).request

    expect(after).toMatchObject({ status: 'approved', grant: { alreadyHeld: { since, until } } })
  })

  test('until sooner: an approval lets it last longer', () => {
    const { company, manager, request, moved } = scene(timed)
    company.target = { ...company.target, held: { since, until: '2026-03-15T09:00:00.000Z' } }

    const after = moved(request, approval(manager)).request

    expect(after.grant).toStrictEqual(expect.not.objectContaining({ alreadyHeld: expect.anything() }))
    expect(after.grant?.expiresAt).toBe('2026-04-11T09:00:00.000Z')
  })

  test('and an administrator cannot shorten it by a grant that ends before', () => {
    const { company, admin, request, moved } = scene(timed)
    company.target = { ...company.target, held: { since, until: '2026-03-20T09:00:00.000Z' } }
    const grant = { type: 'override', by: admin, decision: 'grant', duration: 'P5D' } as const

    const { request: after, refusal } = moved(request, grant)

    expect(after.status).toBe('pending')
    expect(refusal).toMatchObject({
      code: 'invalid_input',
      details: { errors: [{ path: 'duration', code: 'too_early' }] },
    })
  })
})
