/** What a decision leaves in the record, and what is told of it: by an approver, by an administrator. */
import { describe, expect, test } from 'vitest'
import { decide, override } from '../../src/domain/request/decisions.ts'
import type { AccessRequest } from '../../src/domain/request/record.ts'
import { aRequest, movesOf, start } from '../support/a-request.ts'
import { createCompany } from '../support/company.ts'

const later = '2026-03-12T09:00:00.000Z'
const inThirtyDays = '2026-04-11T09:00:00.000Z'
const origin = { clientIp: '10.0.0.1', userAgent: 'curl' }

function scene() {
  const company = createCompany()
  const manager = company.addUser({ name: 'Mona' })
  const owner = company.addUser({ name: 'Olga' })
  const admin = company.addUser({ name: 'Ada', isAdministrator: true })
  const requester = company.addUser({ managerId: manager })
  const approvers = [{ kind: 'manager' as const }, { kind: 'resource_owner' as const, userId: owner }]
  const request = aRequest(company, requester, { approvers, requirement: 'all', durations: ['P10D'] })
  const person = (id: string, name: string) => ({ id, name, email: `${name.toLowerCase()}@example.test` })
  const acting = (by: string) => ({ actor: company.actor(by), now: later })
  return {
    company,
    manager,
    owner,
    admin,
    requester,
    request,
    mona: person(manager, 'Mona'),
    olga: person(owner, 'Olga'),
    ada: person(admin, 'Ada'),
    decided: (
      one: AccessRequest,
      by: string,
      said: { reason?: string; nextSteps?: string; decision: 'approve' | 'deny' },
    ) => decide(one, { by, origin, ...said }, acting(by)),
    overridden: (one: AccessRequest, said: Omit<Parameters<typeof override>[1], 'by'>) =>
      override(one, { by: admin, origin, ...said }, acting(admin)),
    ...movesOf(company, later),
  }
}

describe('an approval by an approver', () => {
  test('is kept in its step with its reason, restarts the clock, and waits for the others', () => {
    const { request, manager, mona, decided } = scene()

    const { request: after, events } = decided(request, manager, { decision: 'approve', reason: 'Fine.' })

    expect(after).toStrictEqual({
      ...request,
      version: 2,
      updatedAt: later,
      expiresAt: inThirtyDays,
      steps: [
        {
          ...request.steps[0],
          state: 'approved',
          decisions: [{ by: mona, decision: 'approve', at: later, reason: 'Fine.' }],
        },
        request.steps[1],
      ],
    })
    expect(events).toStrictEqual([
      { type: 'step_decided', step: 1, by: mona, decision: 'approve', reason: 'Fine.', origin },
    ])
  })

  test('that is the last one needed grants in the name of who made it, for as long as was asked', () => {
    const { request, manager, owner, olga, approve, decided } = scene()

    const { request: after, events } = decided(approve(request, manager), owner, { decision: 'approve' })

    expect(after).toMatchObject({
      status: 'pending',
      missingData: [],
      provisioning: { by: olga, at: later, override: false, message: null, duration: 'P10D', connectorId: null },
    })
    expect(events).toStrictEqual([
      { type: 'step_decided', step: 2, by: olga, decision: 'approve', reason: null, origin },
    ])
  })

  test('asks those whose turn it is now, and no others', () => {
    const { company, requester, manager, owner, olga, decided } = scene()
    const third = company.addUser()
    const approvers = [
      { kind: 'manager' as const },
      { kind: 'resource_owner' as const, userId: owner },
      { kind: 'user' as const, userId: third },
    ]
    const request = aRequest(company, requester, { approvers, requirement: 'sequential' })

    const { request: after, events } = decided(request, manager, { decision: 'approve' })

    expect(events.slice(1)).toStrictEqual([{ type: 'approvers_awaited', people: [olga], steps: [2] }])
    expect(after.steps.map(({ currentSince }) => currentSince)).toEqual([start, later, null])
  })

  test('does not say again what was missing before and still is', () => {
    const { company, owner, decided } = scene()
    const approvers = [{ kind: 'manager' as const }, { kind: 'resource_owner' as const, userId: owner }]
    const request = aRequest(company, company.addUser(), { approvers, requirement: 'all' })

    const { request: after, events } = decided(request, owner, { decision: 'approve' })

    expect(after).toMatchObject({ status: 'missing_data', missingData: request.missingData })
    expect(events.map(({ type }) => type)).toEqual(['step_decided'])
  })
})

describe('a denial by an approver', () => {
  test('ends the request with its reason and what to do next, and nobody is waited for', () => {
    const { request, manager, mona, decided } = scene()
    const said = { decision: 'deny', reason: 'No need.', nextSteps: 'Ask the team.' } as const

    const { request: after, events } = decided(request, manager, said)

    expect(after).toMatchObject({
      status: 'denied',
      steps: [{ state: 'denied' }, { state: 'skipped', currentSince: null }],
      expiresAt: null,
      decision: {
        by: mona,
        at: later,
        outcome: 'denied',
        override: false,
        message: null,
        reason: 'No need.',
        nextSteps: 'Ask the team.',
        cause: null,
      },
    })
    expect(events).toStrictEqual([
      { type: 'step_decided', step: 1, by: mona, decision: 'deny', reason: 'No need.', origin },
      { type: 'denied', from: 'pending' },
    ])
  })

  test('leaves a step that was missing as missing, and nothing to be filled in', () => {
    const { company, owner, decided } = scene()
    const approvers = [{ kind: 'manager' as const }, { kind: 'resource_owner' as const, userId: owner }]
    const request = aRequest(company, company.addUser(), { approvers, requirement: 'all' })

    const { request: after, events } = decided(request, owner, { decision: 'deny', reason: 'No.' })

    expect(after).toMatchObject({
      status: 'denied',
      missingData: [],
      steps: [{ state: 'missing' }, { state: 'denied' }],
    })
    expect(events.at(-1)).toEqual({ type: 'denied', from: 'missing_data' })
  })
})

