/** What a decision is flagged with, or refused for, when the requester could act through whoever decides. */
import { expect, test } from 'vitest'
import { eventsBetween } from '../../src/domain/request/catch-up.ts'
import { decide, override } from '../../src/domain/request/decisions.ts'
import type { ActingUser } from '../../src/domain/request/facts.ts'
import { approve } from '../../src/domain/request/lifecycle.ts'
import { aRequest, start, thrownBy } from '../support/a-request.ts'
import { createCompany, idOf } from '../support/company.ts'

const grant = {
  id: idOf(77),
  connectorId: null,
  startedAt: start,
  expiresAt: null,
  endedAt: null,
  endedBy: null,
}

function scene(isForbidden: boolean) {
  const company = createCompany()
  const [requester, administrator] = [
    company.addUser({ name: 'Rita' }),
    company.addUser({ name: 'Ada', isAdministrator: true }),
  ]
  const approvers = [{ kind: 'user' as const, userId: administrator }]
  const request = aRequest(company, requester, { approvers })
  const person = { id: administrator, name: 'Ada', email: 'ada@example.test' }
  const actor: ActingUser = {
    ...person,
    activated: true,
    isAdministrator: true,
    tie: { act: 'promoted', isForbidden },
  }
  return { request, by: administrator, context: { actor, now: start } }
}

test('a grant is flagged on the step, on the decision and in what has happened; so is one that is caught up with', () => {
  const { request, by, context } = scene(false)

  for (const granted of [
    decide(request, { by, decision: 'approve' }, context),
    override(request, { by, decision: 'grant' }, context),
  ]) {
    expect(granted.events[0]).toMatchObject({ fourEyes: 'promoted' })
    const approved = approve(granted.request, grant, start).request
    expect(approved.decision).toMatchObject({ outcome: 'approved', fourEyes: 'promoted' })
    expect(eventsBetween(request, approved)).toContainEqual(expect.objectContaining({ fourEyes: 'promoted' }))
  }
  expect(decide(request, { by, decision: 'approve' }, context).request.steps[0]?.decisions[0]?.fourEyes).toBe(
    'promoted',
  )
})

test('where four eyes are required a grant is refused with what was done, and a denial is not even flagged', () => {
  const { request, by, context } = scene(true)

  for (const grants of [
    () => decide(request, { by, decision: 'approve' }, context),
    () => override(request, { by, decision: 'grant' }, context),
  ]) {
    expect(thrownBy(grants)).toMatchObject({
      code: 'four_eyes',
      message: 'Rita made you an administrator in the last 30 days: somebody else has to grant this.',
      details: { current: 'pending' },
    })
  }
  const denied = decide(request, { by, decision: 'deny', reason: 'No.' }, context)
  expect(denied.request.decision).not.toHaveProperty('fourEyes')
  expect(denied.events[0]).not.toHaveProperty('fourEyes')
})
