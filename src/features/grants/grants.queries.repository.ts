/** Reads grants. */
import { and, eq, isNotNull, isNull, or, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Db } from '../../platform/db/client.ts'
import { decodeCursor } from '../../platform/http/cursor.ts'
import type { Page } from '../../platform/http/page.ts'
import { toPage } from '../../platform/http/page.ts'
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

export function createGrantQueries({ db }: { db: Db }) {
  const select = () =>
    db
      .select(columns)
      .from(grants)
      .innerJoin(users, eq(users.id, grants.userId))
      .innerJoin(approvalFlows, eq(approvalFlows.id, grants.flowId))
      .innerJoin(userGroups, eq(userGroups.id, grants.groupId))
      .leftJoin(enders, eq(enders.id, grants.endedById))

  function searching(q: string | undefined) {
    if (!q) return undefined
    const pattern = `%${q.replaceAll(/[\\%_]/g, '\\$&')}%`
    return or(
      sql`${users.name} ilike ${pattern}`,
      sql`${approvalFlows.name} ilike ${pattern}`,
      sql`${userGroups.name} ilike ${pattern}`,
    )
  }

  return {
    async list({ state, timed, userId, q, sort, limit, cursor }: GrantsQuery): Promise<Page<GrantView>> {
      const after = decodeCursor(sort, cursor)
      const isDescending = sort.startsWith('-')
      const comparison = sql.raw(isDescending ? '<' : '>')
      const direction = sql.raw(isDescending ? 'desc' : 'asc')
      const rows = await select()
        .where(
          and(
            state === 'active' ? isNull(grants.endedAt) : isNotNull(grants.endedAt),
            timed === undefined ? undefined : timed ? isNotNull(grants.expiresAt) : isNull(grants.expiresAt),
            userId ? eq(grants.userId, userId) : undefined,
            searching(q),
            after
              ? sql`(${grants.startedAt}, ${grants.id}) ${comparison} (${after.value}::timestamptz, ${after.id}::uuid)`
              : undefined,
          ),
        )
        .orderBy(sql`${grants.startedAt} ${direction}, ${grants.id} ${direction}`)
        .limit(limit + 1)
      return toPage(rows, {
        limit,
        sort,
        cursorOf: (row) => ({ value: row.startedAt, id: row.id }),
        present: (row) => row,
      })
    },

    async find(id: string): Promise<GrantView | undefined> {
      const [row] = await select().where(eq(grants.id, id))
      return row
    },
  }
}

export type GrantQueries = ReturnType<typeof createGrantQueries>
