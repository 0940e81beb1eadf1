/** The first version of a request: what it says, and who hears of it. */
import { describe, expect, test } from 'vitest'
import type { ApproverRule } from '../../src/domain/flow/flow.ts'
import { stepsOf } from '../../src/domain/request/approvers.ts'
import { chooseDuration, type Submission, submit } from '../../src/domain/request/submission.ts'
import { type DomainError, toRefusal } from '../../src/domain/shared/errors.ts'
import { aRequest, start, submitted, thrownBy } from '../support/a-request.ts'
import { createCompany, idOf } from '../support/company.ts'

const refusalBy = (run: () => unknown) => toRefusal(thrownBy(run) as DomainError)
const person = (id: string, name: string) => ({ id, name, email: `${name.toLowerCase()}@example.test` })

function scene() {
  const company = createCompany()
  const manager = company.addUser({ name: 'Mona' })
  const owner = company.addUser({ name: 'Olga' })
  const requester = company.addUser({ name: 'Rita', managerId: manager })
  const approvers: ApproverRule[] = [{ kind: 'manager' }, { kind: 'resource_owner', userId: owner }]
  return { company, manager, owner, requester, approvers }
}

test('a request that waits says who asks for what, and until when it lives', () => {
  const { company, manager, owner, requester, approvers } = scene()

  const { request } = submitted(company, requester, { approvers, durations: ['P5D', 'P10D'], duration: 'P10D' })

  const step = { required: 1, state: 'current', decisions: [], currentSince: start }
  expect(request).toStrictEqual({
    id: idOf(900_003),
    version: 1,
    carriedOut: [],
    status: 'pending',
    approvalType: 'manual',
    approvalRequirement: 'any',
    queue: 'others',
    flow: {
      id: idOf(900_001),
      name: 'Production database',
      description: 'Read access',
      color: null,
      logoUrl: null,
      groupId: idOf(900_002),
      approvers,
      durations: ['P5D', 'P10D'],
    },
    requester: { ...person(requester, 'Rita'), department: 'Sales', manager: person(manager, 'Mona') },
    reason: 'I am on call.',
    requestedDuration: 'P10D',
    approvedDuration: null,
    createdAt: start,
    updatedAt: start,
    expiry: 'P30D',
    expiresAt: '2026-04-01T09:00:00.000Z',
    steps: [
      { ...step, order: 1, kind: 'manager', label: "Requester's manager: Mona", approvers: [person(manager, 'Mona')] },
      { ...step, order: 2, kind: 'resource_owner', label: 'Resource owner: Olga', approvers: [person(owner, 'Olga')] },
    ],
    missingData: [],
    provisioning: null,
    askedConnectors: [],
    decision: null,
    error: null,
    grant: null,
  })
})

test('an automatic request is on its way in the name of nobody, and asks nobody', () => {
  const { company, requester } = scene()

  const { request, events } = submitted(company, requester, { type: 'automatic', durations: ['P5D'] })

  expect(request).toMatchObject({ status: 'pending', approvalType: 'automatic', steps: [], missingData: [] })
  expect(request.provisioning).toStrictEqual({
    by: null,
    at: start,
    override: false,
    message: null,
    duration: 'P5D',
    connectorId: null,
  })
  expect(events).toEqual([{ type: 'submitted' }])
})

test('an automatic flow asks nobody, whoever its record names', () => {
  const { company, requester, approvers } = scene()
  const { flow } = aRequest(company, requester, { approvers })
  const said: Submission = {
    id: idOf(1),
    flow: { ...flow, approvalType: 'automatic', approvalRequirement: 'any' },
    reason: 'Now.',
    requestedDuration: null,
    expiry: 'P30D',
    now: start,
    origin: { clientIp: '10.0.0.1' },
  }

  const { request, events } = submit(said, company.facts({ requesterId: requester, approvers }))

  expect(request.steps).toEqual([])
  expect(events).toEqual([{ type: 'submitted', origin: { clientIp: '10.0.0.1' } }])
})