describe('an administrator overrides', () => {
  test('and grants: the open steps are named, the notes are told and not kept', () => {
    const { request, manager, ada, approve, overridden } = scene()
    const said = { message: 'Take care.', internalNotes: 'Checked.', duration: 'P5D' }

    const { request: after, events } = overridden(approve(request, manager), { decision: 'grant', ...said })

    expect(after).toMatchObject({
      version: 3,
      status: 'pending',
      expiresAt: inThirtyDays,
      steps: [{ state: 'approved' }, { state: 'overridden', currentSince: null, decisions: [] }],
      provisioning: { by: ada, at: later, override: true, message: 'Take care.', duration: 'P5D', connectorId: null },
    })
    expect(JSON.stringify(after)).not.toContain('Checked.')
    expect(events).toStrictEqual([
      {
        type: 'overridden',
        by: ada,
        decision: 'grant',
        steps: [2],
        reason: 'Take care.',
        internalNotes: 'Checked.',
        origin,
      },
    ])
  })

  test('and denies: with a reason and what to do next', () => {
    const { request, ada, overridden } = scene()
    const said = { reason: 'No licence.', message: 'Sorry.', nextSteps: 'Ask in May.' }

    const { request: after, events } = overridden(request, { decision: 'deny', ...said })

    expect(after).toMatchObject({
      status: 'denied',
      expiresAt: null,
      steps: [{ state: 'overridden' }, { state: 'overridden' }],
      decision: {
        by: ada,
        at: later,
        outcome: 'denied',
        override: true,
        message: null,
        reason: 'No licence.',
        nextSteps: 'Ask in May.',
        cause: null,
      },
    })
    expect(events).toStrictEqual([
      {
        type: 'overridden',
        by: ada,
        decision: 'deny',
        steps: [1, 2],
        reason: 'No licence.',
        internalNotes: null,
        origin,
      },
      { type: 'denied', from: 'pending' },
    ])
  })

  test.each([
    ['grants', 'grant'],
    ['denies', 'deny'],
  ] as const)('and %s what lacks an approver: nothing is missing any more', (_name, decision) => {
    const { company, overridden } = scene()
    const request = aRequest(company, company.addUser(), { approvers: [{ kind: 'manager' }] })

    const { request: after } = overridden(request, { decision, reason: 'So be it.' })

    expect(after).toMatchObject({ missingData: [], steps: [{ state: 'overridden' }] })
  })

  test.each(['grant', 'deny'] as const)(
    'and once more (%s) after that has failed: it is an override still',
    (decision) => {
      const { request, admin, grant, fail, overridden } = scene()
      const failed = fail(grant(request, admin))

      const { request: after, events } = overridden(failed, { decision, reason: 'So be it.' })

      expect((after.provisioning ?? after.decision)?.override).toBe(true)
      expect(events[0]).toMatchObject({ type: 'overridden', steps: [] })
    },
  )

  test('and says nothing: what is not said is empty', () => {
    const { request, overridden } = scene()

    const { request: after, events } = overridden(request, { decision: 'grant' })

    expect(after.provisioning).toMatchObject({ message: null, duration: 'P10D' })
    expect(events).toMatchObject([{ reason: null, internalNotes: null }])
  })
})

describe('an administrator decides a request that waits for administrators', () => {
  test.each([
    ['grant', { message: 'Take care.' }, { state: 'approved', decision: 'approve', reason: 'Take care.' }],
    ['grant', { reason: 'On call.', message: 'Hi.' }, { state: 'approved', decision: 'approve', reason: 'On call.' }],
    ['grant', {}, { state: 'approved', decision: 'approve', reason: null }],
    ['deny', { reason: 'No.' }, { state: 'denied', decision: 'deny', reason: 'No.' }],
  ] as const)('%s %j: it is the decision of their step, and no override', (decision, said, expected) => {
    const { company, requester, ada, overridden } = scene()
    const { state, ...made } = expected

    const { request: after, events } = overridden(aRequest(company, requester), { decision, ...said })

    expect(after.steps).toMatchObject([{ state, currentSince: null, decisions: [{ by: ada, at: later, ...made }] }])
    expect(after.steps[0]?.decisions).toHaveLength(1)
    expect((after.provisioning ?? after.decision)?.override).toBe(false)
    expect(events[0]).toMatchObject({ steps: [], reason: made.reason })
  })

  test('and tries a grant again that has failed: the step keeps the decision it has', () => {
    const { company, requester, admin, ada, grant, fail, overridden } = scene()
    const failed = fail(grant(aRequest(company, requester), admin))

    const { request: after } = overridden(failed, { decision: 'grant', message: 'Again.' })

    expect(after.steps).toEqual(failed.steps)
    expect(after.provisioning).toMatchObject({ by: ada, message: 'Again.', override: false })
  })
})
