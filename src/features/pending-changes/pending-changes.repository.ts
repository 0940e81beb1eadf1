/** Changes that wait for a second administrator, in Postgres. */
import { and, desc, eq, isNull, ne, notExists, or, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { tieLasts } from '../../domain/request/four-eyes.ts'
import type { DbOrTx } from '../../platform/db/columns.ts'
import { isNotArchived, userGroups } from '../directory/groups/groups.table.ts'
import { accountActs } from '../directory/users/account-acts.table.ts'
import { users } from '../directory/users/users.table.ts'
import { groupMembers } from '../memberships/memberships.table.ts'
import { pendingChanges } from './pending-changes.table.ts'

export type Change =
  | { kind: 'roles'; userId: string; roles: string[] }
  | { kind: 'member'; userId: string; groupId: string }

const proposer = alias(users, 'proposer')
const view = {
  id: pendingChanges.id,
  kind: pendingChanges.kind,
  roles: pendingChanges.roles,
  createdAt: pendingChanges.createdAt,
  user: { id: users.id, name: users.name, email: users.email },
  group: { id: userGroups.id, name: userGroups.name },
  proposedBy: { id: proposer.id, name: proposer.name, email: proposer.email },
}

/** What somebody wants who is no administrator any more is not done. */
const isStillAdministrator = and(eq(proposer.state, 'activated'), sql`'admin' = any(${proposer.roles})`)

function selectOpen(db: DbOrTx) {
  return db
    .select(view)
    .from(pendingChanges)
    .innerJoin(users, eq(users.id, pendingChanges.userId))
    .innerJoin(proposer, and(eq(proposer.id, pendingChanges.proposedBy), isStillAdministrator))
    .leftJoin(userGroups, eq(userGroups.id, pendingChanges.groupId))
    .$dynamic()
}

/** Those that nobody has decided, the newest first; 200 at most. */
export async function listOpenChanges(db: DbOrTx) {
  return selectOpen(db)
    .where(isNull(pendingChanges.outcome))
    .orderBy(desc(pendingChanges.createdAt), desc(pendingChanges.id))
    .limit(200)
}

export type PendingChange = Awaited<ReturnType<typeof listOpenChanges>>[number]

export async function findOpenChange(db: DbOrTx, id: string): Promise<PendingChange | undefined> {
  const [found] = await selectOpen(db).where(and(eq(pendingChanges.id, id), isNull(pendingChanges.outcome)))
  return found
}

/** A newer wish replaces an open one for the same. */
export async function insertChange(
  tx: DbOrTx,
  { id, proposedBy }: { id: string; proposedBy: string },
  change: Change,
): Promise<void> {
  const { kind, userId } = change
  const values =
    change.kind === 'roles' ? { kind, userId, roles: change.roles } : { kind, userId, groupId: change.groupId }
  const same = and(
    eq(pendingChanges.userId, userId),
    eq(pendingChanges.kind, kind),
    change.kind === 'member' ? eq(pendingChanges.groupId, change.groupId) : undefined,
    isNull(pendingChanges.outcome),
  )
  await tx.delete(pendingChanges).where(same)
  await tx.insert(pendingChanges).values({ id, proposedBy, ...values })
}

/** Of a change that is locked and open. */
export async function decideChange(
  tx: DbOrTx,
  id: string,
  { outcome, decidedBy }: { outcome: 'approved' | 'rejected'; decidedBy: string },
): Promise<void> {
  await tx.update(pendingChanges).set({ outcome, decidedBy, decidedAt: sql`now()` }).where(eq(pendingChanges.id, id))
}

/**
 * Activated administrators who could confirm what this person wants: not themselves, and none where one of the two could
 * act through the other's account.
 */
export async function secondAdministrators(db: DbOrTx, actorId: string) {
  const { id, name, email } = users
  const tied = db
    .select({ id: accountActs.id })
    .from(accountActs)
    .where(
      and(
        or(
          and(eq(accountActs.actorId, actorId), eq(accountActs.userId, users.id)),
          and(eq(accountActs.actorId, users.id), eq(accountActs.userId, actorId)),
        ),
        sql`${accountActs.createdAt} > now() - ${tieLasts}::interval`,
      ),
    )
  return db
    .select({ id, name, email })
    .from(users)
    .where(
      and(sql`'admin' = any(${users.roles})`, eq(users.state, 'activated'), ne(users.id, actorId), notExists(tied)),
    )
    .orderBy(users.name, users.id)
}

/** Whether there is any other administrator, or was one until a suspension of the last 30 days. */
export async function hasOtherAdministrators(db: DbOrTx, actorId: string): Promise<boolean> {
  const isOrWas = or(eq(users.state, 'activated'), sql`${users.suspendedAt} > now() - ${tieLasts}::interval`)
  const [other] = await db
    .select({ id: users.id })
    .from(users)
    .where(and(sql`'admin' = any(${users.roles})`, ne(users.id, actorId), isOrWas))
    .limit(1)
  return other !== undefined
}

/** Keeps the change from being decided by anybody else until the transaction ends. @returns whether it is open still */
export async function lockOpenChange(tx: DbOrTx, id: string): Promise<boolean> {
  const rows = await tx
    .select({ id: pendingChanges.id })
    .from(pendingChanges)
    .where(and(eq(pendingChanges.id, id), isNull(pendingChanges.outcome)))
    .for('update')
  return rows.length > 0
}

/** False for what is so already. */
export async function wouldChange(db: DbOrTx, change: Change): Promise<boolean> {
  if (change.kind === 'roles') {
    const [user] = await db.select({ roles: users.roles }).from(users).where(eq(users.id, change.userId))
    return user !== undefined && [...user.roles].sort().join() !== [...change.roles].sort().join()
  }
  const { groupId, userId } = change
  const [member] = await db
    .select({ userId: groupMembers.userId })
    .from(groupMembers)
    .where(and(eq(groupMembers.groupId, groupId), eq(groupMembers.userId, userId)))
  return member === undefined
}

/** The person and the group that a change is about, by name. */
export async function subjectOf(db: DbOrTx, { userId, ...rest }: Change) {
  const [user] = await db.select({ id: users.id, name: users.name }).from(users).where(eq(users.id, userId))
  const groupId = 'groupId' in rest ? rest.groupId : null
  const [group] = groupId
    ? await db
        .select({ id: userGroups.id, name: userGroups.name })
        .from(userGroups)
        .where(and(eq(userGroups.id, groupId), isNotArchived))
    : []
  return { user, group }
}
