/** What stands after a message, when the workflow and the row may know different versions of the request. */
import { describe, expect, test } from 'vitest'
import { arbitrate } from '../../src/domain/request/arbiter.ts'
import type { Message } from '../../src/domain/request/messages.ts'
import type { AccessRequest } from '../../src/domain/request/record.ts'
import { momentOf } from '../support/a-moment.ts'
import { type Asked, aRequest, movesOf } from '../support/a-request.ts'
import { createCompany, idOf } from '../support/company.ts'

const later = '2026-03-12T09:00:00.000Z'

function scene(asked: Asked = {}) {
  const company = createCompany()
  company.target = { groupName: 'Production', connectorId: idOf(501), removals: 0, held: null }
  const [manager, owner] = [company.addUser({ name: 'Mona' }), company.addUser({ name: 'Olga' })]
  const admin = company.addUser({ isAdministrator: true })
  const requester = company.addUser({ managerId: manager })
  const approvers = [{ kind: 'manager' as const }, { kind: 'resource_owner' as const, userId: owner }]
  const request = aRequest(company, requester, { approvers, requirement: 'all', ...asked })
  const judged = (stored: AccessRequest | null, known: AccessRequest, message: Message, messageId = 'this') =>
    arbitrate(
      stored,
      { request: known, message, messageId, at: later, isSignal: false, isSealed: true },
      momentOf(company, known, { at: later, ...('by' in message && message.by ? { by: message.by } : {}) }),
    )
  return { company, manager, owner, admin, requester, request, judged, moves: movesOf(company) }
}

const approval = (by: string) => ({ type: 'decide', by, decision: 'approve' }) as const
const denial = (by: string) => ({ type: 'override', by, decision: 'deny', reason: 'No.' }) as const
const look = { type: 'directoryChanged' } as const
const kinds = (events: readonly { type: string }[]) => events.map(({ type }) => type)
const deciders = ({ steps }: AccessRequest) => steps.flatMap(({ decisions }) => decisions.map(({ by }) => by.id))

describe('the row and the workflow know the same', () => {
  test('and what is carried out is one version more, counted by its message', () => {
    const { manager, request, judged } = scene()

    const { request: after, events, refusal } = judged(request, request, approval(manager))

    expect(after).toMatchObject({ version: 2, carriedOut: ['this'] })
    expect([kinds(events), refusal]).toEqual([['step_decided'], null])
  })

  test('and however many moves a message makes, they are one version', () => {
    const { company, requester, manager, owner, request, judged } = scene()
    const once = judged(request, request, approval(owner), 'first').request
    company.change(requester, { managerId: company.addUser({ activated: false }) })
    company.change(requester, { managerId: manager, name: 'New' })

    const after = judged(once, once, approval(manager), 'second').request

    expect(after).toMatchObject({
      version: 3,
      carriedOut: ['first', 'second'],
      provisioning: { connectorId: idOf(501) },
    })
  })

  test('and what changes nothing is not written', () => {
    const { company, requester, request, judged } = scene()
    company.change(requester, { name: 'New' })

    expect(judged(request, request, look)).toEqual({ request, events: [], refusal: null })
  })

  test('and what is refused is not written', () => {
    const { admin, request, judged } = scene()

    expect(judged(request, request, approval(admin))).toMatchObject({
      request,
      events: [],
      refusal: { code: 'not_an_approver' },
    })
  })

  test('and what the look has found is written beside a refusal, which is not counted as carried out', () => {
    const { company, requester, manager, request, judged } = scene()
    const young = company.addUser()
    company.change(requester, { managerId: young })

    const { request: after, events, refusal } = judged(request, request, approval(manager))

    expect(after).toMatchObject({ version: 2, carriedOut: [], requester: { manager: { id: young } } })
    expect([kinds(events), refusal?.code]).toEqual([['approver_replaced', 'approvers_awaited'], 'not_an_approver'])
  })
})

describe('a message that was carried out before', () => {
  test('is neither repeated nor refused', () => {
    const { manager, request, judged } = scene()
    const once = judged(request, request, approval(manager)).request

    expect(judged(once, once, approval(manager))).toEqual({ request: once, events: [], refusal: null })
    expect(judged(once, once, approval(manager), 'other').refusal?.code).toBe('already_decided')
  })

  test('by the row alone is not repeated by a workflow that does not know', () => {
    const { manager, request, judged } = scene()
    const once = judged(request, request, approval(manager)).request

    expect(judged(once, request, approval(manager))).toEqual({ request: once, events: [], refusal: null })
  })

  test('by the workflow alone is told to the row, once', () => {
    const { manager, request, judged } = scene()
    const once = judged(request, request, approval(manager)).request

    const { request: after, events, refusal } = judged(request, once, approval(manager))

    expect(after).toEqual(once)
    expect([kinds(events), refusal]).toEqual([['step_decided'], null])
  })

  test('is not refused when the request was closed since', () => {
    const { admin, manager, request, judged } = scene()
    const once = judged(request, request, approval(manager)).request
    const denied = judged(once, once, denial(admin), 'other').request

    expect(judged(denied, denied, approval(manager)).refusal).toBeNull()
  })
})

