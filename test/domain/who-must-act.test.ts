/** Who must act next, for every requirement and kind of step, and what the decisions add up to. */
import { describe, expect, test } from 'vitest'
import type { ApprovalRequirement, ApproverRule } from '../../src/domain/flow/flow.ts'
import type { AccessRequest } from '../../src/domain/request/record.ts'
import { awaitedPeople, progressOf } from '../../src/domain/request/steps.ts'
import { aRequest, movesOf, refusalOf, submitted } from '../support/a-request.ts'
import { createCompany } from '../support/company.ts'

function three(requirement: ApprovalRequirement) {
  const company = createCompany()
  const [manager, owner, third] = [company.addUser(), company.addUser(), company.addUser()]
  const requester = company.addUser({ managerId: manager })
  const approvers: ApproverRule[] = [
    { kind: 'manager' },
    { kind: 'resource_owner', userId: owner },
    { kind: 'user', userId: third },
  ]
  return {
    ...movesOf(company),
    company,
    requester,
    manager,
    owner,
    third,
    request: aRequest(company, requester, { approvers, requirement }),
  }
}

const awaited = (request: AccessRequest) =>
  awaitedPeople(request)
    .map(({ id }) => id)
    .sort()
const states = (request: AccessRequest) => request.steps.map(({ state }) => state)
const progress = (request: AccessRequest) => Object.values(progressOf(request)).join(' of ')

describe('any', () => {
  test('waits for everybody at once, and one approval is enough', () => {
    const { request, approve, manager, owner, third } = three('any')

    expect(awaited(request)).toEqual([manager, owner, third].sort())
    expect(progress(request)).toBe('0 of 1')

    const approved = approve(request, owner)

    expect(approved.provisioning).not.toBeNull()
    expect(states(approved)).toEqual(['skipped', 'approved', 'skipped'])
    expect(progress(approved)).toBe('1 of 1')
  })

  test('is denied only when every step has denied', () => {
    const { request, deny, manager, owner, third } = three('any')

    const twice = deny(deny(request, manager), third)

    expect(twice.status).toBe('pending')
    expect(deny(twice, owner)).toMatchObject({
      status: 'denied',
      decision: { outcome: 'denied', reason: 'No.', override: false },
    })
  })
})

describe('all', () => {
  test('waits for everybody at once, and every step has to approve', () => {
    const { request, approve, manager, owner, third } = three('all')

    expect(awaited(request)).toEqual([manager, owner, third].sort())

    const twice = approve(approve(request, third), manager)

    expect([twice.status, progress(twice), awaited(twice)]).toEqual(['pending', '2 of 3', [owner]])
    expect(approve(twice, owner).provisioning).not.toBeNull()
  })

  test('the first denial ends it', () => {
    const { request, approve, deny, manager, owner } = three('all')

    const denied = deny(approve(request, manager), owner)

    expect(denied.status).toBe('denied')
    expect(states(denied)).toEqual(['approved', 'denied', 'skipped'])
  })
})

describe('sequential', () => {
  test('waits for one step at a time, in order', () => {
    const { request, approve, manager, owner, third } = three('sequential')

    expect(awaited(request)).toEqual([manager])
    expect(refusalOf(() => approve(request, third))).toBe('not_an_approver')

    const once = approve(request, manager)
    expect([awaited(once), states(once)]).toEqual([[owner], ['approved', 'current', 'waiting']])

    const twice = approve(once, owner)
    expect(awaited(twice)).toEqual([third])
    expect(approve(twice, third).provisioning).not.toBeNull()
  })

  test('the first denial ends it, wherever it is', () => {
    const { request, approve, deny, manager, owner } = three('sequential')

    expect(deny(request, manager).status).toBe('denied')
    expect(deny(approve(request, manager), owner).status).toBe('denied')
  })
})

describe('a step of a user group', () => {
  function group(required: number | 'all', size = 3) {
    const company = createCompany()
    const requester = company.addUser()
    const members = Array.from({ length: size }, () => company.addUser())
    const groupId = company.team(members, 'Owners')
    const approvers: ApproverRule[] = [{ kind: 'user_group', groupId, required }]
    const moves = movesOf(company)
    return {
      ...moves,
      company,
      requester,
      members: members as [string, string, string],
      groupId,
      request: aRequest(company, requester, { approvers, requirement: 'all' }),
    }
  }

  test('asks for one of its members', () => {
    const { request, approve, members } = group(1)

    expect(awaited(request)).toEqual(members)
    expect(approve(request, members[2]).provisioning).not.toBeNull()
  })

  test('asks for two of them', () => {
    const { request, approve, members } = group(2)

    const once = approve(request, members[0])

    expect([once.status, progress(once), awaited(once)]).toEqual(['pending', '1 of 2', [members[1], members[2]]])
    expect(refusalOf(() => approve(once, members[0]))).toBe('already_decided')
    expect(approve(once, members[1]).provisioning).not.toBeNull()
  })

  test('asks for all of them', () => {
    const { request, approve, members } = group('all')

    const twice = approve(approve(request, members[0]), members[1])

    expect([twice.status, progress(twice)]).toEqual(['pending', '2 of 3'])
    expect(approve(twice, members[2]).provisioning).not.toBeNull()
  })

  test('is denied by one denial, also after approvals', () => {
    const { request, approve, deny, members } = group('all')

    expect(deny(approve(request, members[0]), members[1]).status).toBe('denied')
  })

  test('never asks the requester, who is a member too', () => {
    const { company, request, requester, groupId, members, look } = group('all')

    company.join(groupId, requester)

    expect(awaited(look(request))).toEqual(members)
  })

  test('an approval of somebody who has left the group since still counts', () => {
    const { company, request, approve, members, groupId, look } = group(2)
    const once = approve(request, members[0])

    company.leave(groupId, members[0])
    company.leave(groupId, members[2])
    const looked = look(once)

    expect([looked.status, awaited(looked)]).toEqual(['pending', [members[1]]])
    expect(approve(looked, members[1]).provisioning).not.toBeNull()
  })

  test('is approved by those who have, once the last one it waited for has left', () => {
    const { company, request, approve, members, groupId, look } = group('all')
    const twice = approve(approve(request, members[0]), members[1])

    company.leave(groupId, members[2])

    expect(look(twice).provisioning).not.toBeNull()
  })
})

