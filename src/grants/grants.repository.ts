/** Grants: given with a request, ended once, each change in one transaction with its audit entries and mails. */
import { and, eq, inArray, isNotNull, isNull, ne, sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import type { AuditLog } from '../audit/audit.repository.ts'
import type { AuditEntry } from '../audit/audit.types.ts'
import type { Db } from '../db/client.ts'
import type { DbOrTx } from '../db/columns.ts'
import type { AccessGrant, GrantEnd } from '../domain/access-grant.ts'
import type { AccessRequest, CancelCause, Grant } from '../domain/access-request.ts'
import { addDuration } from '../domain/duration.ts'
import { approvalFlows } from '../flows/flows.table.ts'
import { groupMembers, userGroups } from '../groups/groups.table.ts'
import { countRemoval, lockMembership, removalsOf } from '../groups/membership-lock.repository.ts'
import { queueMails } from '../mail/mail.repository.ts'
import { users } from '../users/users.table.ts'
import { endedMail, endFailedMails } from './grant-mails.repository.ts'
import { grants } from './grants.table.ts'

export interface GrantRefusal {
  message: string
  by: string | null
  code: string
  detail: string
  /** RFC 3339, then `#` and a number that tells refusals apart. */
  at: string
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

function toGrant(row: typeof grants.$inferSelect): Grant {
  return { id: row.id, startedAt: row.startedAt, expiresAt: row.expiresAt, endedAt: row.endedAt, endedBy: null }
}

function entry(
  grant: AccessGrant,
  fields: Pick<AuditEntry, 'sourceKey' | 'eventType' | 'timestamp' | 'initiatedBy'> & Partial<AuditEntry>,
): AuditEntry {
  return {
    accessRequestId: grant.accessRequestId,
    resource: { type: 'approval_flow', id: grant.flowId, name: grant.flowName },
    workflowId: `access-grant/${grant.id}`,
    ...fields,
  }
}

export function createGrantsRepository({ db, audit }: { db: Db; audit: AuditLog }) {
  async function initiator(tx: DbOrTx, by: string | null): Promise<AuditEntry['initiatedBy']> {
    if (!by) return { id: null, type: 'system', email: null }
    const [user] = await tx.select({ email: users.email }).from(users).where(eq(users.id, by))
    return { id: by, type: 'user', email: user?.email ?? null }
  }

  /** True while something other than this grant keeps its user in the group. */
  async function isHeldOtherwise(tx: DbOrTx, grant: Pick<AccessGrant, 'id' | 'groupId' | 'user'>): Promise<boolean> {
    const [direct, other] = await Promise.all([
      tx
        .select({ userId: groupMembers.userId })
        .from(groupMembers)
        .where(and(eq(groupMembers.groupId, grant.groupId), eq(groupMembers.userId, grant.user.id))),
      tx
        .select({ id: grants.id })
        .from(grants)
        .where(
          and(
            eq(grants.userId, grant.user.id),
            eq(grants.groupId, grant.groupId),
            isNull(grants.endedAt),
            ne(grants.id, grant.id),
          ),
        )
        .limit(1),
    ])
    return direct.length + other.length > 0
  }

  return {
    isHeldOtherwise: (grant: Pick<AccessGrant, 'id' | 'groupId' | 'user'>) => isHeldOtherwise(db, grant),

    /**
     * To be called when the connected system has taken the user out: who is putting them in learns of it.
     * @returns whether something holds the membership by now, so that it must be put back
     */
    recordRemoval: ({ id, groupId, user }: Pick<AccessGrant, 'id' | 'groupId' | 'user'>): Promise<boolean> =>
      db.transaction(async (tx) => {
        const ids = { groupId, userId: user.id }
        await lockMembership(tx, ids)
        await countRemoval(tx, ids)
        return isHeldOtherwise(tx, { id, groupId, user })
      }),

    /** How often the requester was taken out of the flow's group at the connected system so far. */
    removalsFor: ({ flow, requester }: Pick<AccessRequest, 'flow' | 'requester'>, tx: DbOrTx = db): Promise<number> =>
      removalsOf(tx, { groupId: flow.groupId, userId: requester.id }),

    lockFor: (tx: DbOrTx, { flow, requester }: Pick<AccessRequest, 'flow' | 'requester'>): Promise<void> =>
      lockMembership(tx, { groupId: flow.groupId, userId: requester.id }),

    async find(id: string): Promise<(AccessGrant & { endedAt: string | null }) | undefined> {
      const [row] = await db
        .select({
          grant: grants,
          flowName: approvalFlows.name,
          user: { id: users.id, name: users.name, email: users.email },
        })
        .from(grants)
        .innerJoin(approvalFlows, eq(approvalFlows.id, grants.flowId))
        .innerJoin(users, eq(users.id, grants.userId))
        .where(eq(grants.id, id))
      return row && { ...row.grant, flowName: row.flowName, user: row.user }
    },

    async ofRequest(accessRequestId: string): Promise<Grant | undefined> {
      const [row] = await db.select().from(grants).where(eq(grants.accessRequestId, accessRequestId))
      return row && toGrant(row)
    },

    /** Why access may not be given any more, or nothing. The lock holds a closing of the flow back until the transaction ends. */
    async closedCause(tx: DbOrTx, request: AccessRequest): Promise<CancelCause | null> {
      const [flow] = await tx
        .select({ enabled: approvalFlows.enabled, deletedAt: approvalFlows.deletedAt })
        .from(approvalFlows)
        .where(eq(approvalFlows.id, request.flow.id))
        .for('share')
      if (!flow || flow.deletedAt) return 'flow_deleted'
      if (!flow.enabled) return 'flow_disabled'
      const [requester] = await tx
        .select({ state: users.state })
        .from(users)
        .where(eq(users.id, request.requester.id))
        .for('share')
      return requester?.state === 'activated' ? null : 'requester_suspended'
    },

    groupName: async (groupId: string): Promise<string | undefined> =>
      (await db.select({ name: userGroups.name }).from(userGroups).where(eq(userGroups.id, groupId)))[0]?.name,

    /** One grant per request, however often it is given. */
    async insert(tx: DbOrTx, request: AccessRequest, now: string): Promise<Grant> {
      const duration = request.provisioning?.duration ?? null
      const values = {
        id: uuidv7(),
        accessRequestId: request.id,
        flowId: request.flow.id,
        userId: request.requester.id,
        groupId: request.flow.groupId,
        connectorId: request.flow.connectorId,
        startedAt: now,
        expiresAt: duration ? addDuration(now, duration) : null,
      }
      const [made] = await tx
        .insert(grants)
        .values(values)
        .onConflictDoNothing({ target: grants.accessRequestId })
        .returning()
      if (made) return toGrant(made)
      const [known] = await tx.select().from(grants).where(eq(grants.accessRequestId, request.id))
      if (!known) throw new Error('the grant vanished while it was given')
      return toGrant(known)
    },

    transaction: <T>(run: (tx: DbOrTx) => Promise<T>) => db.transaction(run),

    /** Ends the grant once; the user hears of it unless something else keeps the access. */
    async recordEnd(grant: AccessGrant, end: GrantEnd): Promise<void> {
      await db.transaction(async (tx) => {
        const [ended] = await tx
          .update(grants)
          .set({
            endedAt: sql`greatest(${grants.startedAt}, ${end.at}::timestamptz)`,
            endedById: end.by,
            endError: null,
          })
          .where(and(eq(grants.id, grant.id), isNull(grants.endedAt)))
          .returning({ id: grants.id })
        const isHeld = await isHeldOtherwise(tx, grant)
        if (ended && !isHeld) await queueMails(tx, [endedMail(grant, end)])
        const changes = [
          {
            field: 'group_membership',
            from: { groupId: grant.groupId, userId: grant.user.id },
            to: isHeld ? 'held otherwise' : null,
          },
        ]
        const initiatedBy = await initiator(tx, end.by)
        const common = { timestamp: end.at, initiatedBy, changes, origin: end.origin }
        await audit.append(tx, [
          entry(grant, { ...common, sourceKey: `${grant.id}:ended`, eventType: 'access_management_access_revoked' }),
          ...(isHeld
            ? []
            : [
                entry(grant, {
                  ...common,
                  sourceKey: `${grant.id}:association`,
                  eventType: 'access_management_association_change' as const,
                }),
              ]),
        ])
      })
    },

    async recordExtension(grant: AccessGrant, change: { by: string; until: string; at: string }): Promise<void> {
      await db.transaction(async (tx) => {
        await tx
          .update(grants)
          .set({ expiresAt: change.until })
          .where(and(eq(grants.id, grant.id), isNull(grants.endedAt)))
        await audit.append(tx, [
          entry(grant, {
            sourceKey: `${grant.id}:extended:${change.until}`,
            eventType: 'access_management_association_change',
            timestamp: change.at,
            initiatedBy: await initiator(tx, change.by),
            changes: [{ field: 'expires_at', from: null, to: change.until }],
          }),
        ])
      })
    },

    /** The connector would not take the access away: administrators are told once, however often it is tried. */
    async recordEndFailure(grant: AccessGrant, failure: { message: string; at: string }): Promise<void> {
      await db.transaction(async (tx) => {
        await tx.update(grants).set({ endError: failure.message }).where(eq(grants.id, grant.id))
        await queueMails(tx, await endFailedMails(tx, grant, failure.message))
        await audit.append(tx, [
          entry(grant, {
            sourceKey: `${grant.id}:end_failed:${failure.at}`,
            eventType: 'access_management_access_revoked',
            timestamp: failure.at,
            initiatedBy: { id: null, type: 'system', email: null },
            success: false,
            errorMessage: failure.message,
          }),
        ])
      })
    },

    async announceEnd(grant: AccessGrant): Promise<void> {
      if (!grant.expiresAt || (await isHeldOtherwise(db, grant))) return
      const data = { flowName: grant.flowName, flowId: grant.flowId, expiresAt: grant.expiresAt }
      await queueMails(db, [
        {
          kind: 'access_ending',
          to: grant.user,
          data,
          key: `${grant.id}:ending:${grant.expiresAt}`,
          accessRequestId: grant.accessRequestId,
        },
      ])
    },

    async recordRefusal(grant: AccessGrant, refusal: GrantRefusal): Promise<void> {
      await db.transaction(async (tx) => {
        const isUser = refusal.by !== null && uuid.test(refusal.by)
        await audit.append(tx, [
          entry(grant, {
            sourceKey: `${grant.id}:refused:${refusal.at}`,
            eventType: 'access_management_access_revoked',
            timestamp: refusal.at.split('#')[0] ?? refusal.at,
            initiatedBy: await initiator(tx, isUser ? refusal.by : null),
            changes: [{ field: 'message', from: null, to: refusal.message }],
            success: false,
            errorMessage: `${refusal.code}: ${refusal.detail}`,
          }),
        ])
      })
    },

    /** Open grants that have an end, for the reconciler. */
    async timedOpen(ids?: string[]): Promise<string[]> {
      const rows = await db
        .select({ id: grants.id })
        .from(grants)
        .where(and(isNull(grants.endedAt), isNotNull(grants.expiresAt), ids ? inArray(grants.id, ids) : undefined))
      return rows.map(({ id }) => id)
    },
  }
}

export type GrantsRepository = ReturnType<typeof createGrantsRepository>
