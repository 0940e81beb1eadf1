/** What stands in the way of deleting a connector, and what only tells of it. */
import { and, eq, isNull, sql } from 'drizzle-orm'
import { DomainError } from '../../domain/shared/errors.ts'
import type { DbOrTx } from '../../platform/db/columns.ts'
import { isNotArchived, userGroups } from '../directory/groups/groups.table.ts'
import { approvalFlows } from '../flows/flows.table.ts'
import { grants } from '../grants/grants.table.ts'
import { toldMemberships } from '../memberships/memberships.table.ts'

const most = 10

async function usesOf(tx: DbOrTx, id: string) {
  const groups = await tx
    .select({ id: userGroups.id, name: userGroups.name })
    .from(userGroups)
    .where(and(eq(userGroups.connectorId, id), isNotArchived))
    .orderBy(userGroups.name, userGroups.id)
    .limit(most)
  const flows = await tx
    .select({ id: approvalFlows.id, name: approvalFlows.name })
    .from(approvalFlows)
    .where(and(eq(approvalFlows.connectorId, id), isNull(approvalFlows.deletedAt)))
    .orderBy(approvalFlows.name, approvalFlows.id)
    .limit(most)
  const openGrants = await tx.$count(grants, and(eq(grants.connectorId, id), isNull(grants.endedAt)))
  const people = await tx.$count(toldMemberships, eq(toldMemberships.connectorId, id))
  const [failed] = await tx
    .select({ error: toldMemberships.error })
    .from(toldMemberships)
    .where(and(eq(toldMemberships.connectorId, id), sql`${toldMemberships.error} is not null`))
    .limit(1)
  return { groups, flows, openGrants, people, error: failed?.error ?? null }
}

const listOf = (some: { name: string }[]) => some.map(({ name }) => `“${name}”`).join(', ')

/**
 * What gives access through it, whom it holds by grants, and who is still to be taken out there: each has to go first.
 * @throws DomainError `conflict` that names them
 */
export async function refuseWhileUsed(tx: DbOrTx, { id, name }: { id: string; name: string }): Promise<void> {
  const { groups, flows, openGrants, people, error } = await usesOf(tx, id)
  const givers = [
    ...(groups.length > 0 ? [`user groups (${listOf(groups)})`] : []),
    ...(flows.length > 0 ? [`approval flows (${listOf(flows)})`] : []),
  ]
  if (givers.length > 0)
    throw new DomainError(
      'conflict',
      `These give access through ${name}: ${givers.join(' and ')}. Choose another connector for them, or delete them, first.`,
      { current: 'in_use', groups, flows, openGrants },
    )
  if (openGrants > 0)
    throw new DomainError(
      'conflict',
      `${openGrants} open ${openGrants === 1 ? 'grant was' : 'grants were'} given through ${name}. Revoke them first: only through it can they be taken away.`,
      { current: 'people_there', openGrants },
    )
  if (people > 0)
    throw new DomainError(
      'conflict',
      `${people} ${people === 1 ? 'membership is' : 'memberships are'} still to be taken away at ${name}${error ? ` (${error})` : ''}. It is asked until it answers: have it answer, or give the connector the address of what answers in its place.`,
      { current: 'people_there', memberships: people },
    )
}

/** Whether ended access, deleted flows or archived groups name it. */
export async function isInHistory(tx: DbOrTx, id: string): Promise<boolean> {
  const names = sql<boolean>`exists (select 1 from ${grants} where connector_id = ${id})
    or exists (select 1 from ${approvalFlows} where connector_id = ${id})
    or exists (select 1 from ${userGroups} where connector_id = ${id})`
  const [row] = await tx.select({ names }).from(sql`(select 1) as one`)
  return row?.names ?? false
}
