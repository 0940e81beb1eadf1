/** What is told again of a request whose row was set back: everything between the two records, and nothing twice. */
import { describe, expect, test } from 'vitest'
import { eventsBetween } from '../../src/domain/request/catch-up.ts'
import { decide, override } from '../../src/domain/request/decisions.ts'
import type { AccessRequest } from '../../src/domain/request/record.ts'
import { aRequest, movesOf, start } from '../support/a-request.ts'
import { createCompany } from '../support/company.ts'

function scene() {
  const company = createCompany()
  const [manager, owner] = [company.addUser({ name: 'Mona' }), company.addUser({ name: 'Olga' })]
  const admin = company.addUser({ name: 'Ada', isAdministrator: true })
  const requester = company.addUser({ managerId: manager })
  const approvers = [{ kind: 'manager' as const }, { kind: 'resource_owner' as const, userId: owner }]
  const request = aRequest(company, requester, { approvers, requirement: 'sequential' })
  return { company, manager, owner, admin, requester, request, ...movesOf(company) }
}

const kinds = (before: AccessRequest | null, after: AccessRequest) =>
  eventsBetween(before, after).map(({ type }) => type)
const personOf = (id: string) => expect.objectContaining({ id }) as unknown

test('between a record and itself nothing has happened, at whatever point of its life', () => {
  const { request, manager, owner, admin, approve, deny, give, fail, cancel, expire, grant, overrule } = scene()
  const once = approve(request, manager)
  const twice = approve(once, owner)
  const all = [request, once, twice, give(twice), fail(twice), deny(request, manager), cancel(request), expire(request)]

  for (const one of [...all, give(grant(request, admin)), overrule(request, admin)])
    expect(eventsBetween(one, one)).toEqual([])
})

describe('a row that is gone', () => {
  test('is told from the submission on', () => {
    const { request, manager } = scene()

    expect(eventsBetween(null, request)).toEqual([
      { type: 'submitted' },
      { type: 'approvers_awaited', people: [personOf(manager)], steps: [1] },
    ])
  })

  test('is told with every decision, to its end', () => {
    const { request, manager, owner, approve, give } = scene()

    expect(eventsBetween(null, give(approve(approve(request, manager), owner)))).toEqual([
      { type: 'submitted' },
      { type: 'step_decided', step: 1, by: personOf(manager), decision: 'approve', reason: null },
      { type: 'step_decided', step: 2, by: personOf(owner), decision: 'approve', reason: null },
      { type: 'approved', from: 'pending' },
    ])
  })

  test('is told with what is missing, or has failed', () => {
    const { company, request, manager, owner, approve, fail } = scene()
    const missing = aRequest(company, company.addUser(), { approvers: [{ kind: 'manager' }] })

    expect(eventsBetween(null, missing)).toEqual([
      { type: 'submitted' },
      { type: 'missing_data_found', missing: missing.missingData },
    ])
    expect(eventsBetween(null, fail(approve(approve(request, manager), owner))).at(-1)).toEqual({
      type: 'failed',
      from: 'pending',
      message: 'The system is away.',
      attempts: 5,
    })
  })
})

