/** Takes a request in: checks and row in one transaction, so that an answer means durable and visible. */
import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Origin } from '../../domain/request/messages.ts'
import type { AccessRequest } from '../../domain/request/record.ts'
import { submit } from '../../domain/request/submission.ts'
import { DomainError } from '../../domain/shared/errors.ts'
import type { DbOrTx } from '../../platform/db/columns.ts'
import { violatedConstraint } from '../../platform/db/violation.ts'
import type { AuditLog, RecordEntries } from '../audit/audit.repository.ts'
import { readFacts } from '../directory/facts.repository.ts'
import { approvalFlows, flowConnector } from '../flows/flows.table.ts'
import { readSettingsRow, type SettingsRow } from '../settings/settings.repository.ts'
import { auditEntriesOf } from './requests.audit.ts'
import { insertRequest, oneOpen } from './requests.repository.ts'
import { openStatusList } from './requests.table.ts'
import { refuseTooMany, takeTurn, usedUpColumns } from './submission-limits.repository.ts'

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

interface OpenRequest {
  id: string
  status: string
  createdAt: string
}

type Flow = typeof approvalFlows.$inferSelect

/** What stands for and against a new request, in one statement. The flow stays as it is until the transaction ends. */
async function readAdmission(tx: DbOrTx, input: SubmitInput, settings: SettingsRow) {
  const { id, approvalFlowId, requesterId, now } = input
  // Names are written out: Drizzle leaves the table away from columns where only one table is selected from.
  const isMember = sql`exists (select 1 from group_members m
      where m.user_id = ${requesterId} and m.group_id = any(approval_flows.visible_to_group_ids))
    or exists (select 1 from grants g
      where g.user_id = ${requesterId} and g.group_id = any(approval_flows.visible_to_group_ids) and g.ended_at is null)`
  const [row] = await tx
    .select({
      flow: approvalFlows,
      isVisible: sql<boolean>`cardinality(approval_flows.visible_to_group_ids) = 0 or ${isMember}`,
      // Access without an end need not be asked for again; timed access may be extended by a new request. A membership
      // through another connected system than the flow's is other access.
      grantedSince: sql<string | null>`least(
        (select m.created_at from group_members m join user_groups ug on ug.id = m.group_id
          where m.group_id = approval_flows.group_id and m.user_id = ${requesterId}
            and ug.connector_id is not distinct from ${flowConnector}),
        (select min(g.started_at) from grants g where g.user_id = ${requesterId}
          and g.group_id = approval_flows.group_id and g.ended_at is null and g.expires_at is null
          and g.connector_id is not distinct from ${flowConnector}))`,
      known: sql<AccessRequest | null>`(select r.state from access_requests r where r.id = ${id})`,
      open: sql<OpenRequest | null>`(
        select json_build_object('id', r.id, 'status', r.status, 'createdAt', r.created_at) from access_requests r
        where r.requester_id = ${requesterId} and r.flow_id = approval_flows.id
          and r.status in (${openStatusList}))`,
      ...usedUpColumns({ requesterId, now }, settings),
    })
    .from(approvalFlows)
    .where(and(eq(approvalFlows.id, approvalFlowId), isNull(approvalFlows.deletedAt)))
    .for('share', { of: approvalFlows })
  return row
}

type Admission = NonNullable<Awaited<ReturnType<typeof readAdmission>>>

/** @throws DomainError `not_found`, `flow_closed`, `forbidden`, `already_granted`, `already_requested` or `too_many_requests` */
function refuseUnlessAdmitted(
  admission: Admission | undefined,
  { requestsEnabled }: SettingsRow,
  now: string,
): asserts admission is Admission {
  if (!admission?.isVisible) throw new DomainError('not_found', 'There is no such approval flow for you.')
  const { flow, grantedSince: since, open } = admission
  if (!flow.enabled)
    throw new DomainError('flow_closed', 'This approval flow is switched off; nothing can be asked of it now.', {
      current: 'disabled',
    })
  if (!requestsEnabled) throw new DomainError('forbidden', 'Access requests are switched off at the moment.')
  if (since) throw alreadyGranted(new Date(since).toISOString())
  if (open) throw alreadyRequested(open)
  refuseTooMany(admission, now)
}

function alreadyGranted(since: string): DomainError {
  return new DomainError('already_granted', `You already have this access, since ${since}.`, {
    current: 'granted',
    since,
  })
}

function alreadyRequested({ id, status, createdAt }: OpenRequest): DomainError {
  const asked = new Date(createdAt).toISOString()
  return new DomainError(
    'already_requested',
    `You have asked for this already, on ${asked}; that request is still open.`,
    {
      current: status,
      accessRequestId: id,
    },
  )
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

async function take(tx: DbOrTx, input: SubmitInput, record: RecordEntries): Promise<AccessRequest> {
  // What is counted has to be read by a later statement: one sees what others had committed when it began.
  const [, settings] = await Promise.all([takeTurn(tx, input.requesterId), readSettingsRow(tx)])
  const admission = await readAdmission(tx, input, settings)
  if (admission?.known) return admission.known
  refuseUnlessAdmitted(admission, settings, input.now)
  const flow = snapshotOf(admission.flow)
  const facts = await readFacts(tx, { flow, requesterId: input.requesterId }, { lock: 'all' })
  const { request, events } = submit({ ...input, flow, held: facts.target.held }, facts)
  await insertRequest(tx, request, events)
  record(...auditEntriesOf(request, events))
  return request
}

/**
 * Durable and in the queue when it resolves. The same id again gives the same request.
 * @throws DomainError `not_found`, `flow_closed`, `already_granted`, `already_requested`, `forbidden`, `too_many_requests` or
 *   `invalid_input`
 */
export async function submitRequest(
  db: DbOrTx,
  auditLog: Pick<AuditLog, 'within'>,
  input: SubmitInput,
): Promise<AccessRequest> {
  const attempt = () => auditLog.within(db, (tx, record) => take(tx, input, record))
  try {
    return await attempt()
  } catch (error) {
    // Asked twice at the same moment: this time the other one is seen.
    if (violatedConstraint(error) !== oneOpen) throw error
    return attempt()
  }
}