describe('who hears of a new request', () => {
  const told = (asked: Parameters<typeof submitted>[2], { company, requester } = scene()) =>
    submitted(company, requester, asked).events.slice(1)

  test('everybody whose turn it is', () => {
    const all = scene()
    const people = [person(all.manager, 'Mona'), person(all.owner, 'Olga')]

    expect(told({ approvers: all.approvers }, all)).toStrictEqual([
      { type: 'approvers_awaited', people, steps: [1, 2] },
    ])
  })

  test('the first alone when one comes after the other', () => {
    const all = scene()

    expect(told({ approvers: all.approvers, requirement: 'sequential' }, all)).toStrictEqual([
      { type: 'approvers_awaited', people: [person(all.manager, 'Mona')], steps: [1] },
    ])
  })

  test('those who are there, and that somebody is missing', () => {
    const all = scene()
    all.company.change(all.manager, { activated: false })
    const missing = [{ step: 1, kind: 'manager', subjectUserId: all.manager, detail: 'Mona is not an activated user.' }]

    expect(told({ approvers: all.approvers, requirement: 'all' }, all)).toStrictEqual([
      { type: 'approvers_awaited', people: [person(all.owner, 'Olga')], steps: [2] },
      { type: 'missing_data_found', missing },
    ])
  })

  test('nobody is told that nobody is there', () => {
    const all = scene()
    all.company.change(all.manager, { activated: false })

    expect(told({ approvers: [{ kind: 'manager' }] }, all)).toMatchObject([{ type: 'missing_data_found' }])
  })
})

describe('is refused', () => {
  const refusal = { code: 'forbidden', message: 'Only activated users can ask for access.', details: {} }

  test('who is suspended', () => {
    const { company } = scene()

    expect(refusalBy(() => submitted(company, company.addUser({ activated: false })))).toStrictEqual(refusal)
  })

  test('whom the directory does not know', () => {
    const { company } = scene()

    expect(refusalBy(() => submitted(company, idOf(77)))).toStrictEqual(refusal)
  })

  test.each([
    [[], 'this flow gives access without an end; leave the duration out', 'not_applicable', {}],
    [['P5D', 'P10D'], 'must be one of P5D, P10D', 'not_one_of', { allowed: ['P5D', 'P10D'] }],
  ])('a duration that is not one of %j', (allowed, message, code, params) => {
    expect(refusalBy(() => chooseDuration(allowed, 'P6D'))).toStrictEqual({
      code: 'invalid_input',
      message: `requestedDuration: ${message}`,
      details: { errors: [{ path: 'requestedDuration', message, code, params }] },
    })
  })
})

test('steps begin empty, and only one of a group can ask for more than one person', () => {
  const empty = { state: 'waiting', approvers: [], decisions: [], currentSince: null }
  const rules: ApproverRule[] = [
    { kind: 'manager', required: 3 },
    { kind: 'user_group', groupId: idOf(1), required: 'all' },
    { kind: 'user_group', groupId: idOf(2) },
  ]

  expect(stepsOf(rules)).toStrictEqual([
    { ...empty, order: 1, kind: 'manager', label: "Requester's manager", required: 1 },
    { ...empty, order: 2, kind: 'user_group', label: 'User group', required: 'all' },
    { ...empty, order: 3, kind: 'user_group', label: 'User group', required: 1 },
  ])
})

test('access that one has is asked for again only beyond its end', () => {
  const { company, requester, approvers } = scene()
  const held = { since: '2026-02-01T09:00:00.000Z', until: '2026-03-12T09:00:00.000Z' }
  const ask = (duration: string) =>
    submitted(company, requester, { approvers, durations: ['P5D', 'P10D', 'P11D'], duration, held })

  for (const tooShort of ['P5D', 'P10D'])
    expect(refusalBy(() => ask(tooShort)).details).toMatchObject({
      errors: [{ path: 'requestedDuration', code: 'too_early', params: { after: held.until } }],
    })
  expect(ask('P11D').request.status).toBe('pending')
  expect(submitted(company, requester, { durations: ['P5D', 'P11D'], held }).request.requestedDuration).toBe('P11D')
  expect(submitted(company, requester, { held }).request.requestedDuration).toBeNull()
})
