/** Reads what a request needs to know of the directory: its requester and the people of every approver rule. */
import { eq, inArray, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { DbOrTx } from '../db/columns.ts'
import type { ApproverRule } from '../domain/access-request.ts'
import type { DirectoryFacts, DirectoryPerson, RuleFacts } from '../domain/approvers.ts'
import { userGroups } from '../groups/groups.table.ts'
import { membersOf } from '../groups/memberships.ts'
import { users } from '../users/users.table.ts'

const managers = alias(users, 'managers')
const person = { id: users.id, name: users.name, email: users.email, state: users.state }

interface PersonRow {
  id: string
  name: string
  email: string
  state: string
}

function toPerson({ id, name, email, state }: PersonRow): DirectoryPerson {
  return { id, name, email, activated: state === 'activated' }
}

async function readRequester(db: DbOrTx, id: string) {
  const manager = { id: managers.id, name: managers.name, email: managers.email, state: managers.state }
  const [row] = await db
    .select({ ...person, department: users.department, manager })
    .from(users)
    .leftJoin(managers, eq(managers.id, users.managerId))
    .where(eq(users.id, id))
  return row
}

async function readPeople(db: DbOrTx, ids: string[]): Promise<Map<string, DirectoryPerson>> {
  if (ids.length === 0) return new Map()
  const rows = await db.select(person).from(users).where(inArray(users.id, ids))
  return new Map(rows.map((row) => [row.id, toPerson(row)]))
}

async function readGroups(db: DbOrTx, ids: string[]): Promise<Map<string, RuleFacts>> {
  if (ids.length === 0) return new Map()
  const members = membersOf(db, ids).as('members')
  const rows = await db
    .select({ groupId: userGroups.id, groupName: userGroups.name, person })
    .from(userGroups)
    .leftJoin(members, eq(members.groupId, userGroups.id))
    .leftJoin(users, eq(users.id, members.userId))
    .where(inArray(userGroups.id, ids))
    .orderBy(users.name, users.id)
  const groups = new Map<string, RuleFacts>()
  for (const { groupId, groupName, person: member } of rows) {
    const group = groups.get(groupId) ?? { found: true, name: groupName, people: [] }
    if (member) group.people.push(toPerson(member))
    groups.set(groupId, group)
  }
  return groups
}

/** Every activated administrator, by name. */
export async function readAdministrators(db: DbOrTx): Promise<DirectoryPerson[]> {
  const rows = await db
    .select(person)
    .from(users)
    .where(sql`'admin' = any(${users.roles}) and ${users.state} = 'activated'`)
    .orderBy(users.name, users.id)
  return rows.map(toPerson)
}

/**
 * Locks what the facts are read from until the transaction ends, so that a change of the directory comes either
 * before this reading or after whatever is written from it.
 */
export async function lockDirectory(
  tx: DbOrTx,
  { requesterId, approvers }: { requesterId: string; approvers: readonly ApproverRule[] },
): Promise<void> {
  const people = [requesterId, ...approvers.flatMap(({ userId }) => userId ?? [])]
  const groups = approvers.flatMap(({ groupId }) => groupId ?? [])
  await tx.select({ id: users.id }).from(users).where(inArray(users.id, people)).orderBy(users.id).for('share')
  if (groups.length > 0)
    await tx
      .select({ id: userGroups.id })
      .from(userGroups)
      .where(inArray(userGroups.id, groups))
      .orderBy(userGroups.id)
      .for('share')
}

/** The facts for these approver rules and this requester. */
export async function readDirectoryFacts(
  db: DbOrTx,
  { requesterId, approvers }: { requesterId: string; approvers: readonly ApproverRule[] },
): Promise<DirectoryFacts> {
  const wantsAdministrators = approvers.some(({ kind }) => kind === 'administrator')
  const [requester, people, groups, administrators] = await Promise.all([
    readRequester(db, requesterId),
    readPeople(
      db,
      approvers.flatMap(({ userId }) => userId ?? []),
    ),
    readGroups(
      db,
      approvers.flatMap(({ groupId }) => groupId ?? []),
    ),
    wantsAdministrators ? readAdministrators(db) : [],
  ])
  const none: RuleFacts = { found: false, name: '', people: [] }
  const one = (found: DirectoryPerson | undefined): RuleFacts =>
    found ? { found: true, name: found.name, people: [found] } : none
  const manager = requester?.manager ? toPerson(requester.manager) : undefined
  const factsOf: Record<ApproverRule['kind'], (rule: ApproverRule) => RuleFacts> = {
    administrator: () => ({ found: true, name: 'Administrators', people: administrators }),
    manager: () => one(manager),
    resource_owner: ({ userId }) => one(people.get(userId ?? '')),
    user: ({ userId }) => one(people.get(userId ?? '')),
    user_group: ({ groupId }) => groups.get(groupId ?? '') ?? none,
  }
  return {
    requester: requester
      ? {
          id: requester.id,
          name: requester.name,
          email: requester.email,
          department: requester.department,
          manager: manager ? { id: manager.id, name: manager.name, email: manager.email } : null,
          activated: requester.state === 'activated',
        }
      : null,
    rules: approvers.map((rule) => factsOf[rule.kind](rule)),
  }
}
