/** The people of a request as they are now: their ids stay, their names and addresses change. */

import type { Person } from '../shared/person.ts'
import { labelOf } from './approvers.ts'
import type { AccessRequest, Step } from './record.ts'

/** A person of the directory, as lists show them. */
export interface CurrentPerson extends Person {
  department: string | null
}

/** Everybody whom a request shows by the name of now. Who has decided keeps the name of then. */
export function peopleIn({ requester, steps }: Pick<AccessRequest, 'requester' | 'steps'>): string[] {
  const approvers = steps.flatMap((step) => step.approvers.map(({ id }) => id))
  return [requester.id, ...(requester.manager ? [requester.manager.id] : []), ...approvers]
}

/** The request with the names, addresses and departments of `people`; who is not among them stays as recorded. */
export function withPeople(request: AccessRequest, people: ReadonlyMap<string, CurrentPerson>): AccessRequest {
  const now = <P extends Person>(person: P): P => {
    const current = people.get(person.id)
    return current ? { ...person, name: current.name, email: current.email } : person
  }
  const { requester } = request
  const known = people.get(requester.id)
  return {
    ...request,
    requester: {
      ...now(requester),
      department: known ? known.department : requester.department,
      manager: requester.manager && now(requester.manager),
    },
    steps: request.steps.map((step) => renamed(step, step.approvers.map(now))),
  }
}

/** A step of one person is called by that person's name. */
function renamed(step: Step, approvers: Person[]): Step {
  const [before] = step.approvers
  const [after] = approvers
  const isCalledBy = before !== undefined && step.label === labelOf(step.kind, before.name)
  return { ...step, approvers, label: isCalledBy && after ? labelOf(step.kind, after.name) : step.label }
}
