/** Grants as records, for those who end them. */
import { and, eq, gt, inArray, isNotNull, isNull, not, or, sql } from 'drizzle-orm'
import type { AccessGrant } from '../../domain/grant/record.ts'
import type { DbOrTx } from '../../platform/db/columns.ts'
import { users } from '../directory/users/users.table.ts'
import { approvalFlows } from '../flows/flows.table.ts'
import { grants } from './grants.table.ts'

/** Whether its user is activated, and was all the time since the access was given. */
const wasActivated = sql<boolean>`(${users.state} = 'activated' and coalesce(${users.suspendedAt} < ${grants.startedAt}, true))`

const selectGrant = (db: DbOrTx) =>
  db
    .select({
      grant: grants,
      flowName: approvalFlows.name,
      user: { id: users.id, name: users.name, email: users.email },
      isActivated: wasActivated,
    })
    .from(grants)
    .innerJoin(approvalFlows, eq(approvalFlows.id, grants.flowId))
    .innerJoin(users, eq(users.id, grants.userId))

type GrantRow = Awaited<ReturnType<typeof selectGrant>>[number]

function toGrant({ grant: row, flowName, user }: GrantRow): AccessGrant {
  const { userId: _userId, endedById: _endedById, endError: _endError, ...grant } = row
  return { ...grant, flowName, user }
}

/** One grant with the names and addresses of now. */
export async function findGrant(db: DbOrTx, id: string): Promise<AccessGrant | undefined> {
  const [row] = await selectGrant(db).where(eq(grants.id, id))
  return row && toGrant(row)
}

/**
 * Keeps the grant, and the state of its user, until the transaction ends: a suspension comes before this reading, or after
 * whatever is written from it.
 */
export async function lockGrant(
  tx: DbOrTx,
  { id, user }: Pick<AccessGrant, 'id' | 'user'>,
): Promise<{ grant: AccessGrant; isActivated: boolean } | undefined> {
  await tx.select({ id: users.id }).from(users).where(eq(users.id, user.id)).for('share')
  const [row] = await selectGrant(tx).where(eq(grants.id, id)).for('update', { of: grants })
  return row && { grant: toGrant(row), isActivated: row.isActivated }
}

/** Open grants of a user who is not activated, or was not since they were given: they have to end. */
export async function listOfSuspended(db: DbOrTx, userId: string): Promise<AccessGrant['id'][]> {
  const rows = await db
    .select({ id: grants.id })
    .from(grants)
    .innerJoin(users, eq(users.id, grants.userId))
    .where(and(eq(grants.userId, userId), isNull(grants.endedAt), not(wasActivated)))
    .orderBy(grants.id)
  return rows.map(({ id }) => id)
}

/** Those of `ids` that have ended. */
export async function endedAmong(db: DbOrTx, ids: string[]): Promise<string[]> {
  const rows = await db
    .select({ id: grants.id })
    .from(grants)
    .where(and(inArray(grants.id, ids), isNotNull(grants.endedAt)))
  return rows.map(({ id }) => id)
}

/** A page of open grants whose end somebody has to wait for, after `after`, in order of id. */
export async function listWaitingAfter(db: DbOrTx, after: string | null, limit = 200): Promise<AccessGrant['id'][]> {
  const rows = await db
    .select({ id: grants.id })
    .from(grants)
    .where(
      and(
        isNull(grants.endedAt),
        or(isNotNull(grants.expiresAt), isNotNull(grants.end)),
        after ? gt(grants.id, after) : undefined,
      ),
    )
    .orderBy(grants.id)
    .limit(limit)
  return rows.map(({ id }) => id)
}
