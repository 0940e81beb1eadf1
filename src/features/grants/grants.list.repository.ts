/**
 * Grants as they are shown, in pages. A search asks for names that may change, so it looks for the people, flows and groups of
 * such names, whether a grant that comes in the order of the list is one of theirs, or what grants they have.
 */
import { type AnyColumn, and, eq, isNotNull, isNull, or, type SQL, sql } from 'drizzle-orm'
import { type AnyPgTable, alias } from 'drizzle-orm/pg-core'
import { type DbOrTx, idList, rowsOf } from '../../platform/db/columns.ts'
import { keyset, type Slice } from '../../platform/db/keyset.ts'
import { findOnTheWay, merged } from '../../platform/db/rare.ts'
import { folded, hasWord, isBeginningOfId, rarestOf, wordsOf } from '../../platform/db/search.ts'
import { userGroups } from '../directory/groups/groups.table.ts'
import { users } from '../directory/users/users.table.ts'
import { approvalFlows } from '../flows/flows.table.ts'
import { accessRequests } from '../requests/requests.table.ts'
import type { GrantsQuery, GrantView } from './grants.schemas.ts'
import { grants } from './grants.table.ts'

const enders = alias(users, 'enders')

const decider = sql`${accessRequests.record} #> '{decision,by}'`

const columns = {
  id: grants.id,
  accessRequestId: grants.accessRequestId,
  user: { id: users.id, name: users.name, email: users.email },
  approvalFlow: { id: approvalFlows.id, name: approvalFlows.name },
  group: { id: userGroups.id, name: userGroups.name },
  givenBy: sql<{ id: string; name: string } | null>`case when ${decider} ->> 'id' is null then null
    else json_build_object('id', ${decider} -> 'id', 'name', ${decider} -> 'name') end`,
  reason: sql<string | null>`${accessRequests.record} ->> 'reason'`,
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
    .leftJoin(accessRequests, eq(accessRequests.id, grants.accessRequestId))

/** Whom and what a word finds by name, and the column of a grant that says whose it is. */
function namedLike(word: string) {
  const idsOf = (table: AnyPgTable, id: AnyColumn, text: AnyColumn | SQL) =>
    sql`select ${id} from ${table} where ${hasWord(text, word)}`
  return [
    { column: grants.userId, ids: idsOf(users, users.id, users.searchText) },
    { column: grants.flowId, ids: idsOf(approvalFlows, approvalFlows.id, folded(approvalFlows.name)) },
    { column: grants.groupId, ids: idsOf(userGroups, userGroups.id, folded(userGroups.name)) },
  ]
}

/** Grants whose own id, or that of their request, begins with the word. */
const isNumbered = (word: string) => or(isBeginningOfId(grants.id, word), isBeginningOfId(grants.accessRequestId, word))

/** Whether a grant has the word. */
const hasNamed = (word: string) =>
  or(...namedLike(word).map(({ column, ids }) => sql`${column} in (${ids})`), isNumbered(word))

type GrantFilter = Omit<GrantsQuery, 'sort' | 'limit' | 'cursor'>

interface GrantSlice extends Slice {
  /** How many grants are looked at on the way; tests shorten it. */
  stretch?: number | undefined
}

/** Ids of the grants of one page, in order. */
async function idsOf(
  db: DbOrTx,
  { state, timed, userId, q }: GrantFilter,
  { stretch, ...slice }: GrantSlice,
): Promise<string[]> {
  const page = keyset({ startedAt: grants.startedAt }, grants.id, slice)
  const order = sql.join(page.orderBy, sql`, `)
  const isChosen = and(state === 'active' ? isNull(grants.endedAt) : isNotNull(grants.endedAt), page.where)
  // As the orders of the list are kept.
  const kinds = [isNotNull(grants.expiresAt), isNull(grants.expiresAt)].filter((_, place) => timed !== (place === 1))
  const words = wordsOf(q ?? '')
  const isFound = and(...words.map(hasNamed))
  const firstAmong = async (found: SQL) => {
    const rows = await rowsOf<{ id: string }>(
      db,
      sql`with found as materialized (${found}) select id from found as grants order by ${order} limit ${slice.limit}`,
    )
    return rows.map(({ id }) => id)
  }
  const chosen = (...more: (SQL | undefined)[]) =>
    sql`select id, started_at from ${grants} where ${and(isChosen, or(...kinds), ...more)}`
  if (userId) return firstAmong(chosen(eq(grants.userId, userId), isFound))
  // The first grants of each of those that are named so, from an index of each; of them, those with the other words.
  const byIndex = async () => {
    const rarest = await rarestOf(db, words, (word) =>
      sql.join(
        namedLike(word).map(({ ids }) => ids),
        sql` union all `,
      ),
    )
    const hasOthers = and(...words.filter((word) => word !== rarest).map(hasNamed))
    const parts = namedLike(rarest).map(
      ({ column, ids }) => sql`select g.id, g.started_at from (${ids}) as one(id)
        cross join lateral (${chosen(sql`${column} = one.id`, hasOthers)} order by ${order} limit ${slice.limit}) as g`,
    )
    const numbered = isNumbered(rarest)
    return firstAmong(sql.join([...parts, ...(numbered ? [chosen(numbered, hasOthers)] : [])], sql` union `))
  }
  const looked = sql.raw('id, access_request_id, started_at, user_id, flow_id, group_id')
  const ofEach = kinds.map((kind) => sql`select ${looked} from ${grants} where ${and(isChosen, kind)}`)
  const as = sql`grants`
  return findOnTheWay(
    db,
    {
      inOrder: (limit) => merged(ofEach, { as, order, limit }),
      as,
      isWanted: isFound,
      key: sql`id`,
      limit: slice.limit,
      byIndex,
    },
    stretch,
  )
}

/** Up to `limit` grants of one page. */
export async function listGrants(
  db: DbOrTx,
  { sort, after, limit, stretch, ...filter }: GrantFilter & GrantSlice,
): Promise<GrantView[]> {
  const ids = await idsOf(db, filter, { sort, after, limit, stretch })
  const { orderBy } = keyset({ startedAt: grants.startedAt }, grants.id, { sort })
  return select(db)
    .where(sql`${grants.id} = any(${idList(ids)})`)
    .orderBy(...orderBy)
}

/** One grant as it is shown. */
export async function findGrantView(db: DbOrTx, id: string): Promise<GrantView | undefined> {
  const [row] = await select(db).where(eq(grants.id, id))
  return row
}