describe('nobody decides on their own request', () => {
  test('who is the only approver is missing data', () => {
    const company = createCompany()
    const owner = company.addUser({ name: 'Olga' })

    const request = aRequest(company, owner, { approvers: [{ kind: 'resource_owner', userId: owner }] })

    expect(request).toMatchObject({
      status: 'missing_data',
      missingData: [{ step: 1, subjectUserId: owner, detail: 'The only approver is the requester, Olga.' }],
    })
    expect(refusalOf(() => movesOf(company).approve(request, owner))).toBe('own_request')
  })

  test("an administrator's own request needs another administrator", () => {
    const company = createCompany()
    const alone = company.addUser({ isAdministrator: true })
    const request = aRequest(company, alone)
    expect(request).toMatchObject({ status: 'missing_data', queue: 'administrator' })

    const other = company.addUser({ isAdministrator: true })
    const looked = movesOf(company).look(request)

    expect([looked.status, awaited(looked)]).toEqual(['pending', [other]])
    expect(movesOf(company).grant(looked, other)).toMatchObject({
      provisioning: { override: false, by: { id: other } },
      steps: [{ state: 'approved' }],
    })
  })
})

describe('a person counts once', () => {
  test('in the step with the fewest other approvers', () => {
    const company = createCompany()
    const [both, other] = [company.addUser(), company.addUser()]
    const groupId = company.team([both, other])
    const approvers: ApproverRule[] = [
      { kind: 'user_group', groupId, required: 1 },
      { kind: 'user', userId: both },
    ]
    const { approve } = movesOf(company)
    const request = aRequest(company, company.addUser(), { approvers, requirement: 'all' })

    const once = approve(request, both)

    expect(once.steps.map(({ decisions }) => decisions.length)).toEqual([0, 1])
    expect(awaited(once)).toEqual([other])
    expect(refusalOf(() => approve(once, both))).toBe('already_decided')
  })

  test('and a step in which nobody else is left is skipped', () => {
    const company = createCompany()
    const both = company.addUser()
    const approvers: ApproverRule[] = [{ kind: 'manager' }, { kind: 'resource_owner', userId: both }]
    const request = aRequest(company, company.addUser({ managerId: both }), { approvers, requirement: 'sequential' })

    const once = movesOf(company).approve(request, both)

    expect(states(once)).toEqual(['approved', 'skipped'])
    expect(once.provisioning).not.toBeNull()
    expect(progress(once)).toBe('1 of 1')
  })
})

describe('an override half-way', () => {
  test('closes the request at once and shows the open steps as overridden', () => {
    const { company, request, approve, grant, manager } = three('all')
    const admin = company.addUser({ isAdministrator: true })

    const granted = grant(approve(request, manager), admin)

    expect(states(granted)).toEqual(['approved', 'overridden', 'overridden'])
    expect(granted.provisioning).toMatchObject({ override: true, by: { id: admin } })
    expect(progress(granted)).toBe('1 of 3')
  })

  test('denies likewise, and keeps its notes out of the request', () => {
    const { company, request, overrule } = three('all')
    const admin = company.addUser({ isAdministrator: true })

    const denied = overrule(request, admin)

    expect(denied).toMatchObject({ status: 'denied', decision: { override: true, by: { id: admin } }, expiresAt: null })
    expect(states(denied)).toEqual(['overridden', 'overridden', 'overridden'])
  })
})

test('an automatic request has no approver and is on its way at once', () => {
  const company = createCompany()

  const { request, events } = submitted(company, company.addUser(), {
    type: 'automatic',
    durations: ['P5D', 'P10D'],
    duration: 'P10D',
  })

  expect(request).toMatchObject({
    status: 'pending',
    steps: [],
    queue: 'administrator',
    provisioning: { by: null, duration: 'P10D' },
  })
  expect(progress(request)).toBe('0 of 0')
  expect(events.map(({ type }) => type)).toEqual(['submitted'])
})
