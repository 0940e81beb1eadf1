/** Reads the people of requests as they are now. */
import type { CurrentPerson } from '../../domain/request/people.ts'
import { type DbOrTx, idArray, isAmongIds } from '../../platform/db/columns.ts'
import { builtOnce } from '../../platform/db/prepared.ts'
import { users } from '../directory/users/users.table.ts'

const peopleById = builtOnce((db) =>
  db
    .select({ id: users.id, name: users.name, email: users.email, department: users.department })
    .from(users)
    .where(isAmongIds(users.id))
    .prepare('people_by_id'),
)

/** Adds to `people` those of `ids` who are not among them yet; who is no user any more stays out. */
export async function addCurrentPeople(
  db: DbOrTx,
  ids: readonly string[],
  people: Map<string, CurrentPerson>,
): Promise<void> {
  const missing = [...new Set(ids)].filter((id) => !people.has(id))
  if (missing.length === 0) return
  for (const person of await peopleById(db).execute({ ids: idArray(missing) })) people.set(person.id, person)
}
