/** Reporting lines of many people at once. */
import type { FieldProblem } from '../shared/field-errors.ts'
import { managerLoop } from './people.ts'

export interface ReportingLines {
  /** Id of everybody concerned to that of their manager. */
  managerOf: ReadonlyMap<string, string | null>
  names: ReadonlyMap<string, string>
  /** Those whose manager changes: a loop goes through one of them. */
  start: Iterable<string>
}

/** Everybody who stands in a loop, each once, with the loop named from them on. Takes time linear in the people. */
export function loopsOf({ managerOf, names, start }: ReportingLines): { id: string; problem: FieldProblem }[] {
  const done = new Set<string>()
  const found: { id: string; problem: FieldProblem }[] = []
  for (const first of start) {
    const path: string[] = []
    const places = new Map<string, number>()
    let next: string | null | undefined = first
    while (next && !done.has(next) && !places.has(next)) {
      places.set(next, path.length)
      path.push(next)
      next = managerOf.get(next)
    }
    const begin = next ? places.get(next) : undefined
    if (begin !== undefined) found.push(...namedLoop(path.slice(begin), names))
    for (const id of path) done.add(id)
  }
  return found
}

/** More than that are not read. */
const longestNamed = 12

function namedLoop(loop: string[], names: ReadonlyMap<string, string>) {
  return loop.map((id, at) => {
    const line = [
      ...loop.slice(at, at + longestNamed),
      ...loop.slice(0, Math.max(0, longestNamed - (loop.length - at))),
    ]
      .slice(0, Math.min(loop.length, longestNamed))
      .map((one) => names.get(one) ?? one)
    const whole = loop.length > longestNamed ? [...line, '…'] : line
    return { id, problem: managerLoop([...whole, names.get(id) ?? id]) }
  })
}

/** So that each can be written with the manager they have. */
export function managersFirst<P extends { id: string; after: { managerId: string | null } }>(
  people: readonly P[],
): P[] {
  const waiting = new Map(people.map((person) => [person.id, person]))
  const ordered: P[] = []
  for (const person of people) {
    const above: P[] = []
    for (let next: P | undefined = person; next && waiting.delete(next.id); ) {
      above.push(next)
      next = waiting.get(next.after.managerId ?? '')
    }
    ordered.push(...above.reverse())
  }
  return ordered
}
