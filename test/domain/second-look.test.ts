/** What a new look at the directory does to the steps of a request, and what it leaves as it is. */
import { describe, expect, test } from 'vitest'
import type { ApproverRule, Required } from '../../src/domain/flow/flow.ts'
import { type RuleFacts, resolveRule } from '../../src/domain/request/approvers.ts'
import { override, refresh } from '../../src/domain/request/decisions.ts'
import type { AccessRequest } from '../../src/domain/request/record.ts'
import { evaluate, progressOf } from '../../src/domain/request/steps.ts'
import { type Asked, aRequest, movesOf, start } from '../support/a-request.ts'
import { createCompany, idOf } from '../support/company.ts'

const later = '2026-03-12T09:00:00.000Z'

function scene() {
  const company = createCompany()
  const [ann, ben, eve] = [
    company.addUser({ name: 'Ann' }),
    company.addUser({ name: 'Ben' }),
    company.addUser({ name: 'Eve' }),
  ]
  const groupId = company.team([ann, ben, eve], 'Owners')
  const requester = company.addUser({ managerId: company.addUser({ name: 'Mona' }) })
  const asked = (asked: Asked) => aRequest(company, requester, asked)
  const factsOf = ({ flow }: AccessRequest) => company.facts({ requesterId: requester, approvers: flow.approvers })
  return {
    company,
    ann,
    ben,
    eve,
    groupId,
    requester,
    asked,
    ofGroup: (required: Required) => asked({ approvers: [{ kind: 'user_group', groupId, required }] }),
    lookedAt: (request: AccessRequest) => refresh(request, factsOf(request), later),
    outcomeOf: (request: AccessRequest) => evaluate(request, factsOf(request), later).outcome,
    ...movesOf(company),
  }
}

const approversOf = (request: AccessRequest | undefined) =>
  request?.steps.map(({ approvers }) => approvers.map(({ id }) => id))

describe('a group that has lost members', () => {
  test('still has its approver who decided, as one and not as two', () => {
    const { company, ann, ben, eve, groupId, ofGroup, approve, look } = scene()
    const once = approve(ofGroup(2), ann)
    for (const left of [ben, eve]) company.leave(groupId, left)

    expect(look(once)).toMatchObject({
      status: 'missing_data',
      missingData: [{ detail: 'The user group Owners has fewer than 2 eligible members.' }],
    })
  })

  test('lacks a member also when there are others beside who decided', () => {
    const { company, ann, eve, groupId, ofGroup, approve, look } = scene()
    const once = approve(ofGroup(3), ann)
    company.leave(groupId, eve)

    expect(look(once).status).toBe('missing_data')
  })

  test('lacks a member when who decided and who is there are too few together', () => {
    const { company, ann, ben, groupId, ofGroup, approve, look } = scene()
    const once = approve(ofGroup(3), ann)
    for (const left of [ann, ben]) company.leave(groupId, left)

    expect(look(once).status).toBe('missing_data')
  })

  test('is not needed any more when all who are left have approved, be it that nobody is left', () => {
    const { company, ann, ben, eve, groupId, ofGroup, approve, lookedAt } = scene()
    const once = approve(ofGroup('all'), ann)
    for (const left of [ann, ben, eve]) company.leave(groupId, left)

    const looked = lookedAt(once)

    expect(looked?.request).toMatchObject({
      steps: [{ state: 'approved' }],
      missingData: [],
      provisioning: { by: { id: ann }, at: later, override: false, duration: null, byDirectoryChange: true },
    })
    expect(looked?.events).toEqual([])
  })
})

test.each<[string, Required | undefined, number]>([
  ['one is enough', undefined, 1],
  ['all are asked', 'all', 1],
  ['two are asked', 2, 2],
  ['two are asked', 2, 3],
])('a group lacks nobody when %s (%s) and it has %s', (_name, required, size) => {
  const { company, requester } = scene()
  const groupId = company.team(Array.from({ length: size }, () => company.addUser()))
  const rule: ApproverRule = { kind: 'user_group', groupId, required }
  const facts = company.facts({ requesterId: requester, approvers: [rule] })

  const { approvers, missing } = resolveRule(rule, facts.rules[0] as RuleFacts, { id: requester, name: '', email: '' })

  expect([approvers.length, missing]).toEqual([size, null])
})

