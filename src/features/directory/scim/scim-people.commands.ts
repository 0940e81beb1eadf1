/** What a source does to people: through the commands of the directory, as the source. */
import type { Operation } from '../../../domain/operation.ts'
import { DomainError } from '../../../domain/shared/errors.ts'
import type { DbOrTx } from '../../../platform/db/columns.ts'
import type { Users } from '../users/users.commands.ts'
import type { UpdateUser } from '../users/users.schemas.ts'
import { badRequest, notThere, ScimError } from './scim-error.ts'
import type { ScimGroups } from './scim-groups.commands.ts'
import { patchPerson } from './scim-patch.ts'
import { type Fields, regular } from './scim-path.ts'
import { findPerson, findRemoved } from './scim-people.repository.ts'
import { check, directoryOf, type PersonRow, personOf, personShape, type ScimPerson, versionOf } from './scim-person.ts'

export interface ScimPeopleDeps {
  db: DbOrTx
  users: Users
  groups: Pick<ScimGroups, 'leaveAll'>
}

/** An operation of a source. */
export type SourceOperation = Operation & { sourceId: string }

export interface Precondition {
  /** Of `If-Match`: one of these versions, or `*`. */
  ifMatch?: string | undefined
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Another write came in between what was read and what was to be written. */
class Overtaken extends Error {}

const tries = 5

export function refuseUnlessMatching({ ifMatch }: Precondition, version: string): void {
  if (ifMatch === undefined || ifMatch.trim() === '*') return
  if (ifMatch.split(',').some((one) => one.trim() === version)) return
  throw new ScimError(412, 'The resource was changed meanwhile: read it again.')
}

const onlyChanged = (change: Fields, row: PersonRow): Fields =>
  Object.fromEntries(
    Object.entries(change).filter(
      ([field, value]) => JSON.stringify(value ?? null) !== JSON.stringify(Reflect.get(row, field) ?? null),
    ),
  )

/** @throws ScimError, and DomainError as the commands of the directory refuse */
export function createScimPeople({ db, users, groups }: ScimPeopleDeps) {
  async function read({ sourceId }: SourceOperation, id: string): Promise<PersonRow> {
    const row = uuid.test(id) ? await findPerson(db, sourceId, id) : undefined
    if (!row) throw notThere()
    return row
  }

  async function managerOf({ sourceId }: SourceOperation, { manager }: ScimPerson): Promise<string | null> {
    if (manager === undefined) return null
    const id = manager.toLowerCase()
    if (!uuid.test(id) || !(await findPerson(db, sourceId, id)))
      throw badRequest('invalidValue', 'manager: is not the id of a user.')
    return id
  }

  async function write(operation: SourceOperation, row: PersonRow, person: ScimPerson): Promise<void> {
    const isSameManager = person.manager === (row.managerId ?? undefined)
    const managerId = isSameManager ? row.managerId : await managerOf(operation, person)
    const change = onlyChanged({ ...directoryOf(person, row), managerId }, row)
    const seen = row.updatedAt
    await users.update(operation, row.id, {
      ...(change as UpdateUser),
      refuseUnless: (user) => {
        if (user.updatedAt !== seen || user.removedAt !== null) throw new Overtaken()
      },
    })
  }

  /** Reads, changes and writes; begins again when somebody else wrote in between. */
  async function change(
    operation: SourceOperation,
    { id, ifMatch }: Precondition & { id: string },
    changed: (before: ScimPerson) => ScimPerson,
  ): Promise<PersonRow> {
    for (let count = 1; ; count += 1) {
      const row = await read(operation, id)
      refuseUnlessMatching({ ifMatch }, versionOf(row))
      try {
        await write(operation, row, changed(personOf(row)))
        return await read(operation, id)
      } catch (error) {
        if (!(error instanceof Overtaken) || count === tries) throw error
      }
    }
  }

  /** Somebody whom a source took away and who comes again is the same person. */
  async function revive(operation: SourceOperation, row: PersonRow, person: ScimPerson): Promise<PersonRow> {
    const managerId = await managerOf(operation, person)
    const state = person.active === false ? ('suspended' as const) : ('activated' as const)
    await users.update(operation, row.id, { ...directoryOf(person), state, managerId, removedAt: null })
    return read(operation, row.id)
  }

  return {
    read,

    async create(operation: SourceOperation, body: Fields): Promise<PersonRow> {
      const person = check(personShape, regular('person', body))
      const fields = directoryOf(person)
      const removed = await findRemoved(db, operation.sourceId, { userName: person.userName, email: fields.email })
      if (removed) return revive(operation, removed, person)
      const managerId = await managerOf(operation, person)
      const made = await users.create(operation, { ...fields, managerId })
      return read(operation, made.id)
    },

    replace: (operation: SourceOperation, about: Precondition & { id: string }, body: Fields): Promise<PersonRow> => {
      const person = check(personShape, regular('person', body))
      // Whoever leaves it out does not speak of it.
      return change(operation, about, ({ active }) => ({ ...person, active: person.active ?? active }))
    },

    patch: (operation: SourceOperation, about: Precondition & { id: string }, body: unknown): Promise<PersonRow> =>
      change(operation, about, (before) => patchPerson(before, body)),

    /** Suspended first, so that access ends whatever the connected systems answer; then out of the source's groups. */
    async remove(operation: SourceOperation, { id, ifMatch }: Precondition & { id: string }): Promise<void> {
      const row = await read(operation, id)
      refuseUnlessMatching({ ifMatch }, versionOf(row))
      await users.update(operation, row.id, { state: 'suspended' })
      await groups.leaveAll(operation, row.id)
      await users.update(operation, row.id, { removedAt: new Date().toISOString() }).catch((error: unknown) => {
        // Somebody else has removed them meanwhile.
        if (!(error instanceof DomainError && error.code === 'not_found')) throw error
      })
    },
  }
}

export type ScimPeople = ReturnType<typeof createScimPeople>
