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
  return [requester.id, ...(requester.manager ? [requester.manager.id] : []), ...approversIn(steps)]
}

/** Ids of everybody who may decide a step. */
export function approversIn(steps: readonly Step[]): string[] {
  return steps.flatMap((step) => step.approvers.map(({ id }) => id))
}

function nowOf<P extends Person>(person: P, people: ReadonlyMap<string, CurrentPerson>): P {
  const current = people.get(person.id)
  return current ? { ...person, name: current.name, email: current.email } : person
}

/** Steps with the approvers as `people` has them; who is not among them stays as recorded. */
export function stepsWithPeople(steps: readonly Step[], people: ReadonlyMap<string, CurrentPerson>): Step[] {
  return steps.map((step) =>
    renamed(
      step,
      step.approvers.map((person) => nowOf(person, people)),
    ),
  )
}

/** The request with the names, addresses and departments of `people`; who is not among them stays as recorded. */
export function withPeople(request: AccessRequest, people: ReadonlyMap<string, CurrentPerson>): AccessRequest {
  const { requester } = request
  const known = people.get(requester.id)
  return {
    ...request,
    requester: {
      ...nowOf(requester, people),
      department: known ? known.department : requester.department,
      manager: requester.manager && nowOf(requester.manager, people),
    },
    steps: stepsWithPeople(request.steps, people),
  }
}

/** A step of one person is called by that person's name. */
function renamed(step: Step, approvers: Person[]): Step {
  const [before] = step.approvers
  const [after] = approvers
  const isCalledBy = before !== undefined && step.label === labelOf(step.kind, before.name)
  return { ...step, approvers, label: isCalledBy && after ? labelOf(step.kind, after.name) : step.label }
}
