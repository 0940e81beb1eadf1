/** Who is in which group: direct members, and everyone an open grant holds there. */
import { and, eq, inArray, isNull, type SQL } from 'drizzle-orm'
import { union } from 'drizzle-orm/pg-core'
import type { DbOrTx } from '../db/columns.ts'
import { grants } from '../grants/grants.table.ts'
import { groupMembers } from '../groups/groups.table.ts'

function pairs(db: DbOrTx, where: { direct: SQL | undefined; granted: SQL | undefined }) {
  const direct = db
    .select({ groupId: groupMembers.groupId, userId: groupMembers.userId })
    .from(groupMembers)
    .where(where.direct)
  const granted = db
    .select({ groupId: grants.groupId, userId: grants.userId })
    .from(grants)
    .where(and(isNull(grants.endedAt), where.granted))
  return union(direct, granted)
}

/** (groupId, userId) of these groups, each pair once. */
export function membersOf(db: DbOrTx, groupIds: string[]) {
  return pairs(db, { direct: inArray(groupMembers.groupId, groupIds), granted: inArray(grants.groupId, groupIds) })
}

/** (groupId, userId) of this user, each pair once. */
export function membershipsOf(db: DbOrTx, userId: string) {
  return pairs(db, { direct: eq(groupMembers.userId, userId), granted: eq(grants.userId, userId) })
}
