/** What everyone outside sees of a request, and what nobody does. */
import { describe, expect, test } from 'vitest'
import { viewRequest } from '../../src/domain/request/view.ts'
import { aRequest, movesOf, start } from '../support/a-request.ts'
import { createCompany, idOf } from '../support/company.ts'

const end = '2026-03-12T09:00:00.000Z'

function scene() {
  const company = createCompany()
  const manager = company.addUser({ name: 'Mona' })
  const [ann, ben] = [company.addUser({ name: 'Ann' }), company.addUser({ name: 'Ben' })]
  const admin = company.addUser({ name: 'Ada', isAdministrator: true })
  const requester = company.addUser({ name: 'Rita', managerId: manager })
  const approvers = [
    { kind: 'manager' as const },
    { kind: 'user_group' as const, groupId: company.team([ann, ben], 'Owners'), required: 2 },
  ]
  const request = aRequest(company, requester, { approvers, requirement: 'all', durations: ['P10D'] })
  return { company, manager, ann, ben, admin, requester, request, ...movesOf(company) }
}

const person = (id: string, name: string) => ({ id, name, email: `${name.toLowerCase()}@example.test` })

test('a view shows what was asked, of which flow, by whom, and how far it is', () => {
  const { manager, ann, ben, requester, request, approve } = scene()

  expect(viewRequest(approve(request, manager))).toStrictEqual({
    id: request.id,
    status: 'pending',
    approvalType: 'manual',
    queue: 'others',
    approvalFlow: {
      id: request.flow.id,
      name: 'Production database',
      description: 'Read access',
      color: null,
      logoUrl: null,
    },
    requester: { ...person(requester, 'Rita'), department: 'Sales', manager: person(manager, 'Mona') },
    reason: 'I am on call.',
    requestedDuration: 'P10D',
    approvedDuration: null,
    createdAt: start,
    updatedAt: start,
    expiresAt: '2026-04-01T09:00:00.000Z',
    version: 2,
    approvalRequirement: 'all',
    progress: {
      approved: 1,
      total: 3,
      steps: [
        {
          order: 1,
          kind: 'manager',
          label: "Requester's manager: Mona",
          required: 1,
          state: 'approved',
          approvers: [person(manager, 'Mona')],
          currentSince: start,
          decisions: [
            { by: { id: manager, name: 'Mona' }, decision: 'approve', at: start, reason: null, fourEyes: null },
          ],
        },
        {
          order: 2,
          kind: 'user_group',
          label: 'User group: Owners',
          required: 2,
          state: 'current',
          approvers: [person(ann, 'Ann'), person(ben, 'Ben')],
          currentSince: start,
          decisions: [],
        },
      ],
    },
    missingData: [],
    decision: null,
    error: null,
    lastFailure: null,
    grant: null,
  })
})

describe('a view shows', () => {
  test('who closed a request, by name and never by address', () => {
    const { request, admin, overrule } = scene()

    expect(viewRequest(overrule(request, admin)).decision).toStrictEqual({
      by: { id: admin, name: 'Ada' },
      at: start,
      outcome: 'denied',
      override: true,
      message: null,
      reason: 'No.',
      nextSteps: null,
      cause: null,
      fourEyes: null,
      byDirectoryChange: false,
    })
  })

  test('an end that nobody made as made by nobody', () => {
    const { request, cancel } = scene()

    expect(viewRequest(cancel(request)).decision).toMatchObject({ by: null, cause: 'flow_deleted' })
  })

  test('a grant with its times and who ended it, and never which system was asked', () => {
    const { request, admin, grant, give } = scene()
    const given = give(grant(request, admin))
    const times = { id: idOf(9), startedAt: start, expiresAt: end }
    const ended = { ...times, connectorId: idOf(501), endedAt: end, endedBy: person(admin, 'Ada') }

    expect(viewRequest({ ...given, grant: ended }).grant).toStrictEqual({
      ...times,
      endedAt: end,
      endedBy: { id: admin, name: 'Ada' },
      alreadyHeld: null,
    })
    expect(viewRequest(given).grant).toMatchObject({ endedAt: null, endedBy: null })
  })

  test('what is missing, and what went wrong', () => {
    const { company, request, admin, grant, fail } = scene()
    const missing = aRequest(company, company.addUser({ name: 'Otto' }), { approvers: [{ kind: 'manager' }] })

    expect(viewRequest(missing).missingData).toMatchObject([{ step: 1, detail: 'Otto has no manager.' }])
    expect(viewRequest(fail(grant(request, admin))).error).toStrictEqual({
      message: 'The system is away.',
      since: start,
      attempts: 5,
    })
  })

  test('a failure also after a later try gave the access: the error is over, and what it was stays', () => {
    const { request, admin, grant, fail, give } = scene()
    const failed = fail(grant(request, admin))

    const view = viewRequest(give(grant(failed, admin)))

    expect(view).toMatchObject({ status: 'approved', error: null })
    expect(view.lastFailure).toStrictEqual(viewRequest(failed).error)
  })
})

test('a view never shows what is kept for the work itself', () => {
  const { request, admin, grant } = scene()

  const view = viewRequest(grant(request, admin))

  for (const inner of ['carriedOut', 'provisioning', 'askedConnectors', 'expiry', 'flow'])
    expect(Object.keys(view)).not.toContain(inner)
})
