/** One commit of a request: judged and written in one transaction. The row arbitrates (`domain/request/arbiter.ts`). */
import { and, eq } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import type { Committed } from '../../../activities/index.ts'
import { trustedOrRefused } from '../../domain/outside-message.ts'
import { arbitrate, type Proposal, type Verdict } from '../../domain/request/arbiter.ts'
import type { FourEyes } from '../../domain/request/four-eyes.ts'
import type { Message } from '../../domain/request/messages.ts'
import { type AccessRequest, type ChangingFields, changingFieldsOf, type Grant } from '../../domain/request/record.ts'
import { toRefusal } from '../../domain/shared/errors.ts'
import { isSameVersion } from '../../domain/shared/repair.ts'
import type { DbOrTx } from '../../platform/db/columns.ts'
import { violatedConstraint } from '../../platform/db/violation.ts'
import type { AuditLog } from '../audit/audit.repository.ts'
import { readFacts } from '../directory/facts.repository.ts'
import { grants } from '../grants/grants.table.ts'
import { lockMembership } from '../memberships/memberships.repository.ts'
import { auditEntriesOf, refusalEntry, repairEntry } from './requests.audit.ts'
import { findRequest, oneOpen, queueRequestMails, rowOf } from './requests.repository.ts'
import { accessRequests } from './requests.table.ts'

export interface CommitDeps {
  auditLog: Pick<AuditLog, 'within'>
  /** Whether signals count that nobody has sealed. */
  signalsInClear: boolean
  /** What becomes of a decision by somebody whose account the requester has lately made, promoted or reset. */
  fourEyes: FourEyes
}

/** One commit of a request. Done again with the same message id, it changes nothing and says the same. */
export type CommitRequest = (proposal: Proposal) => Promise<Committed<ChangingFields>>

function actorOf(message: Message): string | null {
  return 'by' in message && message.type !== 'unreadable' ? message.by : null
}

async function judge(
  tx: DbOrTx,
  proposal: Proposal,
  fourEyes: FourEyes,
): Promise<{ stored: AccessRequest | null; verdict: Verdict }> {
  const { request, message, at } = proposal
  // Who records that another system has given access must see who was taken out there meanwhile.
  if (message.type === 'given')
    await lockMembership(tx, { groupId: request.flow.groupId, userId: request.requester.id })
  const about = { flow: request.flow, requesterId: request.requester.id }
  const isThis = eq(accessRequests.id, request.id)
  const [facts, [row]] = await Promise.all([
    readFacts(tx, about, { actorId: actorOf(message), fourEyes }),
    tx.select({ record: accessRequests.record }).from(accessRequests).where(isThis).for('update'),
  ])
  const stored = row?.record ?? null
  return { stored, verdict: arbitrate(stored, proposal, { facts, at, grantId: uuidv7() }) }
}

async function write(tx: DbOrTx, stored: AccessRequest | null, { request, events }: Verdict): Promise<void> {
  await Promise.all([
    stored ? overwrite(tx, request, stored.version) : tx.insert(accessRequests).values(rowOf(request, true)),
    request.grant && !stored?.grant && insertGrant(tx, request, request.grant),
    queueRequestMails(tx, request, events),
  ])
}

async function overwrite(tx: DbOrTx, request: AccessRequest, version: number): Promise<void> {
  const isBefore = and(eq(accessRequests.id, request.id), eq(accessRequests.version, version))
  const { id } = accessRequests
  const written = await tx.update(accessRequests).set(rowOf(request, true)).where(isBefore).returning({ id })
  if (written.length === 0) throw new Error('the row has changed under its lock')
}

async function insertGrant(tx: DbOrTx, { id, flow, requester }: AccessRequest, grant: Grant): Promise<void> {
  await tx
    .insert(grants)
    .values({
      id: grant.id,
      accessRequestId: id,
      flowId: flow.id,
      userId: requester.id,
      groupId: flow.groupId,
      connectorId: grant.connectorId,
      startedAt: grant.startedAt,
      expiresAt: grant.expiresAt,
    })
    .onConflictDoNothing({ target: grants.accessRequestId })
}

/** Judges what is proposed by what holds at this moment, and writes what comes of it, in one transaction. */
export async function commitRequest(
  db: DbOrTx,
  { auditLog, signalsInClear, fourEyes }: CommitDeps,
  proposed: Proposal,
): Promise<Committed<ChangingFields>> {
  const attempt = (proposal: Proposal) =>
    auditLog.within(db, async (tx, record) => {
      const { stored, verdict } = await judge(tx, proposal, fourEyes)
      const { request, events, refusal } = verdict
      if (request.version > (stored?.version ?? 0)) {
        await write(tx, stored, verdict)
        record(...auditEntriesOf(request, events))
      }
      if (refusal && proposal.isSignal) record(refusalEntry(request, proposal, refusal))
      const isKnown = isSameVersion(request, proposal.request)
      return { stored: isKnown ? null : changingFieldsOf(request), refusal: refusal && toRefusal(refusal) }
    })
  const proposal = trustedOrRefused(proposed, signalsInClear)
  try {
    return await attempt(proposal)
  } catch (error) {
    if (violatedConstraint(error) !== oneOpen) throw error
    // The row was lost, and the same person has asked for the same again since: the newer request stays.
    return attempt({ ...proposal, message: { type: 'superseded' }, messageId: `${proposal.messageId}/superseded` })
  }
}

/** Notes in the audit log what was done about a request that differed from its workflow. */
export async function recordRepair(
  db: DbOrTx,
  auditLog: Pick<AuditLog, 'within'>,
  { id, repair }: { id: string; repair: string },
): Promise<void> {
  await auditLog.within(db, async (tx, record) => {
    const request = await findRequest(tx, id)
    if (request) record(repairEntry(request, repair))
  })
}
