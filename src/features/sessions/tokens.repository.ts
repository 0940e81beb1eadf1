/** API tokens at rest. */
import { and, eq, gt, inArray, isNull, lt, or, sql } from 'drizzle-orm'
import type { DbOrTx } from '../../platform/db/columns.ts'
import { keyset, type Slice } from '../../platform/db/keyset.ts'
import { users } from '../directory/users/users.table.ts'
import { apiTokens } from './sessions.table.ts'

export type ApiTokenRow = Omit<typeof apiTokens.$inferSelect, 'tokenHash'>

const tokenColumns = {
  id: apiTokens.id,
  userId: apiTokens.userId,
  name: apiTokens.name,
  scopes: apiTokens.scopes,
  parentId: apiTokens.parentId,
  sourceId: apiTokens.sourceId,
  expiresAt: apiTokens.expiresAt,
  lastUsedAt: apiTokens.lastUsedAt,
  lastUsedIp: apiTokens.lastUsedIp,
  revokedAt: apiTokens.revokedAt,
  createdAt: apiTokens.createdAt,
}

const actor = { id: users.id, name: users.name, email: users.email, roles: users.roles }
const isLive = and(isNull(apiTokens.revokedAt), gt(apiTokens.expiresAt, sql`now()`))
/** Last use is written at most once a minute. */
const minuteAgo = sql`now() - interval '1 minute'`

/** The activated user of a live API token; `isStale` when its last use has to be written. */
export async function findToken(db: DbOrTx, tokenHash: Buffer) {
  const [found] = await db
    .select({
      tokenId: apiTokens.id,
      scopes: apiTokens.scopes,
      sourceId: apiTokens.sourceId,
      expiresAt: apiTokens.expiresAt,
      actor,
      mustChangePassword: users.mustChangePassword,
      isStale: sql<boolean>`${apiTokens.lastUsedAt} is null or ${apiTokens.lastUsedAt} < ${minuteAgo}`,
    })
    .from(apiTokens)
    .innerJoin(users, eq(users.id, apiTokens.userId))
    .where(and(eq(apiTokens.tokenHash, tokenHash), isLive, eq(users.state, 'activated')))
  return found
}

export async function touchToken(db: DbOrTx, id: string, clientIp: string | null): Promise<void> {
  await db
    .update(apiTokens)
    .set({ lastUsedAt: sql`now()`, lastUsedIp: clientIp })
    .where(and(eq(apiTokens.id, id), or(isNull(apiTokens.lastUsedAt), lt(apiTokens.lastUsedAt, minuteAgo))))
}

interface TokenPage extends Slice {
  userId: string
}

/** The tokens of a user that were not revoked, up to `limit`. */
export async function listTokens(db: DbOrTx, { userId, sort, after, limit }: TokenPage): Promise<ApiTokenRow[]> {
  const page = keyset({ createdAt: apiTokens.createdAt }, apiTokens.id, { sort, after })
  return db
    .select(tokenColumns)
    .from(apiTokens)
    .where(and(eq(apiTokens.userId, userId), isNull(apiTokens.revokedAt), page.where))
    .orderBy(...page.orderBy)
    .limit(limit)
}

/** The live tokens of a user, newest first. */
export async function listLiveTokens(db: DbOrTx, userId: string): Promise<ApiTokenRow[]> {
  return db
    .select(tokenColumns)
    .from(apiTokens)
    .where(and(eq(apiTokens.userId, userId), isLive))
    .orderBy(sql`${apiTokens.createdAt} desc`, apiTokens.id)
}

type NewToken = Pick<ApiTokenRow, 'id' | 'userId' | 'name' | 'scopes' | 'expiresAt' | 'parentId' | 'sourceId'> & {
  tokenHash: Buffer
}

/** Under an id that is there already the token is replaced: the answer that showed the first one never arrived. */
export async function upsertToken(tx: DbOrTx, token: NewToken): Promise<ApiTokenRow | undefined> {
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

/** Keeps the token live until the transaction ends. @returns whether it still is */
export async function holdToken(tx: DbOrTx, id: string): Promise<boolean> {
  const rows = await tx
    .select({ id: apiTokens.id })
    .from(apiTokens)
    .where(and(eq(apiTokens.id, id), isLive))
    .for('share')
  return rows.length > 0
}

/** The token that was revoked by this call, with those that were made with it; nothing when the user has no such live token. */
export async function revokeToken(
  tx: DbOrTx,
  { id, userId }: { id: string; userId: string },
): Promise<ApiTokenRow | undefined> {
  const isTheirs = and(eq(apiTokens.id, id), eq(apiTokens.userId, userId), isNull(apiTokens.revokedAt))
  const [row] = await tx.update(apiTokens).set({ revokedAt: sql`now()` }).where(isTheirs).returning(tokenColumns)
  for (let parents = row ? [row.id] : []; parents.length > 0; ) {
    const areChildren = and(inArray(apiTokens.parentId, parents), isNull(apiTokens.revokedAt))
    const children = await tx
      .update(apiTokens)
      .set({ revokedAt: sql`now()` })
      .where(areChildren)
      .returning({ id: apiTokens.id })
    parents = children.map((child) => child.id)
  }
  return row
}

/** @returns how many were live */
export async function revokeTokensOf(tx: DbOrTx, userId: string): Promise<number> {
  const rows = await tx
    .update(apiTokens)
    .set({ revokedAt: sql`now()` })
    .where(and(eq(apiTokens.userId, userId), isLive))
    .returning({ id: apiTokens.id })
  return rows.length
}
