/** What the demo asks the database before it begins, and what it leaves no trace of. */
import { and, eq, notInArray, sql } from 'drizzle-orm'
import type { Actor } from '../domain/abilities.ts'
import { accountActs } from '../features/directory/users/account-acts.table.ts'
import { users } from '../features/directory/users/users.table.ts'
import type { DbOrTx } from '../platform/db/columns.ts'

/** @throws Error when there is no administrator */
export async function firstAdministrator(db: DbOrTx): Promise<Actor> {
  const [user] = await db
    .select()
    .from(users)
    .where(sql`'admin' = any(${users.roles}) and ${users.state} = 'activated'`)
    .orderBy(users.createdAt)
    .limit(1)
  if (!user) throw new Error('there is no administrator')
  return { id: user.id, name: user.name, email: user.email, roles: user.roles }
}

/** How many people there are who are neither of the demo nor administrators. */
export async function countForeign(db: DbOrTx, demoIds: string[]): Promise<number> {
  const [row] = await db
    .select({ count: sql<number>`count(*)::int` })
    .from(users)
    .where(and(notInArray(users.id, demoIds), sql`not 'admin' = any(${users.roles})`))
  return row?.count ?? 0
}

/** Nobody of the demo was made by anybody lately: its administrators are strangers to each other. */
export async function forgetActsOf(db: DbOrTx, actorId: string): Promise<void> {
  await db.delete(accountActs).where(eq(accountActs.actorId, actorId))
}
