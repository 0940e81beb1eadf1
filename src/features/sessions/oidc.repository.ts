/** Who people are at an identity provider, and the sessions and sign-ins that it has to do with. */
import { and, eq, gt, isNull, lt, or, sql } from 'drizzle-orm'
import type { DbOrTx } from '../../platform/db/columns.ts'
import { users } from '../directory/users/users.table.ts'
import { type OidcPurpose, oidcAttempts, oidcIdentities, oidcLogoutTokens, oidcSessions } from './oidc.table.ts'
import { sessions } from './sessions.table.ts'

const person = {
  id: users.id,
  name: users.name,
  email: users.email,
  department: users.department,
  jobTitle: users.jobTitle,
  state: users.state,
  roles: users.roles,
  removedAt: users.removedAt,
  lastSignInAt: users.lastSignInAt,
  mustChangePassword: users.mustChangePassword,
}

interface Subject {
  issuer: string
  subject: string
}

const isOf = ({ issuer, subject }: Subject) =>
  and(eq(oidcIdentities.issuer, issuer), eq(oidcIdentities.subject, subject))

/** Whether a claim has given them the role, of this provider or of one that there was before. */
const gaveAdmin = sql<boolean>`exists (select from oidc_identities given where given.user_id = ${users.id} and given.gave_admin)`

/** Whoever is known by this subject, whatever their state. */
export async function findBySubject(db: DbOrTx, who: Subject) {
  const [found] = await db
    .select({ ...person, gaveAdmin })
    .from(oidcIdentities)
    .innerJoin(users, eq(users.id, oidcIdentities.userId))
    .where(isOf(who))
  return found
}

/** As two addresses are the same for a mail server: without case in ASCII only. A Turkish capital of i is no i. */
const isSameInAscii = (email: string) =>
  sql`lower(${users.email}::text collate "C") = lower(${email}::text collate "C")`

/** Whoever has the address, and whether they are known at the provider by another subject already. */
export async function findByAddress(db: DbOrTx, { email, issuer }: { email: string; issuer: string }) {
  const [found] = await db
    .select({ ...person, isLinked: sql<boolean>`${oidcIdentities.userId} is not null` })
    .from(users)
    .leftJoin(oidcIdentities, and(eq(oidcIdentities.userId, users.id), eq(oidcIdentities.issuer, issuer)))
    .where(and(eq(users.email, email), isSameInAscii(email)))
  return found
}

/** False when the subject, or the person at this provider, is taken by now. */
export async function insertIdentity(tx: DbOrTx, { issuer, subject, userId }: Subject & { userId: string }) {
  const rows = await tx
    .insert(oidcIdentities)
    .values({ issuer, subject, userId })
    .onConflictDoNothing()
    .returning({ userId: oidcIdentities.userId })
  return rows.length > 0
}

export async function noteIdentityUse(tx: DbOrTx, who: Subject): Promise<void> {
  await tx.update(oidcIdentities).set({ lastSignInAt: sql`now()` }).where(isOf(who))
}

/** The role comes by the claim from now on, and goes with it. */
export async function noteClaimedRole(tx: DbOrTx, who: Subject): Promise<void> {
  await tx.update(oidcIdentities).set({ gaveAdmin: true }).where(isOf(who))
}

/** The claim has taken the role away, or an administrator has changed it: from then on it is theirs. */
export async function forgetClaimedRole(tx: DbOrTx, userId: string): Promise<void> {
  await tx.update(oidcIdentities).set({ gaveAdmin: false }).where(eq(oidcIdentities.userId, userId))
}

/** What the directory has to know of sign-in at this provider; there is none where `issuer` is undefined. */
export function identityLinks(issuer?: string) {
  return {
    forgetClaimedRole,
    /** Whether somebody is not known there yet: then the first sign-in finds them by their address. */
    async comesByAddress(tx: DbOrTx, userId: string): Promise<boolean> {
      if (issuer === undefined) return false
      const isTheirs = and(eq(oidcIdentities.userId, userId), eq(oidcIdentities.issuer, issuer))
      return (await tx.$count(oidcIdentities, isTheirs)) === 0
    },
  }
}

/** @returns the roles without the one that a claim has given; nothing when none has */
export async function rolesWithoutClaim(db: DbOrTx, userId: string): Promise<string[] | undefined> {
  const [found] = await db.select({ roles: users.roles, gaveAdmin }).from(users).where(eq(users.id, userId))
  return found?.gaveAdmin ? found.roles.filter((role) => role !== 'admin') : undefined
}

