/** The directory's users in Postgres. */
import { and, desc, eq, gt, gte, inArray, isNull, lte, or, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { DomainError } from '../../../domain/shared/errors.ts'
import { fieldProblem } from '../../../domain/shared/field-errors.ts'
import { type DbOrTx } from '../../../platform/db/columns.ts'
import { asWords, keyset, type Slice } from '../../../platform/db/keyset.ts'
import { isSearched } from '../../../platform/db/search.ts'
import { violatedConstraint } from '../../../platform/db/violation.ts'
import { approvalFlows } from '../../flows/flows.table.ts'
import { grants } from '../../grants/grants.table.ts'
import { membershipsOf } from '../../memberships/memberships.repository.ts'
import { groupMembers } from '../../memberships/memberships.table.ts'
import { userGroups } from '../groups/groups.table.ts'
import { managedByColumns } from '../sources/sources.repository.ts'
import { peopleSources } from '../sources/sources.table.ts'
import type { PasswordKind, UserState } from './users.table.ts'
import { users } from './users.table.ts'

export type UserRow = Omit<typeof users.$inferSelect, 'searchText' | 'personText'>
export type UserChange = Partial<Omit<UserRow, 'id' | 'createdAt' | 'updatedAt'>>

const managers = alias(users, 'managers')
const view = {
  id: users.id,
  name: users.name,
  email: users.email,
  department: users.department,
  jobTitle: users.jobTitle,
  managerId: users.managerId,
  state: users.state,
  roles: users.roles,
  password: sql<PasswordKind>`case when ${users.passwordHash} is null then 'none'
    when ${users.mustChangePassword} then 'initial' else 'own' end`,
  createdAt: users.createdAt,
  updatedAt: users.updatedAt,
  manager: { id: managers.id, name: managers.name, email: managers.email },
  managedBy: managedByColumns,
}

interface UserFilter extends Slice {
  q?: string | undefined
  /** Words of name and address only. */
  person?: string | undefined
  state?: UserState[] | undefined
  role?: string | undefined
  managerId?: string | undefined
}

/** Up to `limit` users of one page. */
export async function listUsers(db: DbOrTx, { q, person, state, role, managerId, sort, after, limit }: UserFilter) {
  const page = keyset({ name: asWords(users.name), email: users.email, createdAt: users.createdAt }, users.id, {
    sort,
    after,
  })
  return db
    .select(view)
    .from(users)
    .leftJoin(managers, eq(managers.id, users.managerId))
    .leftJoin(peopleSources, eq(peopleSources.id, users.sourceId))
    .where(
      and(
        q ? isSearched(users.searchText, q, users.id) : undefined,
        person ? isSearched(users.personText, person) : undefined,
        state?.length ? inArray(users.state, state) : undefined,
        role ? sql`${role} = any(${users.roles})` : undefined,
        managerId ? eq(users.managerId, managerId) : undefined,
        page.where,
      ),
    )
    .orderBy(...page.orderBy)
    .limit(limit)
}

export async function findUser(db: DbOrTx, id: string) {
  const [user] = await db
    .select(view)
    .from(users)
    .leftJoin(managers, eq(managers.id, users.managerId))
    .leftJoin(peopleSources, eq(peopleSources.id, users.sourceId))
    .where(eq(users.id, id))
  return user
}

export type UserView = NonNullable<Awaited<ReturnType<typeof findUser>>>

/** Groups the user is in, with what holds them there. */
export async function groupsOf(db: DbOrTx, userId: string) {
  const memberships = membershipsOf(db, userId).as('memberships')
  return db
    .select({
      id: userGroups.id,
      name: userGroups.name,
      direct: sql<boolean>`exists (select 1 from ${groupMembers} where ${groupMembers.groupId} = ${userGroups.id} and ${groupMembers.userId} = ${userId})`,
      grantIds: sql<
        string[]
      >`array(select ${grants.id} from ${grants} where ${grants.groupId} = ${userGroups.id} and ${grants.userId} = ${userId} and ${grants.endedAt} is null order by ${grants.id})`,
    })
    .from(memberships)
    .innerJoin(userGroups, eq(userGroups.id, memberships.groupId))
    .orderBy(userGroups.name, userGroups.id)
}

const grantColumns = {
  accessRequestId: grants.accessRequestId,
  flow: { id: approvalFlows.id, name: approvalFlows.name },
  group: { id: userGroups.id, name: userGroups.name },
  startedAt: grants.startedAt,
  expiresAt: grants.expiresAt,
}

export async function openGrantsOf(db: DbOrTx, userId: string) {
  return db
    .select({ id: grants.id, ...grantColumns })
    .from(grants)
    .innerJoin(approvalFlows, eq(approvalFlows.id, grants.flowId))
    .innerJoin(userGroups, eq(userGroups.id, grants.groupId))
    .where(and(eq(grants.userId, userId), isNull(grants.endedAt)))
    .orderBy(grants.startedAt, grants.id)
}

/** Access that ended because they were suspended, the last time they were; the latest first. */
export async function endedBySuspension(db: DbOrTx, userId: string) {
  return db
    .select(grantColumns)
    .from(grants)
    .innerJoin(users, eq(users.id, grants.userId))
    .innerJoin(approvalFlows, eq(approvalFlows.id, grants.flowId))
    .innerJoin(userGroups, eq(userGroups.id, grants.groupId))
    .where(
      and(
        eq(grants.userId, userId),
        lte(grants.startedAt, users.suspendedAt),
        gte(grants.endedAt, users.suspendedAt),
        or(isNull(grants.expiresAt), gt(grants.expiresAt, users.suspendedAt)),
      ),
    )
    .orderBy(desc(grants.startedAt), grants.id)
    .limit(200)
}

/** Hands on what is not about an address. @throws DomainError `conflict` when the e-mail address is taken */
export function refuseTakenAddress(error: unknown): never {
  const constraint = violatedConstraint(error)
  if (constraint === 'users_email_unique') {
    throw new DomainError(
      'conflict',
      'A user with this e-mail address exists already.',
      { current: 'taken', errors: [{ path: 'email', ...fieldProblem('taken', 'is taken') }] },
      { cause: error },
    )
  }
  if (constraint === 'users_user_name_unique') {
    throw new DomainError(
      'conflict',
      'A user who is called this at their people source exists already.',
      { current: 'taken', errors: [{ path: 'email', ...fieldProblem('taken', 'is taken') }] },
      { cause: error },
    )
  }
  if (constraint === 'users_external_unique') {
    throw new DomainError(
      'conflict',
      'The source has another user of this external id already.',
      { current: 'taken', errors: [{ path: 'externalId', ...fieldProblem('taken', 'is taken') }] },
      { cause: error },
    )
  }
  throw error
}

/** False when a user of this id is there already. @throws DomainError `conflict` when the e-mail address is taken */
export async function insertUser(tx: DbOrTx, user: typeof users.$inferInsert): Promise<boolean> {
  const rows = await tx
    .insert(users)
    .values(user)
    .onConflictDoNothing({ target: users.id })
    .returning({ id: users.id })
    .catch(refuseTakenAddress)
  return rows.length > 0
}

/** @throws DomainError `conflict` when the e-mail address is taken */
export async function updateUser(tx: DbOrTx, id: string, change: UserChange): Promise<void> {
  await tx
    .update(users)
    .set({ ...change, updatedAt: sql`now()` })
    .where(eq(users.id, id))
    .catch(refuseTakenAddress)
}

/** Locks the user, in one ordered statement with every activated administrator when `withAdministrators`. */
export async function lockUser(tx: DbOrTx, id: string, { withAdministrators }: { withAdministrators: boolean }) {
  const isActiveAdministrator = sql`('admin' = any(${users.roles}) and ${users.state} = 'activated')`
  const rows = await tx
    .select({ id: users.id, isActiveAdministrator: sql<boolean>`${isActiveAdministrator}` })
    .from(users)
    .where(withAdministrators ? or(eq(users.id, id), isActiveAdministrator) : eq(users.id, id))
    .orderBy(users.id)
    .for('no key update')
  const [user] = await tx.select().from(users).where(eq(users.id, id))
  return { user, otherAdministrators: rows.filter((row) => row.id !== id && row.isActiveAdministrator).length }
}

const managerChart = 4_714_854

/** One change of the reporting lines at a time, so that two of them cannot close a loop together. */
export async function lockManagerChart(tx: DbOrTx): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(${managerChart})`)
}

/** The manager, their manager and so on, nearest first. Ends at the top, or where the line meets itself. */
export async function managersAbove(tx: DbOrTx, managerId: string): Promise<{ id: string; name: string }[]> {
  const line: { id: string; name: string }[] = []
  const seen = new Set<string>()
  for (let next: string | null = managerId; next && !seen.has(next); ) {
    const [row]: { id: string; name: string; managerId: string | null }[] = await tx
      .select({ id: users.id, name: users.name, managerId: users.managerId })
      .from(users)
      .where(eq(users.id, next))
    if (!row) break
    seen.add(row.id)
    line.push({ id: row.id, name: row.name })
    next = row.managerId
  }
  return line
}

const firstAdministrator = 4_714_855

/** True while no user has the role. Other processes that ask wait until the transaction ends. */
export async function lacksAdministrator(tx: DbOrTx): Promise<boolean> {
  await tx.execute(sql`select pg_advisory_xact_lock(${firstAdministrator})`)
  const [found] = await tx.select({ id: users.id }).from(users).where(sql`'admin' = any(${users.roles})`).limit(1)
  return !found
}

export async function findUserByEmail(tx: DbOrTx, email: string) {
  const [user] = await tx.select().from(users).where(eq(users.email, email))
  return user
}
