/** Where the logos stand, and who may see them: those who may know that the flow or the application is there. */
import { and, eq, inArray, isNull, or, type SQL, sql } from 'drizzle-orm'
import type { Actor } from '../../domain/abilities.ts'
import { isAdministrator } from '../../domain/abilities.ts'
import type { DbOrTx } from '../../platform/db/columns.ts'
import { applicationGroups, applications } from '../directory/applications/applications.table.ts'
import { approvalFlows } from '../flows/flows.table.ts'
import { grants } from '../grants/grants.table.ts'
import { membershipsOf } from '../memberships/memberships.repository.ts'
import { groupMembers } from '../memberships/memberships.table.ts'
import { accessRequests, decidedBy, isOpenRow } from '../requests/requests.table.ts'

export interface LogoQuery {
  id: string
  actor: Pick<Actor, 'id' | 'roles'>
}

/** Nothing for a flow without a logo, one that is deleted or that the caller may not know of, or none at all. */
export async function findFlowLogoUrl(db: DbOrTx, { id, actor }: LogoQuery): Promise<string | null> {
  const isKnown = isAdministrator(actor) ? undefined : or(isInCatalog(db, actor.id), isOfOwnRequest(db, actor.id))
  const [flow] = await db
    .select({ logoUrl: approvalFlows.logoUrl })
    .from(approvalFlows)
    .where(and(eq(approvalFlows.id, id), isNull(approvalFlows.deletedAt), isKnown))
  return flow?.logoUrl ?? null
}

/** Nothing for an application without a logo, one that the caller may not know of, or none at all. */
export async function findApplicationLogoUrl(db: DbOrTx, { id, actor }: LogoQuery): Promise<string | null> {
  const isKnown = isAdministrator(actor) ? undefined : isHeldOrReviewed(db, actor.id)
  const [application] = await db
    .select({ logoUrl: applications.logoUrl })
    .from(applications)
    .where(and(eq(applications.id, id), isKnown))
  return application?.logoUrl ?? null
}

/** As the catalogue has it: enabled, and visible to everybody or to a group of theirs. */
function isInCatalog(db: DbOrTx, userId: string): SQL | undefined {
  const mine = membershipsOf(db, userId).as('mine')
  const myGroups = db.select({ groupId: mine.groupId }).from(mine)
  return and(
    eq(approvalFlows.enabled, true),
    or(
      sql`cardinality(${approvalFlows.visibleToGroupIds}) = 0`,
      sql`${approvalFlows.visibleToGroupIds} && array(${myGroups})`,
    ),
  )
}

/** Whoever has asked by a flow, or decides or has decided on such a request, sees it named there. */
function isOfOwnRequest(db: DbOrTx, userId: string): SQL {
  const requests = db
    .select({ flowId: accessRequests.flowId })
    .from(accessRequests)
    .where(or(eq(accessRequests.requesterId, userId), isAwaited(userId), ...decidedBy(userId)))
  return inArray(approvalFlows.id, requests)
}

/** An application that the user has, or that somebody has on whose open request they decide. */
function isHeldOrReviewed(db: DbOrTx, userId: string): SQL {
  const requesters = db.select({ id: accessRequests.requesterId }).from(accessRequests).where(isAwaited(userId))
  const direct = db
    .select({ groupId: groupMembers.groupId })
    .from(groupMembers)
    .where(or(eq(groupMembers.userId, userId), inArray(groupMembers.userId, requesters)))
  const granted = db
    .select({ groupId: grants.groupId })
    .from(grants)
    .where(and(isNull(grants.endedAt), or(eq(grants.userId, userId), inArray(grants.userId, requesters))))
  const bound = db
    .select({ id: applicationGroups.applicationId })
    .from(applicationGroups)
    .where(or(inArray(applicationGroups.groupId, direct), inArray(applicationGroups.groupId, granted)))
  return inArray(applications.id, bound)
}

function isAwaited(userId: string): SQL | undefined {
  return and(sql`${accessRequests.awaitedIds} @> array[${userId}::uuid]`, isOpenRow)
}
