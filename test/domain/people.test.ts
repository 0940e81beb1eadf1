/** A request shows people by the names of now; whoever has decided keeps the name of then. */
import { describe, expect, test } from 'vitest'
import { type CurrentPerson, peopleIn, withPeople } from '../../src/domain/request/people.ts'
import type { AccessRequest } from '../../src/domain/request/record.ts'
import { aRequest, movesOf } from '../support/a-request.ts'
import { createCompany } from '../support/company.ts'

function scene() {
  const company = createCompany()
  const manager = company.addUser({ name: 'Mona' })
  const [ann, ben] = [company.addUser({ name: 'Ann' }), company.addUser({ name: 'Ben' })]
  const requester = company.addUser({ name: 'Rita', managerId: manager })
  const team = company.team([ann, ben], 'Owners')
  const approvers = [{ kind: 'manager' as const }, { kind: 'user_group' as const, groupId: team }]
  const request = aRequest(company, requester, { approvers, requirement: 'all' })
  return { company, manager, ann, ben, requester, request }
}

const known = (id: string, name: string, department: string | null = null): [string, CurrentPerson] => [
  id,
  { id, name, email: `${name}@new.test`, department },
]
const show = (request: AccessRequest, ...people: [string, CurrentPerson][]) => withPeople(request, new Map(people))

test('the people of a request are its requester, their manager and everybody who may decide', () => {
  const { company, manager, ann, ben, requester, request } = scene()

  expect(peopleIn(request)).toEqual([requester, manager, manager, ann, ben])

  const alone = company.addUser()
  expect(peopleIn(aRequest(company, alone, { approvers: [{ kind: 'manager' }] }))).toEqual([alone])
})

describe('shown by the names of now', () => {
  test('the requester has a new name, address and department', () => {
    const { requester, request } = scene()

    const shown = show(request, known(requester, 'Rita Married', 'Support'))

    expect(shown.requester).toEqual({
      ...request.requester,
      name: 'Rita Married',
      email: 'Rita Married@new.test',
      department: 'Support',
    })
    expect(show(request, known(requester, 'Rita')).requester.department).toBeNull()
  })

  test('the manager has a new name, and a step that is called by it, too', () => {
    const { manager, request } = scene()

    const shown = show(request, known(manager, 'Mona Married', 'Board'))

    const now = { id: manager, name: 'Mona Married', email: 'Mona Married@new.test' }
    expect(shown.requester.manager).toEqual(now)
    expect(shown.steps[0]).toEqual({
      ...request.steps[0],
      approvers: [now],
      label: "Requester's manager: Mona Married",
    })
    expect(shown.requester.department).toBe('Sales')
  })

  test('a step that is called by its group keeps its name', () => {
    const { ann, request } = scene()

    const shown = show(request, known(ann, 'Ann Married'))

    expect(shown.steps[1]).toMatchObject({
      label: 'User group: Owners',
      approvers: [{ name: 'Ann Married', email: 'Ann Married@new.test' }, { name: 'Ben' }],
    })
  })

  test('whoever has decided keeps the name of then', () => {
    const { company, manager, request } = scene()
    const once = movesOf(company).approve(request, manager)

    expect(show(once, known(manager, 'Mona Married')).steps[0]?.decisions[0]?.by.name).toBe('Mona')
  })

  test('who is not known any more stays as recorded', () => {
    const { request } = scene()

    expect(show(request)).toEqual(request)
  })

  test('nobody is made up where nobody is', () => {
    const { company } = scene()
    const request = aRequest(company, company.addUser(), { approvers: [{ kind: 'manager' }] })

    expect(show(request)).toEqual(request)
    expect(request.requester.manager).toBeNull()
  })
})
