/** A file of people comes in: looked at as often as one likes, and then taken as a whole or not at all. */

import { v7 as uuidv7 } from 'uuid'
import {
  type Directory,
  type IncomingPerson,
  type KnownGroup,
  managedBy,
  type Plan,
  planPeople,
  type RefusedLine,
} from '../../../domain/directory/plan.ts'
import type { Operation } from '../../../domain/operation.ts'
import { DomainError } from '../../../domain/shared/errors.ts'
import { fieldProblem } from '../../../domain/shared/field-errors.ts'
import type { DbOrTx } from '../../../platform/db/columns.ts'
import { needsUtf8, needsUtf8Problem } from '../../../platform/net/mail-address.ts'
import type { AuditLog } from '../../audit/audit.repository.ts'
import { lockManagerChart } from '../users/users.repository.ts'
import { type ApplyDeps, applyPlan } from './people.apply.ts'
import { keyOf, type PeopleFile } from './people.csv.ts'
import {
  type GroupRow,
  lockGroups,
  lockPeople,
  readAdministratorIds,
  readGroups,
  readMemberships,
  readPeople,
} from './people.repository.ts'

export interface PeopleImportDeps extends ApplyDeps {
  db: DbOrTx
  auditLog: Pick<AuditLog, 'within'>
  /** Whether mail can go to this address. @throws Error when the mail server cannot be asked */
  takesAddress: (address: string) => Promise<boolean>
  /** Whether what this person gives without a request waits for a second administrator. */
  needsSecondAdministrator: (operation: Operation) => Promise<boolean>
}

/** Why a file does not change who is in a group. */
function closedTo({ name, connectorId, source, isGiven }: GroupRow, needsSecond: boolean): KnownGroup['closed'] {
  if (source !== null) return { add: managedBy(source), remove: managedBy(source) }
  if (connectorId !== null) {
    const message = `“${name}” is given out by a connected system: change its members on the page of the group`
    const connected = fieldProblem('group_connected', message, { group: name })
    return { add: connected, remove: connected }
  }
  const message = `“${name}” is given by an approval flow, and who is put in waits for a second administrator: put them in on the page of the group`
  const add = needsSecond && isGiven ? fieldProblem('second_administrator', message, { group: name }) : null
  return { add, remove: null }
}

interface Look {
  plan: Plan
  given: ReadonlySet<string>
}

interface Reading {
  people: readonly IncomingPerson[]
  isLocking: boolean
  needsSecond: boolean
}

const addressesOf = (people: readonly IncomingPerson[]) => [
  ...new Set(people.flatMap(({ key, manager }) => (manager ? [key, manager] : [key]))),
]

async function readDirectory(db: DbOrTx, { people, isLocking, needsSecond }: Reading) {
  const wanted = { emails: addressesOf(people) }
  if (isLocking && people.some(({ manager }) => manager)) await lockManagerChart(db)
  if (isLocking) await lockPeople(db, wanted)
  const rows = await readPeople(db, wanted)
  const groups = await readGroupsOf(
    db,
    { people, isLocking, needsSecond },
    rows.filter((row) => row.isWanted),
  )
  const directory: Directory = {
    people: rows.map(({ isWanted, ...row }) => ({
      ...row,
      key: isWanted ? keyOf(row.email) : null,
      groupIds: groups.memberships.get(row.id) ?? [],
    })),
    groups: groups.known,
    administratorIds: await readAdministratorIds(db),
  }
  return { directory, given: groups.given }
}

async function readGroupsOf(db: DbOrTx, { people, isLocking, needsSecond }: Reading, rows: readonly { id: string }[]) {
  const named = people.flatMap(({ groups }) => (groups === undefined ? [] : [groups ?? []]))
  if (named.length === 0) return { known: [], given: new Set<string>(), memberships: new Map<string, string[]>() }
  const names = [...new Set(named.flat())]
  const ids = rows.map(({ id }) => id)
  if (isLocking) await lockGroups(db, names, ids)
  const groups = await readGroups(db, names, ids)
  const memberships = new Map(ids.map((id) => [id, [] as string[]]))
  for (const { userId, groupId } of await readMemberships(db, ids)) memberships.get(userId)?.push(groupId)
  return {
    known: groups.map((group) => ({ id: group.id, name: group.name, closed: closedTo(group, needsSecond) })),
    given: new Set(groups.filter(({ isGiven }) => isGiven).map(({ id }) => id)),
    memberships,
  }
}