describe('who may decide a step', () => {
  test('is still shown after one of them has decided', () => {
    const { company, ann, ben, eve, groupId, ofGroup, approve, look } = scene()
    const fourth = company.addUser()
    const once = approve(ofGroup('all'), ann)
    company.join(groupId, fourth)

    expect(approversOf(once)).toEqual([[ann, ben, eve]])
    expect(approversOf(look(once))).toEqual([[ann, ben, eve, fourth]])
  })

  test('is nobody who has decided another step, also after the directory has changed', () => {
    const { company, ann, ben, eve, groupId, asked, approve, look } = scene()
    const approvers: ApproverRule[] = [
      { kind: 'user_group', groupId },
      { kind: 'user', userId: ann },
    ]
    const once = approve(asked({ approvers, requirement: 'all' }), ann)
    const fourth = company.addUser()
    company.join(groupId, fourth)

    expect(approversOf(once)).toEqual([[ben, eve], [ann]])
    expect(approversOf(look(once))).toEqual([[ben, eve, fourth], [ann]])
  })

  test('who is the only approver of two steps decides the first of them', () => {
    const { ann, asked, approve } = scene()
    const approvers: ApproverRule[] = [
      { kind: 'resource_owner', userId: ann },
      { kind: 'user', userId: ann },
    ]

    const once = approve(asked({ approvers, requirement: 'all' }), ann)

    expect(once.steps.map(({ state }) => state)).toEqual(['approved', 'skipped'])
  })
})

describe('a settled step stays as it was', () => {
  test('when its approver is another one by now', () => {
    const { company, requester, asked, approve, lookedAt } = scene()
    const [manager, young, owner] = [company.addUser(), company.addUser(), company.addUser({ activated: false })]
    company.change(requester, { managerId: manager })
    const approvers: ApproverRule[] = [{ kind: 'manager' }, { kind: 'user', userId: owner }]
    const once = approve(asked({ approvers, requirement: 'all' }), manager)
    company.change(requester, { managerId: young })

    const looked = lookedAt(once)?.request

    expect(looked?.requester.manager?.id).toBe(young)
    expect(looked?.steps).toEqual(once.steps)
  })

  test('when one of its approvers decides another', () => {
    const { ann, ben, eve, groupId, asked, approve } = scene()
    const approvers: ApproverRule[] = [
      { kind: 'user_group', groupId },
      { kind: 'user', userId: ben },
      { kind: 'manager' },
    ]
    const once = approve(asked({ approvers, requirement: 'all' }), ann)

    expect(approversOf(approve(once, ben))?.[0]).toEqual([ann, ben, eve])
  })
})

describe('a step that was skipped or overridden', () => {
  test('stays skipped when somebody comes who could have decided it', () => {
    const { company, ann, ben, eve, asked, approve, lookedAt } = scene()
    const groupId = company.team([ann])
    const approvers: ApproverRule[] = [
      { kind: 'user', userId: ann },
      { kind: 'user_group', groupId },
      { kind: 'user', userId: ben },
    ]
    const once = approve(asked({ approvers, requirement: 'all' }), ann)
    company.join(groupId, eve)

    expect(once.steps.map(({ state }) => state)).toEqual(['approved', 'skipped', 'current'])
    expect(lookedAt(once)).toBeUndefined()
  })

  test('stays overridden when the access could not be given, and the request is canceled or granted again', () => {
    const { company, ofGroup, grant, fail, cancel } = scene()
    const admin = company.addUser({ isAdministrator: true })
    const failed = fail(grant(ofGroup(1), admin))

    expect(cancel(failed).steps).toMatchObject([{ state: 'overridden' }])
    const again = override(failed, { by: admin, decision: 'grant' }, { actor: company.actor(admin), now: later })
    expect(again).toMatchObject({ request: { steps: failed.steps }, events: [{ type: 'overridden', steps: [] }] })
  })
})

describe('the clock of a request', () => {
  test('is not started anew by a look that fills nothing in', () => {
    const { company, groupId, asked, lookedAt } = scene()
    const fourth = company.addUser()
    const approvers: ApproverRule[] = [
      { kind: 'user', userId: idOf(77) },
      { kind: 'user_group', groupId },
    ]
    const request = asked({ approvers, requirement: 'all' })
    company.join(groupId, fourth)

    const looked = lookedAt(request)

    expect(looked?.request).toMatchObject({ status: 'missing_data', expiresAt: request.expiresAt, updatedAt: later })
    expect(looked?.events).toMatchObject([{ type: 'approvers_awaited', people: [{ id: fourth }], steps: [2] }])
  })

  test('of a step runs since the step became current, whatever the directory does', () => {
    const { company, groupId, ofGroup, lookedAt } = scene()
    const request = ofGroup(1)
    company.join(groupId, company.addUser())

    expect(lookedAt(request)?.request.steps).toMatchObject([{ state: 'current', currentSince: start }])
  })
})

