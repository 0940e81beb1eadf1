/** Applications, the groups they are bound to, and who has them. */
import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm'
import { unionAll } from 'drizzle-orm/pg-core'
import type { DbOrTx } from '../../../platform/db/columns.ts'
import { asWords, keyset, type Slice } from '../../../platform/db/keyset.ts'
import { folded, isSearched } from '../../../platform/db/search.ts'
import { approvalFlows } from '../../flows/flows.table.ts'
import { grants } from '../../grants/grants.table.ts'
import { groupMembers } from '../../memberships/memberships.table.ts'
import { isNotArchived, userGroups } from '../groups/groups.table.ts'
import type { MyApplication } from './applications.schemas.ts'
import { applicationGroups, applications } from './applications.table.ts'

type Via = MyApplication['via'][number]
type ApplicationValues = typeof applications.$inferInsert

const view = {
  id: applications.id,
  name: applications.name,
  url: applications.url,
  logoUrl: applications.logoUrl,
  color: applications.color,
  createdAt: applications.createdAt,
  updatedAt: applications.updatedAt,
  groupIds: sql<
    string[]
  >`array(select ${applicationGroups.groupId} from ${applicationGroups} where ${applicationGroups.applicationId} = ${applications.id} order by ${applicationGroups.groupId})`,
}

/** What an application is found by. There are few: no index serves it. */
const searched = folded(sql`${applications.name} || ' ' || ${applications.url}`)

interface ApplicationFilter extends Slice {
  q?: string | undefined
  groupId?: string | undefined
}

/** Up to `limit` applications of one page. */
export async function listApplications(db: DbOrTx, { q, groupId, sort, after, limit }: ApplicationFilter) {
  const page = keyset({ name: asWords(applications.name), createdAt: applications.createdAt }, applications.id, {
    sort,
    after,
  })
  const ofGroup = db
    .select({ id: applicationGroups.applicationId })
    .from(applicationGroups)
    .where(eq(applicationGroups.groupId, groupId ?? ''))
  return db
    .select(view)
    .from(applications)
    .where(
      and(
        q ? isSearched(searched, q, applications.id) : undefined,
        groupId ? inArray(applications.id, ofGroup) : undefined,
        page.where,
      ),
    )
    .orderBy(...page.orderBy)
    .limit(limit)
}

export async function findApplication(db: DbOrTx, id: string) {
  const [application] = await db.select(view).from(applications).where(eq(applications.id, id))
  return application
}

export type ApplicationView = NonNullable<Awaited<ReturnType<typeof findApplication>>>

export async function lockApplication(tx: DbOrTx, id: string): Promise<ApplicationView | undefined> {
  await tx.select({ id: applications.id }).from(applications).where(eq(applications.id, id)).for('update')
  return findApplication(tx, id)
}

/** Which of these groups exist, kept from going away until the transaction ends. */
export async function lockGroups(tx: DbOrTx, ids: string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const rows = await tx
    .select({ id: userGroups.id })
    .from(userGroups)
    .where(and(inArray(userGroups.id, ids), isNotArchived))
    .orderBy(userGroups.id)
    .for('key share')
  return new Set(rows.map(({ id }) => id))
}

/** False when an application of this id is there already. */
export async function insertApplication(tx: DbOrTx, application: ApplicationValues): Promise<boolean> {
  const rows = await tx
    .insert(applications)
    .values(application)
    .onConflictDoNothing({ target: applications.id })
    .returning({ id: applications.id })
  return rows.length > 0
}

export async function updateApplication(tx: DbOrTx, id: string, change: Partial<ApplicationValues>): Promise<void> {
  await tx
    .update(applications)
    .set({ ...change, updatedAt: sql`now()` })
    .where(eq(applications.id, id))
}

export async function bindGroups(tx: DbOrTx, applicationId: string, groupIds: string[]): Promise<void> {
  await tx.delete(applicationGroups).where(eq(applicationGroups.applicationId, applicationId))
  if (groupIds.length > 0)
    await tx.insert(applicationGroups).values(groupIds.map((groupId) => ({ applicationId, groupId })))
}

export async function deleteApplication(tx: DbOrTx, id: string): Promise<void> {
  await tx.delete(applications).where(eq(applications.id, id))
}

/** The applications a user has, by name, with what gives them and until when. */
export async function findApplicationsOf(db: DbOrTx, userId: string): Promise<MyApplication[]> {
  const direct = db
    .select({
      groupId: groupMembers.groupId,
      grantId: sql<string | null>`null::uuid`.as('grant_id'),
      until: sql<string | null>`null::timestamptz`.as('until'),
      approvalFlow: sql<Via['approvalFlow']>`null::json`.as('approval_flow'),
    })
    .from(groupMembers)
    .where(eq(groupMembers.userId, userId))
  const granted = db
    .select({
      groupId: grants.groupId,
      grantId: sql<string | null>`${grants.id}`.as('grant_id'),
      until: sql<string | null>`${grants.expiresAt}`.as('until'),
      approvalFlow: sql<Via['approvalFlow']>`json_build_object('id', ${approvalFlows.id}, 'name', ${approvalFlows.name},
        'isOpen', ${approvalFlows.enabled} and ${approvalFlows.deletedAt} is null)`.as('approval_flow'),
    })
    .from(grants)
    .innerJoin(approvalFlows, eq(approvalFlows.id, grants.flowId))
    .where(and(eq(grants.userId, userId), isNull(grants.endedAt)))
  const holds = unionAll(direct, granted).as('holds')
  const { id, name, url, logoUrl, color } = view
  const rows = await db
    .select({
      ...{ id, name, url, logoUrl, color },
      ...{ groupId: holds.groupId, grantId: holds.grantId, until: holds.until, approvalFlow: holds.approvalFlow },
    })
    .from(applications)
    .innerJoin(applicationGroups, eq(applicationGroups.applicationId, applications.id))
    .innerJoin(holds, eq(holds.groupId, applicationGroups.groupId))
    .orderBy(asc(applications.name), asc(applications.id), asc(holds.groupId), asc(holds.grantId))
  const found = new Map<string, MyApplication>()
  for (const { groupId, grantId, until: end, approvalFlow, ...application } of rows) {
    const until = end === null ? null : new Date(end).toISOString()
    const via = { groupId, grantId, approvalFlow, until }
    const known = found.get(application.id)
    if (!known) found.set(application.id, { ...application, until, via: [via] })
    else found.set(application.id, { ...known, until: later(known.until, until), via: [...known.via, via] })
  }
  return [...found.values()]
}

/** Null is without an end. */
function later(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return null
  return a > b ? a : b
}
