/** Rows that requests would have left, for tests of what looks at them. */
import { v7 as uuidv7 } from 'uuid'
import type { AccessRequest, RequestStatus } from '../../src/domain/request/record.ts'
import { grants } from '../../src/features/grants/grants.table.ts'
import { accessRequests } from '../../src/features/requests/requests.table.ts'
import type { DbOrTx } from '../../src/platform/db/columns.ts'

interface Asked {
  flow: { id: string; name: string; groupId: string }
  user: { id: string; name: string; email: string }
}

/** A row of the queue without a workflow. @returns its id */
export async function aRequestRow(
  db: DbOrTx,
  { flow, user }: Asked,
  status: RequestStatus = 'pending',
): Promise<string> {
  const id = uuidv7()
  const now = new Date().toISOString()
  await db.insert(accessRequests).values({
    id,
    version: 1,
    status,
    queue: 'administrator',
    approvalType: 'manual',
    flowId: flow.id,
    flowName: flow.name,
    requesterId: user.id,
    requesterName: user.name,
    createdAt: now,
    updatedAt: now,
    record: { id, reason: 'because', carriedOut: [], askedConnectors: [] } as unknown as AccessRequest,
  })
  return id
}

/** An open grant, or one that has ended. @returns its id and that of its request */
export async function aGrantRow(
  db: DbOrTx,
  { flow, user }: Asked,
  {
    expiresAt = null,
    endedAt = null,
    ...more
  }: Partial<Pick<typeof grants.$inferInsert, 'expiresAt' | 'endedAt' | 'connectorId' | 'end'>> = {},
) {
  const id = uuidv7()
  const accessRequestId = uuidv7()
  await db.insert(grants).values({
    id,
    accessRequestId,
    flowId: flow.id,
    userId: user.id,
    groupId: flow.groupId,
    startedAt: '2026-01-01T00:00:00.000Z',
    expiresAt,
    endedAt,
    ...more,
  })
  return { id, accessRequestId }
}