/** @returns from which providers: their issuers */
export async function deleteIdentitiesOf(tx: DbOrTx, userId: string): Promise<string[]> {
  const rows = await tx
    .delete(oidcIdentities)
    .where(eq(oidcIdentities.userId, userId))
    .returning({ issuer: oidcIdentities.issuer })
  return rows.map(({ issuer }) => issuer)
}

export interface NewAttempt {
  stateHash: Buffer
  browserHash: Buffer
  purpose: OidcPurpose
  sessionId: string | null
  next: string
}

/** Makes room for it: what is over is removed. */
export async function insertAttempt(tx: DbOrTx, attempt: NewAttempt, seconds: number): Promise<void> {
  await tx.delete(oidcAttempts).where(lt(oidcAttempts.expiresAt, sql`now()`))
  await tx.insert(oidcAttempts).values({ ...attempt, expiresAt: sql`now() + make_interval(secs => ${seconds})` })
}

/** Takes the sign-in that is under way in this browser, once. Another browser with the same state does not use it up. */
export async function takeAttempt(
  tx: DbOrTx,
  { stateHash, browserHash }: { stateHash: Buffer; browserHash: Buffer },
): Promise<Pick<NewAttempt, 'purpose' | 'sessionId' | 'next'> | undefined> {
  const { purpose, sessionId, next } = oidcAttempts
  const [taken] = await tx
    .delete(oidcAttempts)
    .where(
      and(
        eq(oidcAttempts.stateHash, stateHash),
        eq(oidcAttempts.browserHash, browserHash),
        gt(oidcAttempts.expiresAt, sql`now()`),
      ),
    )
    .returning({ purpose, sessionId, next })
  return taken
}

/** Notes that the provider has opened the session, or was asked again by whoever has it. */
export async function keepOidcSession(tx: DbOrTx, row: typeof oidcSessions.$inferInsert): Promise<void> {
  await tx.insert(oidcSessions).values(row).onConflictDoUpdate({ target: oidcSessions.sessionId, set: row })
}

/** The id token of a session that a provider has opened, encrypted. */
export async function findIdToken(db: DbOrTx, sessionId: string): Promise<Buffer | undefined> {
  const [found] = await db
    .select({ idToken: oidcSessions.idToken })
    .from(oidcSessions)
    .where(eq(oidcSessions.sessionId, sessionId))
  return found?.idToken
}

/**
 * Ends the sessions of one session at the provider, else all of one person there. Where both are named, also those of the
 * person of which the provider never said to which of its sessions they belong.
 * @returns whose, one for each session
 */
export async function endOidcSessions(
  tx: DbOrTx,
  { issuer, subject, sid }: { issuer: string; subject: string | null; sid: string | null },
): Promise<{ id: string; name: string; email: string }[]> {
  const isOfNone = subject === null ? undefined : isNull(oidcSessions.sid)
  const which = and(
    eq(oidcSessions.issuer, issuer),
    sid === null ? undefined : or(eq(oidcSessions.sid, sid), isOfNone),
    subject === null ? undefined : eq(oidcSessions.subject, subject),
  )
  const isTheirs = sql`${sessions.id} in (select ${oidcSessions.sessionId} from ${oidcSessions} where ${which})`
  const ended = await tx.delete(sessions).where(isTheirs).returning({ userId: sessions.userId })
  const people: { id: string; name: string; email: string }[] = []
  for (const { userId } of ended) {
    const { id, name, email } = users
    const [found] = await tx.select({ id, name, email }).from(users).where(eq(users.id, userId))
    if (found) people.push(found)
  }
  return people
}

/** False for one that was taken before. */
export async function takeLogoutToken(
  tx: DbOrTx,
  { issuer, jti }: { issuer: string; jti: string },
  seconds: number,
): Promise<boolean> {
  await tx.delete(oidcLogoutTokens).where(lt(oidcLogoutTokens.expiresAt, sql`now()`))
  const rows = await tx
    .insert(oidcLogoutTokens)
    .values({ issuer, jti, expiresAt: sql`now() + make_interval(secs => ${seconds})` })
    .onConflictDoNothing()
    .returning({ jti: oidcLogoutTokens.jti })
  return rows.length > 0
}

/** How many people have signed in by this provider. */
export async function countIdentities(db: DbOrTx, issuer: string): Promise<number> {
  return db.$count(oidcIdentities, eq(oidcIdentities.issuer, issuer))
}
