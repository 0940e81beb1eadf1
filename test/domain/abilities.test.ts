/** What answers say the caller may do is what a call would be let do. */
import { describe, expect, test } from 'vitest'
import { abilitiesOf } from '../../src/domain/abilities.ts'
import type { AccessRequest } from '../../src/domain/access-request.ts'
import { refuseUnlessDecidable } from '../../src/domain/refusals.ts'
import { aRequest, movesOf, refusalOf } from '../support/a-request.ts'
import { createCompany } from '../support/company.ts'

function everyMoment() {
  const company = createCompany()
  const manager = company.hire()
  const admin = company.hire({ isAdministrator: true })
  const requester = company.hire({ managerId: manager })
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
  const { moments, people } = everyMoment()
  const may =
    (id: string, roles: string[] = []) =>
    (request: AccessRequest | undefined) =>
      request && abilitiesOf({ id, name: '', email: '', roles }, request)

  test.each(['granting', 'automatic', 'retried'])('%s: nobody may decide or withdraw, and all may look', (moment) => {
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
