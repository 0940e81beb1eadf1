/** Sessions and API tokens at rest, and the one query that every call starts with. */
import { and, eq, gt, isNull, lt, or, sql } from 'drizzle-orm'
import type { DbOrTx } from '../db/columns.ts'
import { keyset } from '../db/keyset.ts'
import { users } from '../users/users.table.ts'
import { apiTokens, sessions } from './sessions.table.ts'

const actor = { id: users.id, name: users.name, email: users.email, roles: users.roles }
const profile = { ...actor, department: users.department, jobTitle: users.jobTitle, state: users.state }
const isActivated = eq(users.state, 'activated')
const idleEnd = sql`now() - interval '12 hours'`
/** Last use is written at most once a minute. */
const minuteAgo = sql`now() - interval '1 minute'`

/** The user who signs in with this e-mail address, whatever their state. */
export async function findForSignIn(db: DbOrTx, email: string) {
  const [user] = await db
    .select({ ...profile, passwordHash: users.passwordHash })
    .from(users)
    .where(eq(users.email, email))
  return user
}

export async function findProfile(db: DbOrTx, id: string) {
  const [user] = await db.select(profile).from(users).where(eq(users.id, id))
  return user
}

/**
 * Looks for the activated user of a live session by the hash of its token; `isStale` when its last use has to be written.
 * Built once, because nearly every call starts with it.
 */
export function createSessionLookup(db: DbOrTx) {
  const byToken = db
    .select({ sessionId: sessions.id, actor, isStale: sql<boolean>`${sessions.lastSeenAt} < ${minuteAgo}` })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(
      and(
        eq(sessions.tokenHash, sql.placeholder('tokenHash')),
        gt(sessions.expiresAt, sql`now()`),
        gt(sessions.lastSeenAt, idleEnd),
        isActivated,
      ),
    )
    .prepare('session_by_token')
  return async (tokenHash: Buffer) => (await byToken.execute({ tokenHash }))[0]
}

/** The activated user of a live API token. */
export async function findToken(db: DbOrTx, tokenHash: Buffer) {
  const notExpired = or(isNull(apiTokens.expiresAt), gt(apiTokens.expiresAt, sql`now()`))
  const [found] = await db
    .select({
      tokenId: apiTokens.id,
      scopes: apiTokens.scopes,
      actor,
      isStale: sql<boolean>`${apiTokens.lastUsedAt} is null or ${apiTokens.lastUsedAt} < ${minuteAgo}`,
    })
    .from(apiTokens)
    .innerJoin(users, eq(users.id, apiTokens.userId))
    .where(and(eq(apiTokens.tokenHash, tokenHash), isNull(apiTokens.revokedAt), notExpired, isActivated))
  return found
}

export async function touchSession(db: DbOrTx, id: string): Promise<void> {
  await db
    .update(sessions)
    .set({ lastSeenAt: sql`now()` })
    .where(and(eq(sessions.id, id), lt(sessions.lastSeenAt, minuteAgo)))
}

export async function touchToken(db: DbOrTx, id: string): Promise<void> {
  await db
    .update(apiTokens)
    .set({ lastUsedAt: sql`now()` })
    .where(and(eq(apiTokens.id, id), or(isNull(apiTokens.lastUsedAt), lt(apiTokens.lastUsedAt, minuteAgo))))
}

export async function insertSession(
  tx: DbOrTx,
  { tokenHash, userId, seconds }: { tokenHash: Buffer; userId: string; seconds: number },
): Promise<void> {
  await tx
    .delete(sessions)
    .where(and(eq(sessions.userId, userId), or(lt(sessions.expiresAt, sql`now()`), lt(sessions.lastSeenAt, idleEnd))))
  await tx.insert(sessions).values({ tokenHash, userId, expiresAt: sql`now() + make_interval(secs => ${seconds})` })
}

export async function deleteSession(tx: DbOrTx, id: string): Promise<void> {
  await tx.delete(sessions).where(eq(sessions.id, id))
}

export type ApiTokenRow = Omit<typeof apiTokens.$inferSelect, 'tokenHash'>

const tokenColumns = {
  id: apiTokens.id,
  userId: apiTokens.userId,
  name: apiTokens.name,
  scopes: apiTokens.scopes,
  expiresAt: apiTokens.expiresAt,
  lastUsedAt: apiTokens.lastUsedAt,
  revokedAt: apiTokens.revokedAt,
  createdAt: apiTokens.createdAt,
}

/** The tokens of a user that were not revoked, up to `limit + 1`. */
export async function listTokens(
  db: DbOrTx,
  {
    userId,
    sort,
    cursor,
    limit,
  }: {
    userId: string
    sort: string
    cursor?: { value: string | number | null; id: string } | undefined
    limit: number
  },
): Promise<ApiTokenRow[]> {
  const page = keyset({ createdAt: apiTokens.createdAt }, apiTokens.id, { sort, cursor })
  return db
    .select(tokenColumns)
    .from(apiTokens)
    .where(and(eq(apiTokens.userId, userId), isNull(apiTokens.revokedAt), page.where))
    .orderBy(...page.orderBy)
    .limit(limit + 1)
}

/** Under an id that is there already the token is replaced: the answer that showed the first one never arrived. */
export async function upsertToken(
  tx: DbOrTx,
  token: Pick<ApiTokenRow, 'id' | 'userId' | 'name' | 'scopes' | 'expiresAt'> & { tokenHash: Buffer },
): Promise<ApiTokenRow | undefined> {
  const [row] = await tx
    .insert(apiTokens)
    .values(token)
    .onConflictDoUpdate({
      target: apiTokens.id,
      set: { tokenHash: token.tokenHash },
      setWhere: eq(apiTokens.userId, token.userId),
    })
    .returning(tokenColumns)
  return row
}

/** The token that was revoked by this call; nothing when the user has no such live token. */
export async function revokeToken(
  tx: DbOrTx,
  { id, userId }: { id: string; userId: string },
): Promise<ApiTokenRow | undefined> {
  const [row] = await tx
    .update(apiTokens)
    .set({ revokedAt: sql`now()` })
    .where(and(eq(apiTokens.id, id), eq(apiTokens.userId, userId), isNull(apiTokens.revokedAt)))
    .returning(tokenColumns)
  return row
}
