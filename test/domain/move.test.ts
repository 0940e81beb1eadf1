/** One move: the directory is looked at first, then the message is judged, then access is given. */
import { describe, expect, test } from 'vitest'
import type { AccessRequest } from '../../src/domain/access-request.ts'
import type { Message } from '../../src/domain/messages.ts'
import { move } from '../../src/domain/move.ts'
import { grantId, momentOf } from '../support/a-moment.ts'
import { type Asked, aRequest, movesOf, start, thrownBy } from '../support/a-request.ts'
import { createCompany, idOf } from '../support/company.ts'

const later = '2026-03-12T09:00:00.000Z'
const [vpn, cloud] = [idOf(501), idOf(502)]

function scene(asked: Asked = {}) {
  const company = createCompany()
  const manager = company.hire({ name: 'Mona' })
  const admin = company.hire({ isAdministrator: true })
  const requester = company.hire({ name: 'Rita', managerId: manager })
  const request = aRequest(company, requester, { approvers: [{ kind: 'manager' }], ...asked })
  const moved = (now: AccessRequest, message: Message, at = later) =>
    move(now, message, momentOf(company, now, { at, ...('by' in message && message.by ? { by: message.by } : {}) }))
  const target = (connectorId: string | null, removals = 0) => {
    company.target = { groupName: 'Production', connectorId, removals }
  }
  return { company, manager, admin, requester, request, moved, target, moves: movesOf(company) }
}

const approval = (by: string) => ({ type: 'decide', by, decision: 'approve' }) as const
const look = { type: 'directoryChanged' } as const
const given = (connectorId: string, removals = 0) => ({ type: 'given', connectorId, removals }) as const
const notGiven = (connectorId: string) =>
  ({ type: 'notGiven', connectorId, message: 'The system is away.', attempts: 5 }) as const
const kinds = (events: readonly { type: string }[]) => events.map(({ type }) => type)

/** A granted request whose access the connected system `vpn` is asked to give. */
function asking(asked: Asked = {}) {
  const stage = scene(asked)
  stage.target(vpn)
  return { ...stage, waiting: stage.moved(stage.request, approval(stage.manager)).request }
}