const byLine = (one: RefusedLine, other: RefusedLine) => one.line - other.line

/** The first line of a file tells enough of what stops it all. */
export function nothingImported({ refused }: Plan): DomainError {
  const [first] = refused
  const lines = new Set(refused.map(({ line }) => line)).size
  const message = `Nothing was imported: ${lines} ${lines === 1 ? 'line was' : 'lines were'} refused. Line ${first?.line}: ${[first?.path, first?.message].filter(Boolean).join(' ')}`
  return new DomainError('invalid_input', message, { created: 0, changed: 0, unchanged: 0, refused })
}

export function createPeopleImport(deps: PeopleImportDeps) {
  const { db, auditLog } = deps

  async function look(connection: DbOrTx, file: PeopleFile, how: Omit<Reading, 'people'>): Promise<Look> {
    const { directory, given } = await readDirectory(connection, { ...how, people: file.people })
    const plan = planPeople({ incoming: file.people, directory, sourceId: null, newId: uuidv7 })
    const wrong = new Set(file.refused.map(({ line }) => line))
    const isRight = ({ line }: { line: number }) => !wrong.has(line)
    return {
      given,
      plan: {
        ...plan,
        created: plan.created.filter(isRight),
        changed: plan.changed.filter(isRight),
        unchanged: plan.unchanged.filter(isRight),
        refused: [...file.refused, ...plan.refused].sort(byLine),
      },
    }
  }

  /** Asked before the transaction: a mail server may take its time. */
  async function refusedAddresses(plan: Plan): Promise<RefusedLine[]> {
    const refused: RefusedLine[] = []
    for (const { line, after } of plan.created.filter(({ after: { email } }) => needsUtf8(email))) {
      if (await deps.takesAddress(after.email).catch(() => false)) continue
      refused.push({ ...fieldProblem('invalid', needsUtf8Problem), line, path: 'email', email: after.email })
    }
    return refused
  }

  /** What would come of the file now; nothing is written. */
  async function preview(operation: Operation, file: PeopleFile): Promise<Plan> {
    const needsSecond = await deps.needsSecondAdministrator(operation)
    const { plan } = await look(db, file, { isLocking: false, needsSecond })
    const refused = await refusedAddresses(plan)
    if (refused.length === 0) return plan
    const lines = new Set(refused.map(({ line }) => line))
    return {
      ...plan,
      created: plan.created.filter(({ line }) => !lines.has(line)),
      refused: [...plan.refused, ...refused].sort(byLine),
    }
  }

  return {
    preview,

    /**
     * One transaction for the whole file, with the audit entry of each person and membership.
     * @param onProgress told how many people are written so far
     * @throws DomainError `invalid_input` with every line that is refused: then nothing was written; `conflict` when
     *   somebody has taken an address meanwhile
     */
    async carryOut(
      operation: Operation,
      file: PeopleFile,
      onProgress: (done: number) => void = () => {},
    ): Promise<Plan> {
      const before = await preview(operation, file)
      if (before.refused.length > 0) throw nothingImported(before)
      const needsSecond = await deps.needsSecondAdministrator(operation)
      return auditLog.within(db, async (tx, record) => {
        const { plan, given } = await look(tx, file, { isLocking: true, needsSecond })
        if (plan.refused.length > 0) throw nothingImported(plan)
        const isGiven = ({ id }: { id: string }) => given.has(id)
        await applyPlan({ tx, record, operation, deps, onProgress, isGiven }, plan)
        return plan
      })
    },
  }
}

export type PeopleImport = ReturnType<typeof createPeopleImport>