test('under any, a denier who is the only one left of the other step ends the request, in their name', () => {
  const { company, ann, requester, asked, deny, lookedAt } = scene()
  const approvers: ApproverRule[] = [{ kind: 'user', userId: ann }, { kind: 'manager' }]
  const once = deny(asked({ approvers }), ann)
  company.change(requester, { managerId: ann })

  const looked = lookedAt(once)

  expect(looked?.request).toMatchObject({
    status: 'denied',
    steps: [{ state: 'denied' }, { state: 'skipped' }],
    decision: {
      by: { id: ann },
      at: later,
      outcome: 'denied',
      override: false,
      reason: 'No.',
      byDirectoryChange: true,
    },
  })
  expect(looked?.events.map(({ type }) => type)).toEqual(['approver_replaced', 'denied'])
})

describe('a request whose requester', () => {
  test('is not known any more is canceled', () => {
    const { ofGroup } = scene()

    const looked = refresh(ofGroup(1), { requester: null, rules: [] }, later)

    expect(looked?.request).toMatchObject({ status: 'canceled', decision: { by: null, at: later } })
  })

  test('has another manager is told so also while it is in error, and asks nobody', () => {
    const { company, ann, requester, ofGroup, approve, fail, lookedAt } = scene()
    const failed = fail(approve(ofGroup(1), ann))
    const young = company.addUser()
    company.change(requester, { managerId: young })

    const looked = lookedAt(failed)

    expect(looked?.request).toEqual({
      ...failed,
      version: failed.version + 1,
      updatedAt: later,
      requester: { ...failed.requester, manager: expect.objectContaining({ id: young }) as unknown },
    })
    expect(looked?.events).toEqual([])
  })
})

describe('what the steps add up to', () => {
  const ofTwo = (owner: string): ApproverRule[] => [{ kind: 'manager' }, { kind: 'resource_owner', userId: owner }]

  test.each(['any', 'all', 'sequential'] as const)(
    'under %s it is waiting while somebody can decide',
    (requirement) => {
      const { ann, asked, outcomeOf } = scene()

      expect(outcomeOf(asked({ approvers: ofTwo(ann), requirement }))).toBe('waiting')
    },
  )

  test.each([
    ['any', 'waiting'],
    ['all', 'missing'],
    ['sequential', 'missing'],
  ] as const)('under %s with an approver missing it is %s', (requirement, outcome) => {
    const { ann, asked, outcomeOf } = scene()

    expect(outcomeOf(asked({ approvers: [...ofTwo(ann), { kind: 'user' }], requirement }))).toBe(outcome)
  })

  test('never is a step approved by nobody, also if it asked for nobody', () => {
    const { ofGroup } = scene()

    expect(ofGroup(0)).toMatchObject({ steps: [{ state: 'current' }], provisioning: null })
  })
})

describe('progress', () => {
  test('counts no denial as an approval, and keeps counting what was skipped by it', () => {
    const { company, ann, requester, asked, deny } = scene()
    const manager = company.addUser()
    company.change(requester, { managerId: manager })
    const approvers: ApproverRule[] = [{ kind: 'manager' }, { kind: 'user', userId: ann }]

    expect(progressOf(deny(asked({ approvers, requirement: 'all' }), manager))).toEqual({ approved: 0, total: 2 })
  })

  test('counts a step whose approver is missing', () => {
    const { ann, asked } = scene()
    const approvers: ApproverRule[] = [{ kind: 'user' }, { kind: 'user', userId: ann }]

    expect(progressOf(asked({ approvers, requirement: 'all' }))).toEqual({ approved: 0, total: 2 })
  })
})

test('a step is called by its kind and by whom it names; administrators and who is missing by the kind alone', () => {
  const { ann, groupId, asked } = scene()
  const labels = (...approvers: ApproverRule[]) => asked({ approvers }).steps.map(({ label }) => label)

  expect(labels({ kind: 'administrator' })).toEqual(['Administrator'])
  expect(labels({ kind: 'manager' }, { kind: 'user_group', groupId }, { kind: 'user', userId: ann })).toEqual([
    "Requester's manager: Mona",
    'User group: Owners',
    'User: Ann',
  ])
  expect(labels({ kind: 'resource_owner' }, { kind: 'user_group' }, { kind: 'user' })).toEqual([
    'Resource owner',
    'User group',
    'User',
  ])
})