describe('the directory is looked at before the message is judged', () => {
  test('so that whoever became the manager a moment ago decides', () => {
    const { company, requester, request, moved } = scene()
    const young = company.hire()
    company.change(requester, { managerId: young })

    const { request: after, events, refusal } = moved(request, approval(young))

    expect(refusal).toBeNull()
    expect(after).toMatchObject({ status: 'approved', decision: { by: { id: young } } })
    expect(kinds(events)).toEqual(['approvers_awaited', 'step_decided', 'approved'])
  })

  test('and a refusal keeps what the look has changed', () => {
    const { company, requester, manager, request, moved } = scene()
    const young = company.hire()
    company.change(requester, { managerId: young })

    const { request: after, events, refusal } = moved(request, approval(manager))

    expect(refusal?.code).toBe('not_an_approver')
    expect(after).toMatchObject({ version: 2, status: 'pending', steps: [{ approvers: [{ id: young }] }] })
    expect(events).toMatchObject([{ type: 'approvers_awaited', people: [{ id: young }] }])
  })

  test('and the decider who comes after an approval by departure finds it closed', () => {
    const { company, requester, moved } = scene()
    const [ann, ben] = [company.hire(), company.hire()]
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
    ['the begin', { type: 'begin' }],
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
    expect(moved(request, { type: 'begin' }).request).toMatchObject({ status: 'approved', grant: { id: grantId } })
  })

  test('cannot be given in a group that is gone: the request says so', () => {
    const { company, manager, request, moved } = scene()
    company.target = { groupName: null, connectorId: null, removals: 0 }

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
    company.target = { groupName: null, connectorId: vpn, removals: 0 }

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

describe('a connected system has not given the access', () => {
  test('and the request is in error', () => {
    const { waiting, moved } = asking()

    const { request: after, events } = moved(waiting, notGiven(vpn))

    expect(after).toMatchObject({
      status: 'error',
      error: { message: 'The system is away.', attempts: 5 },
      askedConnectors: [vpn],
    })
    expect(kinds(events)).toEqual(['failed'])
  })

  test('and another one that has become the target is asked instead', () => {
    const { waiting, moved, target } = asking()
    target(cloud)

    expect(moved(waiting, notGiven(vpn)).request).toMatchObject({
      status: 'pending',
      provisioning: { connectorId: cloud },
    })
  })

  test('and nobody else is asked when the group is gone', () => {
    const { company, waiting, moved } = asking()
    company.target = { groupName: null, connectorId: null, removals: 0 }

    expect(moved(waiting, notGiven(vpn)).request.error).toMatchObject({ message: 'The system is away.', attempts: 5 })
  })

  test('and an administrator who grants again asks it again', () => {
    const { admin, waiting, moved } = asking()
    const failed = moved(waiting, notGiven(vpn)).request

    const { request: again } = moved(failed, { type: 'override', by: admin, decision: 'grant' })

    expect(again).toMatchObject({ provisioning: { connectorId: vpn, override: false }, askedConnectors: [vpn] })
  })
})

test('a failed grant restarts the thirty days, from when it failed', () => {
  const { waiting, moved } = asking()

  const { request: failed } = moved(waiting, notGiven(vpn), '2026-03-15T09:00:00.000Z')

  expect([waiting.expiresAt, failed.expiresAt]).toEqual(['2026-04-11T09:00:00.000Z', '2026-04-14T09:00:00.000Z'])
})

test("an administrator's decision with nothing left undecided is no override", () => {
  const { admin, waiting, moved } = asking()
  const failed = moved(waiting, notGiven(vpn)).request

  for (const decision of ['grant', 'deny'] as const) {
    const { request, events } = moved(failed, { type: 'override', by: admin, decision, reason: 'Broken.' })
    expect((request.provisioning ?? request.decision)?.override).toBe(false)
    expect(events[0]).toMatchObject({ type: 'overridden', steps: [] })
  }
})

test('a system that was asked and holds the access no more is told nothing any more, which is no action', () => {
  const { waiting, moves, moved } = asking()
  const canceled = { ...moves.cancel(waiting), askedConnectors: [vpn, cloud] }

  const { request: after, events } = moved(canceled, { type: 'takenBack', connectorId: vpn })

  expect(after).toEqual({ ...canceled, version: canceled.version + 1, askedConnectors: [cloud] })
  expect(events).toEqual([])
  expect(moved(after, { type: 'takenBack', connectorId: vpn })).toEqual({ request: after, events: [], refusal: null })
})

describe('a request expires', () => {
  const end = '2026-04-01T09:00:00.000Z'

  test.each([
    ['2026-04-01T08:59:59.999Z', 'pending'],
    [end, 'expired'],
    ['2026-04-02T09:00:00.000Z', 'expired'],
  ])('when it is due: at %s it is %s', (at, status) => {
    const { request, moved } = scene()

    expect(moved(request, { type: 'expire' }, at).request.status).toBe(status)
  })

  test('not while access is being given', () => {
    const { waiting, moved } = asking()

    expect(moved({ ...waiting, expiresAt: start }, { type: 'expire' }, end).request.status).toBe('pending')
  })
})

test('a workflow that is ended from outside closes its request, also while access is being given', () => {
  const { request, waiting, moved } = asking()

  for (const open of [request, waiting]) {
    const { request: after, events } = moved(open, { type: 'workflowEnded' })
    expect(after).toMatchObject({ status: 'canceled', decision: { cause: 'workflow_ended', by: null } })
    expect(kinds(events)).toEqual(['canceled'])
  }
})

test('a flow that closes closes its requests', () => {
  const { request, moved } = scene()

  expect(moved(request, { type: 'flowClosed', cause: 'deleted' }).request.decision?.cause).toBe('flow_deleted')
  expect(moved(request, { type: 'flowClosed', cause: 'disabled' }).request.decision?.cause).toBe('flow_disabled')
})

test('a signal that could not be read is refused with what was wrong', () => {
  const { request, moved } = scene()

  const { refusal } = moved(request, {
    type: 'unreadable',
    name: 'decide',
    by: null,
    code: 'reason_required',
    detail: 'Why?',
  })

  expect(refusal).toMatchObject({ code: 'reason_required', message: 'Why?' })
})

test('what is no refusal is not taken for one', () => {
  const { manager, request, moved } = scene()

  expect(thrownBy(() => moved({ ...request, expiry: 'soon' }, approval(manager)))).toBeInstanceOf(RangeError)
})
