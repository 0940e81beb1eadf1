/** What comes of a file, as answers say it. */
import { fieldsOf } from '../../../domain/directory/people.ts'
import type { Plan, PlannedPerson } from '../../../domain/directory/plan.ts'
import { changesBetween } from '../../../domain/operation.ts'
import type { Imported } from './people.schemas.ts'

export type ImportedLine = NonNullable<Imported['lines']>[number]

function namesOf(groups: readonly { name: string }[]): string[] | null {
  return groups.length > 0 ? groups.map(({ name }) => name) : null
}

/** Of one person who is created or changed. */
export function lineOf({ line, before, after, groups }: PlannedPerson, names: Plan['names']): ImportedLine {
  const named = (id: unknown) => (typeof id === 'string' ? (names.get(id) ?? id) : null)
  const { roles: _, managerId: __, ...fields } = fieldsOf(after)
  const boss = { manager: named(after.managerId) }
  const changes = changesBetween(before && { ...fieldsOf(before), manager: named(before.managerId) }, {
    ...fields,
    ...boss,
  })
  const moved = { field: 'groups', from: namesOf(groups.remove), to: namesOf(groups.add) }
  return {
    line,
    outcome: before ? 'changed' : 'created',
    name: after.name,
    email: after.email,
    state: after.state,
    changes: moved.from || moved.to ? [...changes, moved] : changes,
  }
}

export function presentCounts({ created, changed, unchanged, refused }: Plan): Imported {
  return { created: created.length, changed: changed.length, unchanged: unchanged.length, refused }
}

/** With every line that is not refused, in the order of the file. */
export function presentPreview(plan: Plan): Imported {
  const { created, changed, unchanged, names } = plan
  const lines: ImportedLine[] = [
    ...[...created, ...changed].map((person) => lineOf(person, names)),
    ...unchanged.map(({ line, name, email, state }) => ({
      line,
      outcome: 'unchanged' as const,
      name,
      email,
      state,
      changes: [],
    })),
  ]
  return { ...presentCounts(plan), lines: lines.sort((one, other) => one.line - other.line) }
}
