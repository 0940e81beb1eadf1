/** A small company in memory: the directory of tests that need no database. */

import type { ApproverRule } from '../../src/domain/flow/flow.ts'
import type { DirectoryFacts, DirectoryPerson, RuleFacts } from '../../src/domain/request/approvers.ts'
import type { ActingUser, Facts } from '../../src/domain/request/facts.ts'

interface Employee {
  name: string
  activated: boolean
  isAdministrator: boolean
  managerId: string | null
}

interface Team {
  name: string
  members: Set<string>
}

/** A UUID that tells which one it is. */
export function idOf(number: number): string {
  return `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`
}

export type Company = ReturnType<typeof createCompany>

export function createCompany() {
  const employees = new Map<string, Employee>()
  const teams = new Map<string, Team>()
  let count = 0

  function person(id: string | null | undefined): DirectoryPerson | undefined {
    const employee = id ? employees.get(id) : undefined
    if (!id || !employee) return undefined
    const { name, activated } = employee
    return { id, name, email: `${name.toLowerCase().replaceAll(' ', '.')}@example.test`, activated }
  }

  function people(ids: Iterable<string>): DirectoryPerson[] {
    return [...ids].flatMap((id) => person(id) ?? [])
  }

  const none: RuleFacts = { found: false, name: '', people: [] }

  function one(id: string | null | undefined): RuleFacts {
    const found = person(id)
    return found ? { found: true, name: found.name, people: [found] } : none
  }

  function factsOf(rule: ApproverRule, requesterId: string): RuleFacts {
    if (rule.kind === 'manager') return one(employees.get(requesterId)?.managerId)
    if (rule.kind === 'administrator') {
      const ids = [...employees].filter(([, one]) => one.isAdministrator && one.activated).map(([id]) => id)
      return { found: true, name: 'Administrators', people: people(ids) }
    }
    if (rule.kind !== 'user_group') return one(rule.userId)
    const team = teams.get(rule.groupId ?? '')
    return team ? { found: true, name: team.name, people: people(team.members) } : none
  }

  return {
    /** The flow that everybody asks of. */
    flow: 'open' as Facts['flow'],
    /** Where its access is given. */
    target: { groupName: 'Production', connectorId: null, removals: 0, held: null } as Facts['target'],

    /** @returns the id of somebody new, activated unless it says otherwise */
    addUser(fields: Partial<Employee> = {}): string {
      const id = idOf(++count)
      employees.set(id, {
        name: `Person ${count}`,
        activated: true,
        isAdministrator: false,
        managerId: null,
        ...fields,
      })
      return id
    },
    change(id: string, fields: Partial<Employee>): void {
      const employee = employees.get(id)
      if (employee) employees.set(id, { ...employee, ...fields })
    },
    team(members: string[], name = 'Team'): string {
      const id = idOf(++count)
      teams.set(id, { name, members: new Set(members) })
      return id
    },
    join: (teamId: string, userId: string) => teams.get(teamId)?.members.add(userId),
    leave: (teamId: string, userId: string) => teams.get(teamId)?.members.delete(userId),

    actor(id: string): ActingUser | null {
      const found = person(id)
      return found ? { ...found, isAdministrator: employees.get(id)?.isAdministrator ?? false } : null
    },
    facts({ requesterId, approvers }: { requesterId: string; approvers: readonly ApproverRule[] }): DirectoryFacts {
      const requester = person(requesterId)
      const manager = person(employees.get(requesterId)?.managerId)
      return {
        requester: requester
          ? {
              ...requester,
              department: 'Sales',
              manager: manager ? { id: manager.id, name: manager.name, email: manager.email } : null,
            }
          : null,
        rules: approvers.map((rule) => factsOf(rule, requesterId)),
      }
    },
  }
}
