/** What answers say the caller may do is what a call would be let do. */
import { describe, expect, test } from 'vitest'
import { abilitiesOf } from '../../src/domain/abilities.ts'
import type { AccessRequest } from '../../src/domain/request/record.ts'
import { refuseUnlessDecidable } from '../../src/domain/request/rules.ts'
import { aRequest, movesOf, refusalOf } from '../support/a-request.ts'
import { createCompany } from '../support/company.ts'

function everyMoment() {
  const company = createCompany()
  const manager = company.addUser()
  const admin = company.addUser({ isAdministrator: true })
  const requester = company.addUser({ managerId: manager })
  const { approve, deny, give, fail, cancel, grant } = movesOf(company)
  const asked = aRequest(company, requester, { approvers: [{ kind: 'manager' }] })
  const granting = approve(asked, manager)
  const moments: Record<string, AccessRequest> = {
    asked,
    granting,
    automatic: aRequest(company, requester, { type: 'automatic' }),
    approved: give(granting),
    failed: fail(granting),
    retried: grant(fail(granting), admin),
    denied: deny(asked, manager),
    canceled: cancel(asked),
  }
  return { moments, people: { manager, admin, requester } }
}

describe('while access is being given', () => {
  const may =
    (id: string, roles: string[] = []) =>
    (request: AccessRequest | undefined) =>
      request && abilitiesOf({ id, name: '', email: '', roles }, request)

  test.each(['granting', 'automatic', 'retried'])('%s: nobody may decide or withdraw, and all may look', (moment) => {
    const { moments, people } = everyMoment()
    const request = moments[moment]

    expect(may(people.admin, ['admin'])(request)).toMatchObject({ view: true, grant: false, deny: false })
    expect(may(people.manager)(request)).toMatchObject({ decide: false })
    expect(may(people.requester)(request)).toMatchObject({ view: true, withdraw: false })
  })
})

test('nobody may act at any moment at which every decision is refused', () => {
  const { moments, people } = everyMoment()

  for (const [moment, request] of Object.entries(moments)) {
    const isRefused = refusalOf(() => refuseUnlessDecidable(request)) !== undefined
    const acts = Object.values(people).flatMap((id) => {
      const { grant, deny, decide, withdraw } = abilitiesOf(
        { id, name: '', email: '', roles: id === people.admin ? ['admin'] : [] },
        request,
      )
      return [grant, deny, decide, withdraw]
    })
    expect([moment, acts.includes(true)]).toEqual([moment, !isRefused])
  }
})

describe('who may look at a request', () => {
  function scene() {
    const company = createCompany()
    const [manager, ann, ben, stranger] = [company.addUser(), company.addUser(), company.addUser(), company.addUser()]
    const requester = company.addUser({ managerId: manager })
    const groupId = company.team([ann, ben])
    const request = aRequest(company, requester, {
      approvers: [{ kind: 'manager' }, { kind: 'user_group', groupId, required: 2 }],
      requirement: 'all',
    })
    const sees = (id: string, one: AccessRequest) => {
      const { view, review } = abilitiesOf({ id, name: '', email: '', roles: [] }, one)
      return [view, review]
    }
    return { company, manager, ann, ben, stranger, requester, groupId, request, sees, ...movesOf(company) }
  }

  test('an approver of any one step, be it among others', () => {
    const { manager, ann, ben, request, sees } = scene()

    for (const approver of [manager, ann, ben]) expect(sees(approver, request)).toEqual([true, true])
  })

  test('who has decided, also after leaving the group that made them an approver', () => {
    const { company, ann, ben, groupId, request, sees, approve, look } = scene()
    const once = approve(request, ann)
    company.leave(groupId, ann)
    company.leave(groupId, ben)

    const looked = look(once)

    expect(sees(ann, looked)).toEqual([true, true])
    expect(sees(ben, looked)).toEqual([false, false])
  })

  test('nobody else, whoever has decided', () => {
    const { manager, stranger, requester, request, sees, approve } = scene()

    for (const moment of [request, approve(request, manager)]) {
      expect(sees(stranger, moment)).toEqual([false, false])
      expect(sees(requester, moment)).toEqual([true, false])
    }
  })
})
