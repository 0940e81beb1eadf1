/** Reads grants for those who end them, and tells what else holds a membership. */
import { and, eq, gt, inArray, isNotNull, isNull, not, or, sql } from 'drizzle-orm'
import type { AuditLog } from '../audit/audit.repository.ts'
import type { Db } from '../db/client.ts'
import type { DbOrTx } from '../db/columns.ts'
import type { AccessGrant } from '../domain/access-grant.ts'
import { approvalFlows } from '../flows/flows.table.ts'
import { groupMembers, userGroups } from '../groups/groups.table.ts'
import { countRemoval, lockMembership, removalsOf } from '../groups/membership-lock.repository.ts'
import { users } from '../users/users.table.ts'
import { grantEntry } from './grants.audit.ts'
import { grants } from './grants.table.ts'

/** A membership at a connected system, and the grant (if any) that is not to count as its holder. */
export type HeldBy = Pick<AccessGrant, 'id' | 'groupId' | 'user'>

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
export async function readGrant(db: DbOrTx, id: string): Promise<AccessGrant | undefined> {
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

export function createGrantsRepository({ db, audit }: { db: Db; audit: AuditLog }) {
  /** True while something other than this grant keeps its user in the group. */
  async function isHeldOtherwise({ id, groupId, user }: HeldBy, tx: DbOrTx = db): Promise<boolean> {
    const rows = await tx.execute(sql`select
      exists (select 1 from ${groupMembers} where group_id = ${groupId} and user_id = ${user.id})
      or exists (select 1 from ${grants}
        where user_id = ${user.id} and group_id = ${groupId} and ended_at is null and id <> ${id}) as held`)
    return (rows as unknown as { held: boolean }[])[0]?.held ?? false
  }

  return {
    isHeldOtherwise,
    find: (id: string): Promise<AccessGrant | undefined> => readGrant(db, id),

    /**
     * To be called when the connected system has taken the user out: who is putting them in learns of it.
     * @returns whether something holds the membership by now, so that it must be put back
     */
    recordRemoval: (held: HeldBy): Promise<boolean> =>
      db.transaction(async (tx) => {
        const ids = { groupId: held.groupId, userId: held.user.id }
        await lockMembership(tx, ids)
        await countRemoval(tx, ids)
        return isHeldOtherwise(held, tx)
      }),

    /** How often the user was taken out of the group at the connected system so far. */
    removalsOf: (ids: { groupId: string; userId: string }): Promise<number> => removalsOf(db, ids),

    /** The name and the person of now; undefined when the group is gone. */
    async membershipOf({ groupId, userId }: { groupId: string; userId: string }) {
      const [row] = await db
        .select({ groupName: userGroups.name, user: { id: users.id, name: users.name, email: users.email } })
        .from(userGroups)
        .innerJoin(users, eq(users.id, userId))
        .where(eq(userGroups.id, groupId))
      return row
    },

    /** The connector through which access of this flow is given now; null for the directory, undefined when flow or group is gone. */
    async targetOf(flowId: string): Promise<string | null | undefined> {
      const [row] = await db
        .select({ own: approvalFlows.connectorId, ofGroup: userGroups.connectorId })
        .from(approvalFlows)
        .innerJoin(userGroups, eq(userGroups.id, approvalFlows.groupId))
        .where(eq(approvalFlows.id, flowId))
      return row && (row.own ?? row.ofGroup)
    },

    /** Open grants of a user who is not activated, or was not since they were given: they have to end. */
    async ofSuspended(userId: string): Promise<AccessGrant['id'][]> {
      const rows = await db
        .select({ id: grants.id })
        .from(grants)
        .innerJoin(users, eq(users.id, grants.userId))
        .where(and(eq(grants.userId, userId), isNull(grants.endedAt), not(wasActivated)))
        .orderBy(grants.id)
      return rows.map(({ id }) => id)
    },

    /** Those of `ids` that have ended. */
    async endedAmong(ids: string[]): Promise<string[]> {
      const rows = await db
        .select({ id: grants.id })
        .from(grants)
        .where(and(inArray(grants.id, ids), isNotNull(grants.endedAt)))
      return rows.map(({ id }) => id)
    },

    /** Notes in the audit log what was done about a grant that differed from its workflow. */
    async recordRepair(id: string, repair: string): Promise<void> {
      await db.transaction(async (tx) => {
        const grant = await readGrant(tx, id)
        const timestamp = new Date().toISOString()
        if (!grant) return
        await audit.append(tx, [
          grantEntry(grant, {
            sourceKey: `${id}:${repair}:${timestamp}`,
            eventType: 'access_management_association_change',
            timestamp,
            initiatedBy: { id: null, type: 'system', email: null },
            changes: [{ field: 'reconciled', from: null, to: repair }],
          }),
        ])
      })
    },

    /** A page of open grants whose end somebody has to wait for, after `after`, in order of id. */
    async waitingAfter(after: string | null, limit = 200): Promise<AccessGrant['id'][]> {
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
    },
  }
}

export type GrantsRepository = ReturnType<typeof createGrantsRepository>
