/** One move: what fails, what expires, what is ended from outside, what cannot be read. */
import { describe, expect, test } from 'vitest'
import { approval, asking, cloud, kinds, notGiven, scene, vpn } from '../support/a-move.ts'
import { start, thrownBy } from '../support/a-request.ts'

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
    company.target = { groupName: null, connectorId: null, removals: 0, held: null }

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
