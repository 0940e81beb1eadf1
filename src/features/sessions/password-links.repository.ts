/** One-time links at rest. */
import { and, eq, gt, isNull, or, sql } from 'drizzle-orm'
import type { DbOrTx } from '../../platform/db/columns.ts'
import { users } from '../directory/users/users.table.ts'
import type { LinkPurpose } from './password-links.table.ts'
import { passwordLinks } from './password-links.table.ts'

export interface NewLink {
  id: string
  userId: string
  purpose: LinkPurpose
  email: string
  tokenHash: Buffer
  createdBy: string | null
  /** How long it lives. */
  seconds: number
}

/** Makes a link, which ends every other one of the person. @returns when it ends; nothing when it is there already */
export async function replaceLink(tx: DbOrTx, { seconds, ...link }: NewLink): Promise<string | undefined> {
  const [known] = await tx.select({ id: passwordLinks.id }).from(passwordLinks).where(eq(passwordLinks.id, link.id))
  if (known) return undefined
  await endLinksOf(tx, link.userId)
  const expiresAt = sql`now() + make_interval(secs => ${seconds})`
  const [made] = await tx
    .insert(passwordLinks)
    .values({ ...link, expiresAt })
    .returning({ expiresAt: passwordLinks.expiresAt })
  return made?.expiresAt
}

/** @returns how many could still have been used */
export async function endLinksOf(tx: DbOrTx, userId: string): Promise<number> {
  const ended = await tx
    .update(passwordLinks)
    .set({ endedAt: sql`now()` })
    .where(and(eq(passwordLinks.userId, userId), isNull(passwordLinks.endedAt)))
    .returning({ isLive: sql<boolean>`${passwordLinks.expiresAt} > now()` })
  return ended.filter(({ isLive }) => isLive).length
}

/** A suspended person sets no password, nor does anybody at an address that is not theirs any more. */
const isOfUse = and(
  isNull(passwordLinks.endedAt),
  gt(passwordLinks.expiresAt, sql`now()`),
  eq(users.email, passwordLinks.email),
  or(eq(users.state, 'activated'), and(eq(users.state, 'staged'), eq(passwordLinks.purpose, 'invitation'))),
)

/** The link of a token, while it is of use. */
export async function findLiveLink(db: DbOrTx, tokenHash: Buffer) {
  const { id, userId, purpose, createdBy, createdAt } = passwordLinks
  const [link] = await db
    .select({ id, userId, purpose, createdBy, createdAt, name: users.name, email: users.email })
    .from(passwordLinks)
    .innerJoin(users, eq(users.id, passwordLinks.userId))
    .where(and(eq(passwordLinks.tokenHash, tokenHash), isOfUse))
  return link
}

export type LiveLink = NonNullable<Awaited<ReturnType<typeof findLiveLink>>>

export async function markUsed(tx: DbOrTx, id: string): Promise<void> {
  await tx.update(passwordLinks).set({ usedAt: sql`now()`, endedAt: sql`now()` }).where(eq(passwordLinks.id, id))
}
