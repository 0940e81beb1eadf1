/** What became of the access of people who have left, read from what the service wrote when they did. */
import { and, desc, eq, exists, gte, inArray, isNull, lte, ne, or, type SQL, sql } from 'drizzle-orm'
import { openStatuses } from '../../domain/request/record.ts'
import type { DbOrTx } from '../../platform/db/columns.ts'
import { auditEvents, concernedUser, mayConcernUser } from '../audit/audit.table.ts'
import { connectors } from '../connectors/connectors.table.ts'
import { isNotArchived, userGroups } from '../directory/groups/groups.table.ts'
import { peopleSources } from '../directory/sources/sources.table.ts'
import { users } from '../directory/users/users.table.ts'
import { approvalFlows } from '../flows/flows.table.ts'
import { grants } from '../grants/grants.table.ts'
import { groupMembers } from '../memberships/memberships.table.ts'
import { accessRequests } from '../requests/requests.table.ts'
import type { Leavers, Leaving } from './leaving.schemas.ts'

/** Most of each that are listed. */
const most = 200

/** @returns nothing when there is no such user */
export async function readLeaving(db: DbOrTx, userId: string): Promise<Leaving | undefined> {
  const [user] = await db
    .select({ state: users.state, since: users.suspendedAt, removedAt: users.removedAt })
    .from(users)
    .where(eq(users.id, userId))
  if (!user) return undefined
  const { since } = user
  if (since === null) return { ...user, by: null, requests: [], grants: [], memberships: [], steps: [], reports: [] }
  const isAway = user.state !== 'activated'
  const [by, requests, ended, memberships, steps, reports] = await Promise.all([
    whoSuspended(db, userId, since),
    requestsOf(db, userId, since),
    grantsOf(db, userId, since),
    isAway ? membershipsOf(db, userId) : [],
    stepsOf(db, userId, since),
    isAway ? reportsOf(db, userId) : [],
  ])
  return { ...user, by, requests, grants: ended, memberships, steps, reports }
}

const flow = { id: approvalFlows.id, name: approvalFlows.name }
const group = { id: userGroups.id, name: userGroups.name }

const isAbout = (userId: string) => and(sql`${mayConcernUser}`, sql`${concernedUser(auditEvents)} = ${userId}`)

/** The entry stands in the transaction that suspended them; its moment was taken a little before or after. */
async function whoSuspended(db: DbOrTx, userId: string, since: string): Promise<Leaving['by']> {
  const { initiatedById: id, initiatedByType: type, initiatedByEmail, eventType, timestamp, changes } = auditEvents
  const [found] = await db
    .select({ id, type, name: sql<string | null>`coalesce(${users.name}, ${peopleSources.name}, ${initiatedByEmail})` })
    .from(auditEvents)
    .leftJoin(users, eq(users.id, id))
    .leftJoin(peopleSources, eq(peopleSources.id, id))
    .where(
      and(
        isAbout(userId),
        eq(eventType, 'user_update'),
        sql`${changes} @> '[{"field": "state", "from": "activated"}]'`,
        sql`${timestamp} between ${since}::timestamptz - interval '5 minutes' and ${since}::timestamptz + interval '5 minutes'`,
      ),
    )
    .orderBy(desc(timestamp), desc(auditEvents.seq))
    .limit(1)
  return found ?? null
}

async function requestsOf(db: DbOrTx, userId: string, since: string): Promise<Leaving['requests']> {
  const { id, status, updatedAt, requesterId, createdAt, record, flowId, flowName } = accessRequests
  const isCanceled = and(
    eq(status, 'canceled'),
    gte(updatedAt, since),
    sql`${record} #>> '{decision,cause}' = 'requester_suspended'`,
  )
  return db
    .select({ id, flow: { id: flowId, name: flowName }, status, updatedAt })
    .from(accessRequests)
    .where(and(eq(requesterId, userId), or(isCanceled, and(inArray(status, [...openStatuses]), lte(createdAt, since)))))
    .orderBy(desc(createdAt), desc(id))
    .limit(most)
}