describe('the row is ahead', () => {
  test('and is adopted: the message is judged by what stands there', () => {
    const { owner, manager, request, judged } = scene()
    const ahead = judged(request, request, approval(owner), 'theirs').request

    const { request: after, events } = judged(ahead, request, approval(manager))

    expect(after).toMatchObject({ version: 3, carriedOut: ['theirs', 'this'] })
    expect(deciders(after)).toEqual([manager, owner])
    expect(kinds(events)).toEqual(['step_decided'])
  })

  test('and the refusal names who was first', () => {
    const { admin, manager, request, judged } = scene()
    const denied = judged(request, request, denial(admin), 'theirs').request

    const { request: after, refusal } = judged(denied, request, approval(manager))

    expect(after).toEqual(denied)
    expect(refusal).toMatchObject({ code: 'request_closed', details: { decidedBy: { id: admin } } })
  })

  test('and of one version made by two messages the row stands', () => {
    const { owner, manager, request, judged } = scene()
    const theirs = judged(request, request, approval(owner), 'theirs').request
    const mine = judged(request, request, approval(manager), 'mine').request

    expect(judged(theirs, mine, look)).toEqual({ request: theirs, events: [], refusal: null })
    expect(judged(theirs, mine, approval(manager), 'mine').request.carriedOut).toEqual(['theirs', 'mine'])
  })
})

describe('the row is behind', () => {
  test('and is written again with all it missed', () => {
    const { owner, request, judged } = scene()
    const known = judged(request, request, approval(owner), 'before').request

    const { request: after, events } = judged(request, known, look)

    expect(after).toEqual(known)
    expect(events).toMatchObject([{ type: 'step_decided', by: { id: owner } }])
  })

  test('and what happens now comes after what it missed', () => {
    const { owner, manager, request, judged } = scene()
    const known = judged(request, request, approval(owner), 'before').request

    const { request: after, events } = judged(request, known, approval(manager))

    expect(after).toMatchObject({ version: 3, carriedOut: ['before', 'this'] })
    expect(events).toMatchObject([
      { type: 'step_decided', by: { id: owner } },
      { type: 'step_decided', by: { id: manager } },
    ])
  })

  test('or gone, and the request is there again', () => {
    const { manager, owner, request, judged } = scene()

    const { request: after, events } = judged(null, request, look)

    expect(after).toEqual(request)
    expect(events).toEqual([
      { type: 'submitted' },
      {
        type: 'approvers_awaited',
        people: [manager, owner].map((id) => expect.objectContaining({ id })),
        steps: [1, 2],
      },
    ])
  })

  test('or gone, and nobody is asked for what is decided now', () => {
    const { manager, owner, request, judged } = scene()

    const { events } = judged(null, request, approval(manager))

    expect(events).toMatchObject([
      { type: 'submitted' },
      { type: 'approvers_awaited', people: [{ id: owner }] },
      { type: 'step_decided', by: { id: manager } },
    ])
  })
})

describe('what the look found and the message settled in the same commit', () => {
  test('asks nobody', () => {
    const { company, admin, requester, request, judged } = scene()
    company.change(requester, { managerId: company.addUser() })

    expect(kinds(judged(request, request, denial(admin)).events)).toEqual(['approver_replaced', 'overridden', 'denied'])
  })

  test('is no missing data', () => {
    const { company, admin, requester, request, judged } = scene()
    company.change(requester, { managerId: null })

    expect(kinds(judged(request, request, denial(admin)).events)).toEqual(['approver_replaced', 'overridden', 'denied'])
    expect(kinds(judged(request, request, look).events)).toEqual(['approver_replaced', 'missing_data_found'])
  })

  test('asks those who are still waited for', () => {
    const { company, requester, request, judged } = scene()
    const [young, other] = [company.addUser(), company.addUser()]
    company.change(requester, { managerId: young })
    const groupId = company.team([])
    const both = aRequest(company, requester, {
      approvers: [{ kind: 'user_group', groupId, required: 'all' }],
    })
    company.join(groupId, young)
    company.join(groupId, other)

    const { request: after, events } = judged(both, both, approval(young))

    expect(after).toMatchObject({ version: 2, status: 'pending' })
    expect(events).toMatchObject([
      { type: 'missing_data_filled' },
      { type: 'approvers_awaited', people: [{ id: other }], steps: [1] },
      { type: 'step_decided', by: { id: young } },
    ])
    expect(events[1]).toMatchObject({ people: { length: 1 } })
    expect(kinds(judged(request, request, look).events)).toEqual(['approver_replaced', 'approvers_awaited'])
  })
})
