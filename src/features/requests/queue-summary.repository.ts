/** Reads what a row of the queue shows, without whole records. */
import { eq, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { approversIn, type CurrentPerson, stepsWithPeople } from '../../domain/request/people.ts'
import type { PendingGrant, Step } from '../../domain/request/record.ts'
import { type DbOrTx, idArray, isAmongIds } from '../../platform/db/columns.ts'
import { builtOnce } from '../../platform/db/prepared.ts'
import { users } from '../directory/users/users.table.ts'
import { approvalFlows } from '../flows/flows.table.ts'
import { idsOfPage, type QueueSlice } from './queue.filter.repository.ts'
import { addCurrentPeople } from './requests.people.repository.ts'
import type { RequestFilter } from './requests.schemas.ts'
import { accessRequests } from './requests.table.ts'

const requester = alias(users, 'requester')
/** The parts of a record, taken out of it at once: each way into it costs as much as all of them together. */
const parts = sql`jsonb_to_record(${accessRequests.record})
  as part(flow jsonb, requester jsonb, steps jsonb, provisioning jsonb, decision jsonb,
    "approvalRequirement" text, reason text)`
/** As much of a reason as a line holds. */
export const reasonLength = 200

const byIds = builtOnce((db) =>
  db
    .select({
      id: accessRequests.id,
      version: accessRequests.version,
      status: accessRequests.status,
      queue: accessRequests.queue,
      approvalType: accessRequests.approvalType,
      createdAt: accessRequests.createdAt,
      requesterName: accessRequests.requesterName,
      flowName: accessRequests.flowName,
      expiresAt: accessRequests.expiresAt,
      started: accessRequests.started,
      isFlowClosed: sql<boolean>`${approvalFlows.deletedAt} is not null or ${approvalFlows.enabled} is not true`,
      flowId: accessRequests.flowId,
      color: sql<string | null>`part.flow ->> 'color'`,
      logoUrl: sql<string | null>`part.flow ->> 'logoUrl'`,
      requesterId: accessRequests.requesterId,
      name: sql<string>`coalesce(${requester.name}, part.requester ->> 'name')`,
      department: sql<
        string | null
      >`case when ${requester.id} is null then part.requester ->> 'department' else ${requester.department} end`,
      approvalRequirement: sql<'any' | 'all' | 'sequential'>`part."approvalRequirement"`,
      steps: sql<Step[]>`part.steps`,
      provisioning: sql<PendingGrant | null>`nullif(part.provisioning, 'null')`,
      reason: sql<string>`left(part.reason, ${sql.raw(String(reasonLength))})`,
      override: sql<boolean | null>`(part.decision ->> 'override')::boolean`,
    })
    .from(accessRequests)
    .leftJoin(approvalFlows, eq(approvalFlows.id, accessRequests.flowId))
    .leftJoin(requester, eq(requester.id, accessRequests.requesterId))
    .crossJoinLateral(parts)
    .where(isAmongIds(accessRequests.id))
    .prepare('summaries_by_id'),
)

export type SummaryRow = Awaited<ReturnType<ReturnType<typeof byIds>['execute']>>[number]

/** What up to `limit` rows of one page of the queue show. */
export async function listSummaries(db: DbOrTx, filter: RequestFilter, slice: QueueSlice): Promise<SummaryRow[]> {
  const ids = await idsOfPage(db, filter, slice)
  const rows = await byIds(db).execute({ ids: idArray(ids) })
  const people = new Map<string, CurrentPerson>()
  await addCurrentPeople(
    db,
    rows.flatMap(({ steps }) => approversIn(steps)),
    people,
  )
  const found = new Map(rows.map((row) => [row.id, { ...row, steps: stepsWithPeople(row.steps, people) }]))
  return ids.flatMap((id) => found.get(id) ?? [])
}
