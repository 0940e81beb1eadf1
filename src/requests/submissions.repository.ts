/** Takes a request in: checks and row in one transaction, so that an answer means durable and visible. */
import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { Db } from '../db/client.ts'
import type { DbOrTx } from '../db/columns.ts'
import { readFacts } from '../directory/directory-facts.repository.ts'
import type { AccessRequest } from '../domain/access-request.ts'
import { DomainError } from '../domain/errors.ts'
import type { Origin } from '../domain/messages.ts'
import { submit } from '../domain/submission.ts'
import { approvalFlows } from '../flows/flows.table.ts'
import { grants } from '../grants/grants.table.ts'
import { groupMembers, userGroups } from '../groups/groups.table.ts'
import { membershipsOf } from '../groups/memberships.ts'
import { settings } from '../settings/settings.table.ts'
import type { RequestsRepository } from './requests.repository.ts'
import { accessRequests } from './requests.table.ts'

export interface SubmitInput {
  id: string
  requesterId: string
  approvalFlowId: string
  reason: string
  requestedDuration: string | null
  /** ISO-8601 */
  expiry: string
  /** RFC 3339; when it is submitted. */
  now: string
  origin?: Origin | undefined
}

type Flow = typeof approvalFlows.$inferSelect & { groupConnectorId: string | null }

async function lockFlow(tx: DbOrTx, { approvalFlowId, requesterId }: SubmitInput): Promise<Flow> {
  const [row] = await tx
    .select({ flow: approvalFlows, groupConnectorId: userGroups.connectorId })
    .from(approvalFlows)
    .innerJoin(userGroups, eq(userGroups.id, approvalFlows.groupId))
    .where(and(eq(approvalFlows.id, approvalFlowId), isNull(approvalFlows.deletedAt)))
    .for('share', { of: approvalFlows })
  if (!row || !(await isVisible(tx, row.flow, requesterId)))
    throw new DomainError('not_found', 'There is no such approval flow for you.')
  if (!row.flow.enabled)
    throw new DomainError('flow_closed', 'This approval flow is switched off; nothing can be asked of it now.', {
      current: 'disabled',
    })
  return { ...row.flow, groupConnectorId: row.groupConnectorId }
}

async function isVisible(tx: DbOrTx, flow: typeof approvalFlows.$inferSelect, userId: string): Promise<boolean> {
  if (flow.visibleToGroupIds.length === 0) return true
  const mine = await membershipsOf(tx, userId)
  return mine.some(({ groupId }) => flow.visibleToGroupIds.includes(groupId))
}

async function refuseWhenSwitchedOff(tx: DbOrTx): Promise<void> {
  const [row] = await tx.select({ requestsEnabled: settings.requestsEnabled }).from(settings)
  if (row?.requestsEnabled === false)
    throw new DomainError('forbidden', 'Access requests are switched off at the moment.')
}

/** Access without an end need not be asked for again; timed access may be extended by a new request. */
async function refuseWhenGranted(tx: DbOrTx, { requesterId }: SubmitInput, { groupId }: Flow): Promise<void> {
  const [direct] = await tx
    .select({ since: groupMembers.createdAt })
    .from(groupMembers)
    .where(and(eq(groupMembers.groupId, groupId), eq(groupMembers.userId, requesterId)))
  const [granted] = await tx
    .select({ since: grants.startedAt })
    .from(grants)
    .where(
      and(
        eq(grants.userId, requesterId),
        eq(grants.groupId, groupId),
        isNull(grants.endedAt),
        isNull(grants.expiresAt),
      ),
    )
  const since = direct?.since ?? granted?.since
  if (since)
    throw new DomainError('already_granted', `You already have this access, since ${since}.`, {
      current: 'granted',
      since,
    })
}

async function refuseWhenRequested(tx: DbOrTx, { requesterId, approvalFlowId }: SubmitInput): Promise<void> {
  const [open] = await tx
    .select({ id: accessRequests.id, status: accessRequests.status, createdAt: accessRequests.createdAt })
    .from(accessRequests)
    .where(
      and(
        eq(accessRequests.requesterId, requesterId),
        eq(accessRequests.flowId, approvalFlowId),
        inArray(accessRequests.status, ['pending', 'missing_data', 'error']),
      ),
    )
  if (!open) return
  throw new DomainError(
    'already_requested',
    `You have asked for this already, on ${open.createdAt}; that request is still open.`,
    {
      current: open.status,
      accessRequestId: open.id,
    },
  )
}

function isUniqueViolation(error: unknown): boolean {
  const { code, constraint_name } = (error as { cause?: { code?: string; constraint_name?: string } }).cause ?? {}
  return code === '23505' && constraint_name === 'access_requests_one_open'
}

function snapshotOf(flow: Flow) {
  const { id, name, description, color, logoUrl, groupId, approvers, durations, approvalType, approvalRequirement } =
    flow
  return {
    id,
    name,
    description,
    color,
    logoUrl,
    groupId,
    approvers,
    durations,
    approvalType,
    approvalRequirement,
  }
}

export function createSubmissions({ db, requests }: { db: Db; requests: RequestsRepository }) {
  async function take(tx: DbOrTx, input: SubmitInput): Promise<AccessRequest> {
    const flow = await lockFlow(tx, input)
    await refuseWhenSwitchedOff(tx)
    await refuseWhenGranted(tx, input, flow)
    await refuseWhenRequested(tx, input)
    const snapshot = snapshotOf(flow)
    const facts = await readFacts(tx, { flow: snapshot, requesterId: input.requesterId }, { lock: 'all' })
    const { request, events } = submit({ ...input, flow: snapshot }, facts)
    await requests.insert(tx, request, events)
    return request
  }

  return {
    /**
     * Durable and in the queue when it resolves.
     * @throws DomainError `not_found`, `flow_closed`, `already_granted`, `already_requested`, `forbidden` or `invalid_input`
     */
    async submit(input: SubmitInput): Promise<AccessRequest> {
      try {
        return await db.transaction((tx) => take(tx, input))
      } catch (error) {
        if (!isUniqueViolation(error)) throw error
        await refuseWhenRequested(db, input)
        throw error
      }
    },

    /** Is the flow closed by now? For starting workflows late. */
    async closedCause(flowId: string): Promise<'deleted' | 'disabled' | null> {
      const [flow] = await db
        .select({ enabled: approvalFlows.enabled, deletedAt: approvalFlows.deletedAt })
        .from(approvalFlows)
        .where(eq(approvalFlows.id, flowId))
      if (!flow || flow.deletedAt) return 'deleted'
      return flow.enabled ? null : 'disabled'
    },

    /** True when no user, flow or request was ever made: a database to put demo data into. */
    async isEmpty(): Promise<boolean> {
      const [row] = await db.select({ count: sql<number>`count(*)::int` }).from(accessRequests)
      return (row?.count ?? 0) === 0
    },
  }
}

export type Submissions = ReturnType<typeof createSubmissions>
