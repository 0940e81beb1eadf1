/** Sources of people in Postgres, and what is theirs. */
import { and, eq, gt, isNull, sql } from 'drizzle-orm'
import { DomainError } from '../../../domain/shared/errors.ts'
import { fieldProblem } from '../../../domain/shared/field-errors.ts'
import type { ManagedBy, SourceKind } from '../../../domain/shared/managed.ts'
import type { DbOrTx } from '../../../platform/db/columns.ts'
import { asWords, keyset, type Slice } from '../../../platform/db/keyset.ts'
import { violatedConstraint } from '../../../platform/db/violation.ts'
import { apiTokens } from '../../sessions/sessions.table.ts'
import { userGroups } from '../groups/groups.table.ts'
import { users } from '../users/users.table.ts'
import { peopleSources } from './sources.table.ts'

export type SourceRow = typeof peopleSources.$inferSelect

const now = sql`now()`

/** What answers name of a source, beside something that it manages. */
export const managedByColumns = { id: peopleSources.id, name: peopleSources.name, kind: peopleSources.kind }

export async function findSource(db: DbOrTx, id: string): Promise<SourceRow | undefined> {
  const [row] = await db.select().from(peopleSources).where(eq(peopleSources.id, id))
  return row
}

/** Whose something is, of its `source_id`. */
export async function findManager(db: DbOrTx, sourceId: string | null): Promise<ManagedBy | null> {
  if (sourceId === null) return null
  const [row] = await db.select(managedByColumns).from(peopleSources).where(eq(peopleSources.id, sourceId))
  return row ?? null
}

/** Kept until the transaction ends. */
export async function lockSource(tx: DbOrTx, id: string): Promise<SourceRow | undefined> {
  const [row] = await tx.select().from(peopleSources).where(eq(peopleSources.id, id)).for('update')
  return row
}

/** Up to `limit` of them, by name. */
export async function listSources(db: DbOrTx, { limit, after }: Pick<Slice, 'limit' | 'after'>): Promise<SourceRow[]> {
  const { where, orderBy } = keyset({ name: asWords(peopleSources.name) }, peopleSources.id, { sort: 'name', after })
  return db
    .select()
    .from(peopleSources)
    .where(where)
    .orderBy(...orderBy)
    .limit(limit)
}

/** Up to `limit` of a kind, the oldest first. */
export async function sourcesOfKind(db: DbOrTx, kind: SourceKind, limit: number): Promise<SourceRow[]> {
  return db
    .select()
    .from(peopleSources)
    .where(eq(peopleSources.kind, kind))
    .orderBy(peopleSources.createdAt, peopleSources.id)
    .limit(limit)
}

/** How many people and groups are of a source, and the live tokens that are for it, the newest first. */
export async function holdingsOf(db: DbOrTx, sourceId: string) {
  const count = sql<number>`count(*)::int`
  const isTheirs = and(eq(userGroups.sourceId, sourceId), isNull(userGroups.archivedAt))
  const [[people], [groups], tokens] = await Promise.all([
    db
      .select({ count })
      .from(users)
      .where(and(eq(users.sourceId, sourceId), isNull(users.removedAt))),
    db.select({ count }).from(userGroups).where(isTheirs),
    db
      .select({
        id: apiTokens.id,
        name: apiTokens.name,
        madeBy: { id: users.id, name: users.name, email: users.email },
        expiresAt: apiTokens.expiresAt,
        lastUsedAt: apiTokens.lastUsedAt,
        lastUsedIp: apiTokens.lastUsedIp,
        createdAt: apiTokens.createdAt,
      })
      .from(apiTokens)
      .innerJoin(users, eq(users.id, apiTokens.userId))
      .where(and(eq(apiTokens.sourceId, sourceId), isNull(apiTokens.revokedAt), gt(apiTokens.expiresAt, now)))
      .orderBy(sql`${apiTokens.createdAt} desc`, apiTokens.id),
  ])
  return { people: people?.count ?? 0, groups: groups?.count ?? 0, tokens }
}

function refuseTakenName(error: unknown): never {
  if (violatedConstraint(error) !== 'people_sources_name_unique') throw error
  throw new DomainError(
    'conflict',
    'A people source of this name exists already.',
    { current: 'taken', errors: [{ path: 'name', ...fieldProblem('taken', 'is taken') }] },
    { cause: error },
  )
}

/** False when a source of this id is there already. @throws DomainError `conflict` (name taken) */
export async function insertSource(tx: DbOrTx, source: typeof peopleSources.$inferInsert): Promise<boolean> {
  const rows = await tx
    .insert(peopleSources)
    .values(source)
    .onConflictDoNothing({ target: peopleSources.id })
    .returning({ id: peopleSources.id })
    .catch(refuseTakenName)
  return rows.length > 0
}

type SourceChange = Partial<Pick<SourceRow, 'name' | 'config' | 'secret'>>

/** @throws DomainError `conflict` (name taken) */
export async function updateSource(tx: DbOrTx, id: string, change: SourceChange): Promise<void> {
  await tx
    .update(peopleSources)
    .set({ ...change, updatedAt: now })
    .where(eq(peopleSources.id, id))
    .catch(refuseTakenName)
}

/** Ends its tokens; its people and groups are kept here from then on. */
export async function deleteSource(tx: DbOrTx, id: string): Promise<void> {
  const released = { sourceId: null, externalId: null, updatedAt: now }
  const person = { removedAt: null, suspendedHereAt: null, sourceProfile: {} }
  await tx.delete(apiTokens).where(eq(apiTokens.sourceId, id))
  await tx
    .update(users)
    .set({ ...released, ...person })
    .where(eq(users.sourceId, id))
  await tx.update(userGroups).set(released).where(eq(userGroups.sourceId, id))
  await tx.delete(peopleSources).where(eq(peopleSources.id, id))
}