async function grantsOf(db: DbOrTx, userId: string, since: string): Promise<Leaving['grants']> {
  const { id, accessRequestId, endedAt, endError, startedAt } = grants
  return db
    .select({ id, accessRequestId, flow, group, target: connectors.name, endedAt, endError })
    .from(grants)
    .innerJoin(approvalFlows, eq(approvalFlows.id, grants.flowId))
    .innerJoin(userGroups, eq(userGroups.id, grants.groupId))
    .leftJoin(connectors, eq(connectors.id, grants.connectorId))
    .where(and(eq(grants.userId, userId), lte(startedAt, since), or(isNull(endedAt), gte(endedAt, since))))
    .orderBy(desc(startedAt), desc(id))
    .limit(most)
}

const flowsOfGroup = (db: DbOrTx) =>
  db
    .select({ id: approvalFlows.id })
    .from(approvalFlows)
    .where(and(eq(approvalFlows.groupId, groupMembers.groupId), isNull(approvalFlows.deletedAt)))

async function membershipsOf(db: DbOrTx, userId: string): Promise<Leaving['memberships']> {
  const flows = sql<
    Leaving['memberships'][number]['flows']
  >`(select json_agg(json_build_object('id', f.id, 'name', f.name) order by f.name, f.id)
    from ${approvalFlows} f where f.group_id = ${groupMembers.groupId} and f.deleted_at is null)`
  return db
    .select({ group, target: connectors.name, flows })
    .from(groupMembers)
    .innerJoin(userGroups, eq(userGroups.id, groupMembers.groupId))
    .leftJoin(connectors, eq(connectors.id, userGroups.connectorId))
    .where(and(eq(groupMembers.userId, userId), isNotArchived, exists(flowsOfGroup(db))))
    .orderBy(userGroups.name, userGroups.id)
    .limit(most)
}

async function reportsOf(db: DbOrTx, userId: string): Promise<Leaving['reports']> {
  return db
    .select({ id: users.id, name: users.name })
    .from(users)
    .where(and(eq(users.managerId, userId), eq(users.state, 'activated')))
    .orderBy(users.name, users.id)
    .limit(most)
}

/** Steps that were theirs, from the log: the requests themselves name whoever came after. */
async function stepsOf(db: DbOrTx, userId: string, since: string): Promise<Leaving['steps']> {
  const { changes, timestamp, eventType, accessRequestId } = auditEvents
  const { id, flowId, flowName, requesterId, requesterName, status, record } = accessRequests
  const order = sql`split_part(${changes} #>> '{0,field}', '.', 2)::int`
  const now = sql<
    Leaving['steps'][number]['now']
  >`(select json_build_object('id', step #> '{approvers,0,id}', 'name', step #> '{approvers,0,name}')
    from jsonb_array_elements(${record} -> 'steps') as step
    where (step ->> 'order')::int = ${order} and step #> '{approvers,0}' is not null)`
  return db
    .select({
      requestId: id,
      flow: { id: flowId, name: flowName },
      requester: { id: requesterId, name: requesterName },
      status,
      at: timestamp,
      now,
    })
    .from(auditEvents)
    .innerJoin(accessRequests, eq(id, accessRequestId))
    .where(
      and(
        isAbout(userId),
        eq(eventType, 'access_management_access_request'),
        gte(timestamp, since),
        sql`${changes} #>> '{0,field}' like 'steps.%.approver'`,
      ),
    )
    .orderBy(desc(timestamp), desc(auditEvents.seq))
    .limit(most)
}

/** People who have left and still have something: access that is being taken away, or memberships to be decided about. */
export async function listLeavers(db: DbOrTx): Promise<Leavers['items']> {
  const openGrants = sql<number>`(select count(*)::int from ${grants} where ${and(eq(grants.userId, users.id), isNull(grants.endedAt))})`
  const given: SQL = sql`select ${groupMembers.groupId} from ${groupMembers} join ${userGroups} on ${and(eq(userGroups.id, groupMembers.groupId), isNotArchived)}
    where ${and(eq(groupMembers.userId, users.id), exists(flowsOfGroup(db)))}`
  const memberships = sql<number>`(select count(*)::int from (${given}) as given)`
  const left = db
    .select({
      id: users.id,
      name: users.name,
      email: users.email,
      since: users.suspendedAt,
      openGrants: openGrants.as('open_grants'),
      memberships: memberships.as('memberships'),
    })
    .from(users)
    .where(ne(users.state, 'activated'))
    .as('left_people')
  return db.select().from(left).where(sql`open_grants + memberships > 0`).orderBy(desc(left.since), left.id).limit(most)
}