describe('a row that is behind', () => {
  test('is told the decision it missed, and whom the request waits for now', () => {
    const { company, request, manager, owner } = scene()
    const message = { by: manager, decision: 'approve', reason: 'Fine.' } as const
    const once = decide(request, message, { actor: company.actor(manager), now: start }).request

    expect(eventsBetween(request, once)).toEqual([
      { type: 'step_decided', step: 1, by: personOf(manager), decision: 'approve', reason: 'Fine.' },
      { type: 'approvers_awaited', people: [personOf(owner)], steps: [2] },
    ])
  })

  test('is told only of the second decision of a step whose first it knows', () => {
    const { company } = scene()
    const [ann, ben, eve] = [company.addUser(), company.addUser(), company.addUser()]
    const approvers = [{ kind: 'user_group' as const, groupId: company.team([ann, ben, eve]), required: 3 }]
    const request = aRequest(company, company.addUser(), { approvers })
    const { approve } = movesOf(company)
    const once = approve(request, ann)

    expect(eventsBetween(once, approve(once, ben))).toEqual([
      { type: 'step_decided', step: 1, by: personOf(ben), decision: 'approve', reason: null },
    ])
  })

  test('is told of a person who is newly waited for, not of those who were', () => {
    const { company, look } = scene()
    const [ann, ben] = [company.addUser(), company.addUser()]
    const groupId = company.team([ann])
    const request = aRequest(company, company.addUser(), { approvers: [{ kind: 'user_group', groupId }] })
    company.join(groupId, ben)

    expect(eventsBetween(request, look(request))).toEqual([
      { type: 'approvers_awaited', people: [personOf(ben)], steps: [1] },
    ])
  })

  test('is told of a denial by an approver, which is no override', () => {
    const { request, manager, deny } = scene()

    expect(eventsBetween(request, deny(request, manager))).toEqual([
      { type: 'step_decided', step: 1, by: personOf(manager), decision: 'deny', reason: 'No.' },
      { type: 'denied', from: 'pending' },
    ])
  })

  test('is told of an override that denies, without its internal notes', () => {
    const { request, manager, admin, approve, overrule } = scene()
    const once = approve(request, manager)

    expect(eventsBetween(once, overrule(once, admin))).toEqual([
      {
        type: 'overridden',
        by: personOf(admin),
        decision: 'deny',
        steps: [2],
        reason: 'No.',
        internalNotes: null,
      },
      { type: 'denied', from: 'pending' },
    ])
  })

  test('is told of an override that grants, with its message', () => {
    const { company, request, admin, give } = scene()
    const message = { by: admin, decision: 'grant', message: 'Urgent.' } as const
    const granted = override(request, message, { actor: company.actor(admin), now: start }).request

    expect(eventsBetween(request, give(granted))).toEqual([
      {
        type: 'overridden',
        by: personOf(admin),
        decision: 'grant',
        steps: [1, 2],
        reason: 'Urgent.',
        internalNotes: null,
      },
      { type: 'approved', from: 'pending' },
    ])
  })

  test('is told of the decision of an administrator flow, which overrides nothing', () => {
    const { company, admin, grant, give } = scene()
    const request = aRequest(company, company.addUser())

    expect(eventsBetween(request, give(grant(request, admin)))).toEqual([
      { type: 'overridden', by: personOf(admin), decision: 'grant', steps: [], reason: null, internalNotes: null },
      { type: 'approved', from: 'pending' },
    ])
  })

  test('is told of an approval that nobody made', () => {
    const { company, requester, give } = scene()
    const request = aRequest(company, requester, { type: 'automatic' })

    expect(kinds(request, give(request))).toEqual(['approved'])
  })

  test('is told of a cancellation with its cause and who made it, which is no override', () => {
    const { company, admin, request, cancel } = scene()
    const canceled = cancel(request)
    const by = company.actor(admin)
    const withdrawn = { ...canceled, decision: canceled.decision && { ...canceled.decision, by, override: true } }
    const old = { ...canceled, decision: canceled.decision && { ...canceled.decision, cause: null } }

    expect(eventsBetween(request, canceled)).toEqual([
      { type: 'canceled', from: 'pending', cause: 'flow_deleted', by: null },
    ])
    expect(eventsBetween(request, withdrawn)).toEqual([
      { type: 'canceled', from: 'pending', cause: 'flow_deleted', by },
    ])
    expect(eventsBetween(request, old)).toMatchObject([{ cause: 'workflow_ended' }])
  })

  test('is told that it expired', () => {
    const { request, expire } = scene()

    expect(eventsBetween(request, expire(request))).toEqual([{ type: 'expired', from: 'pending' }])
  })

  test('is told what went missing, and that it was filled in', () => {
    const { company, requester, manager, request, look } = scene()
    company.change(requester, { managerId: null })
    const missing = look(request)
    company.change(requester, { managerId: manager })
    const filled = look(missing)

    expect(eventsBetween(request, missing)).toEqual([{ type: 'missing_data_found', missing: missing.missingData }])
    expect(kinds(missing, filled)).toEqual(['approvers_awaited', 'missing_data_filled'])
  })

  test('is told that it failed, and not of the try again that waits', () => {
    const { admin, request, grant, fail } = scene()
    const granted = grant(request, admin)
    const failed = fail(granted)

    expect(eventsBetween(granted, failed)).toEqual([
      { type: 'failed', from: 'pending', message: 'The system is away.', attempts: 5 },
    ])
    expect(eventsBetween(failed, { ...failed, status: 'pending', error: null })).toEqual([])
  })

  test('is not told again how it ended', () => {
    const { admin, request, overrule } = scene()
    const denied = overrule(request, admin)

    expect(eventsBetween(denied, { ...denied, status: 'missing_data', version: 9 })).toEqual([])
  })
})
