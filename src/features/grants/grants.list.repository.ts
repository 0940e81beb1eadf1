/** Grants as they are shown, in pages. */
import { and, eq, ilike, isNotNull, isNull, or } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { DbOrTx } from '../../platform/db/columns.ts'
import { containing, keyset, type Slice } from '../../platform/db/keyset.ts'
import { userGroups } from '../directory/groups/groups.table.ts'
import { users } from '../directory/users/users.table.ts'
import { approvalFlows } from '../flows/flows.table.ts'
import type { GrantsQuery, GrantView } from './grants.schemas.ts'
import { grants } from './grants.table.ts'

const enders = alias(users, 'enders')

const columns = {
  id: grants.id,
  accessRequestId: grants.accessRequestId,
  user: { id: users.id, name: users.name, email: users.email },
  approvalFlow: { id: approvalFlows.id, name: approvalFlows.name },
  group: { id: userGroups.id, name: userGroups.name },
  startedAt: grants.startedAt,
  expiresAt: grants.expiresAt,
  endedAt: grants.endedAt,
  endedBy: { id: enders.id, name: enders.name },
  endError: grants.endError,
}

const select = (db: DbOrTx) =>
  db
    .select(columns)
    .from(grants)
    .innerJoin(users, eq(users.id, grants.userId))
    .innerJoin(approvalFlows, eq(approvalFlows.id, grants.flowId))
    .innerJoin(userGroups, eq(userGroups.id, grants.groupId))
    .leftJoin(enders, eq(enders.id, grants.endedById))

function matches(q: string) {
  const pattern = containing(q)
  return or(ilike(users.name, pattern), ilike(approvalFlows.name, pattern), ilike(userGroups.name, pattern))
}

type GrantFilter = Omit<GrantsQuery, 'sort' | 'limit' | 'cursor'>

/** Up to `limit` grants of one page. */
export async function listGrants(
  db: DbOrTx,
  { state, timed, userId, q, sort, after, limit }: GrantFilter & Slice,
): Promise<GrantView[]> {
  const page = keyset({ startedAt: grants.startedAt }, grants.id, { sort, after })
  return select(db)
    .where(
      and(
        state === 'active' ? isNull(grants.endedAt) : isNotNull(grants.endedAt),
        timed === undefined ? undefined : timed ? isNotNull(grants.expiresAt) : isNull(grants.expiresAt),
        userId ? eq(grants.userId, userId) : undefined,
        q ? matches(q) : undefined,
        page.where,
      ),
    )
    .orderBy(...page.orderBy)
    .limit(limit)
}

/** One grant as it is shown. */
export async function findGrantView(db: DbOrTx, id: string): Promise<GrantView | undefined> {
  const [row] = await select(db).where(eq(grants.id, id))
  return row
}
