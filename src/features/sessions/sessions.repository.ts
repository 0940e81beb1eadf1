/** Sessions at rest, and the one query that nearly every call starts with. */
import { and, desc, eq, gt, lt, ne, notInArray, or, sql } from 'drizzle-orm'
import type { Origin } from '../../domain/request/messages.ts'
import type { DbOrTx } from '../../platform/db/columns.ts'
import { builtOnce } from '../../platform/db/prepared.ts'
import { users } from '../directory/users/users.table.ts'
import { oidcIdentities, oidcSessions } from './oidc.table.ts'
import { sessions } from './sessions.table.ts'

const actor = { id: users.id, name: users.name, email: users.email, roles: users.roles }
const { mustChangePassword } = users
/** Whoever comes by an identity provider does not come by the password that somebody else has chosen. */
const mustChangeHere = sql<boolean>`${mustChangePassword}
  and not exists (select 1 from ${oidcSessions} where ${oidcSessions.sessionId} = ${sessions.id})`
const profile = {
  ...actor,
  department: users.department,
  jobTitle: users.jobTitle,
  state: users.state,
  mustChangePassword,
}
const isActivated = eq(users.state, 'activated')
const idleEnd = sql`now() - interval '12 hours'`
/** Last use is written at most once a minute. */
const minuteAgo = sql`now() - interval '1 minute'`
/** For how long a sign-in is fresh. */
const freshSince = sql`now() - interval '5 minutes'`

/** The user who signs in with this e-mail address, whatever their state. */
export async function findForSignIn(db: DbOrTx, email: string) {
  const [user] = await db
    .select({ ...profile, passwordHash: users.passwordHash, lastSignInAt: users.lastSignInAt })
    .from(users)
    .where(eq(users.email, email))
  return user
}

/** @param id whose sign-in has just succeeded */
export async function noteSignIn(tx: DbOrTx, id: string): Promise<void> {
  await tx.update(users).set({ lastSignInAt: sql`now()` }).where(eq(users.id, id))
}

export async function findProfile(db: DbOrTx, id: string) {
  const { language, timeZone } = users
  const hasPassword = sql<boolean>`${users.passwordHash} is not null`
  const providers = sql<
    string[]
  >`array(select ${oidcIdentities.issuer} from ${oidcIdentities} where ${oidcIdentities.userId} = ${users.id})`
  const [user] = await db
    .select({ ...profile, language, timeZone, hasPassword, providers })
    .from(users)
    .where(eq(users.id, id))
  return user
}

const byToken = builtOnce((db) =>
  db
    .select({
      sessionId: sessions.id,
      actor,
      isFresh: sql<boolean>`${sessions.authenticatedAt} > ${freshSince}`,
      mustChangePassword: mustChangeHere,
      isStale: sql<boolean>`${sessions.lastSeenAt} < ${minuteAgo}`,
    })
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
    .prepare('session_by_token'),
)

/** The activated user of a live session; `isStale` when its last use has to be written. */
export async function findSession(db: DbOrTx, tokenHash: Buffer) {
  const [found] = await byToken(db).execute({ tokenHash })
  return found
}

export async function touchSession(db: DbOrTx, id: string): Promise<void> {
  await db
    .update(sessions)
    .set({ lastSeenAt: sql`now()` })
    .where(and(eq(sessions.id, id), lt(sessions.lastSeenAt, minuteAgo)))
}

/** Their user has just shown again that it is they. */
export async function freshenSession(tx: DbOrTx, id: string): Promise<void> {
  await tx.update(sessions).set({ authenticatedAt: sql`now()` }).where(eq(sessions.id, id))
}

/** Of a session that has never been fresh. */
const longAgo = new Date(0).toISOString()

/** A user has at most this many sessions: the one that was unused for longest makes room. */
const sessionsAtMost = 20

export async function insertSession(
  tx: DbOrTx,
  {
    authenticatedAt,
    ...session
  }: {
    tokenHash: Buffer
    userId: string
    seconds: number
    origin: Origin
    /** When they last showed who they are, if not now; null when nobody has said. */
    authenticatedAt?: string | null | undefined
  },
): Promise<string> {
  const { tokenHash, userId, seconds, origin } = session
  const { clientIp = null, userAgent = null } = origin
  const busiest = tx
    .select({ id: sessions.id })
    .from(sessions)
    .where(eq(sessions.userId, userId))
    .orderBy(desc(sessions.lastSeenAt))
    .limit(sessionsAtMost - 1)
  const isOver = or(
    lt(sessions.expiresAt, sql`now()`),
    lt(sessions.lastSeenAt, idleEnd),
    notInArray(sessions.id, busiest),
  )
  await tx.delete(sessions).where(and(eq(sessions.userId, userId), isOver))
  const expiresAt = sql`now() + make_interval(secs => ${seconds})`
  const [made] = await tx
    .insert(sessions)
    .values({
      ...{ tokenHash, userId, clientIp, userAgent, expiresAt },
      ...(authenticatedAt === undefined ? {} : { authenticatedAt: authenticatedAt ?? longAgo }),
    })
    .returning({ id: sessions.id })
  if (!made) throw new Error('the session just made is gone')
  return made.id
}

const { id, name, email, state, roles, passwordHash } = users
const accountColumns = { id, name, email, state, roles, passwordHash, mustChangePassword }

export type Account = Pick<typeof users.$inferSelect, keyof typeof accountColumns>

/** `update` keeps the account as it is until the transaction ends. */
export async function readAccount(tx: DbOrTx, userId: string, lock?: 'update'): Promise<Account | undefined> {
  const query = tx.select(accountColumns).from(users).where(eq(users.id, userId))
  const [account] = await (lock ? query.for('no key update') : query)
  return account
}

/** The account of this e-mail address, kept as it is until the transaction ends. */
export async function lockAccountByEmail(tx: DbOrTx, address: string): Promise<Account | undefined> {
  const [account] = await tx.select(accountColumns).from(users).where(eq(users.email, address)).for('no key update')
  return account
}

/** By the person themself: there is nothing that they must change any more. */
export async function setPassword(tx: DbOrTx, userId: string, hash: string): Promise<void> {
  await tx
    .update(users)
    .set({ passwordHash: hash, mustChangePassword: false, updatedAt: sql`now()` })
    .where(eq(users.id, userId))
}

/** The live sessions of a user, the one used last first. */
export async function listSessions(db: DbOrTx, userId: string) {
  const { id, clientIp, userAgent, createdAt, lastSeenAt, expiresAt } = sessions
  return db
    .select({ id, clientIp, userAgent, createdAt, lastSeenAt, expiresAt })
    .from(sessions)
    .where(and(eq(sessions.userId, userId), gt(sessions.expiresAt, sql`now()`), gt(sessions.lastSeenAt, idleEnd)))
    .orderBy(desc(sessions.lastSeenAt), sessions.id)
}

export async function deleteSession(tx: DbOrTx, id: string): Promise<void> {
  await tx.delete(sessions).where(eq(sessions.id, id))
}

/** @returns how many of the user's sessions were ended: one of them, or all but `exceptId` */
export async function deleteSessionsOf(
  tx: DbOrTx,
  userId: string,
  { onlyId, exceptId }: { onlyId?: string; exceptId?: string | null } = {},
): Promise<number> {
  const which = and(onlyId ? eq(sessions.id, onlyId) : undefined, exceptId ? ne(sessions.id, exceptId) : undefined)
  const rows = await tx
    .delete(sessions)
    .where(and(eq(sessions.userId, userId), which))
    .returning({ id: sessions.id })
  return rows.length
}
