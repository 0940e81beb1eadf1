/** One commit of a grant: judged and written in one transaction. The row arbitrates, as for requests. */
import { and, eq } from 'drizzle-orm'
import type { Committed } from '../../../activities/index.ts'
import type { AuditEntry } from '../../domain/audit-entry.ts'
import {
  arbitrateGrant,
  type GrantEvent,
  type GrantMessage,
  type GrantProposal,
  type GrantVerdict,
} from '../../domain/grant/move.ts'
import type { AccessGrant } from '../../domain/grant/record.ts'
import { trustedOrRefused } from '../../domain/outside-message.ts'
import type { ActingUser } from '../../domain/request/facts.ts'
import { toRefusal } from '../../domain/shared/errors.ts'
import { isSameVersion } from '../../domain/shared/repair.ts'
import type { DbOrTx } from '../../platform/db/columns.ts'
import { queueMails } from '../../platform/mail/mail.repository.ts'
import type { MailIntent } from '../../platform/mail/mail.types.ts'
import type { AuditLog } from '../audit/audit.repository.ts'
import { readActor, readAdministrators } from '../directory/facts.repository.ts'
import { isHeldOtherwise } from '../memberships/memberships.repository.ts'
import { endedMail, endFailedMails, endingMail } from './grant-mails.repository.ts'
import { grantEntry, grantRefusalEntry, repairEntry } from './grants.audit.ts'
import { findGrant, lockGrant } from './grants.repository.ts'
import { grants } from './grants.table.ts'

export interface GrantCommitDeps {
  auditLog: Pick<AuditLog, 'within'>
  /** Whether signals count that nobody has sealed. */
  signalsInClear: boolean
  /** Whether the user finds the flow in their catalogue now. */
  isInCatalog: (tx: DbOrTx, about: { userId: string; flowId: string }) => Promise<boolean>
}

export type CommitGrant = (proposal: GrantProposal) => Promise<Committed<AccessGrant>>

/** What of a commit the mails and audit entries are made from. */
interface Happened {
  grant: AccessGrant
  actor: ActingUser | null
  at: string
  messageId: string
  /** Something else keeps the user in the group. */
  isHeld: boolean
  /** The user finds the flow in their catalogue. */
  canAskAgain: boolean
}

/** Judges what is proposed by what holds at this moment, and writes what comes of it, in one transaction. */
export async function commitGrant(
  db: DbOrTx,
  { auditLog, signalsInClear, isInCatalog }: GrantCommitDeps,
  proposed: GrantProposal,
): Promise<Committed<AccessGrant>> {
  const proposal = trustedOrRefused(proposed, signalsInClear)
  const { message, messageId, grant: known, at, isSignal } = proposal
  return auditLog.within(db, async (tx, record) => {
    const actor = await actorOf(tx, message)
    const locked = await lockGrant(tx, known)
    // A grant whose row was lost comes back with its request.
    if (!locked) throw new Error('the grant has no row yet')
    const { grant: stored, isActivated } = locked
    const verdict = arbitrateGrant(stored, proposal, { actor, isActivated })
    const { grant, events, refusal } = verdict
    if (grant.version > stored.version || events.length > 0) await write(tx, stored, verdict)
    if (events.length > 0) {
      const [isHeld, ender] = [await isHeldOtherwise(tx, grant), await enderOf(tx, grant, actor)]
      const canAskAgain = await isInCatalog(tx, { userId: grant.user.id, flowId: grant.flowId })
      const happened = { grant, actor: ender, at, messageId, isHeld, canAskAgain }
      await queueGrantMails(tx, events, happened)
      record(...events.flatMap((event) => entriesOf(event, happened)))
    }
    if (refusal && isSignal) record(grantRefusalEntry(grant, proposal, { actor, refusal }))
    return { stored: isSameVersion(grant, known) ? null : grant, refusal: refusal && toRefusal(refusal) }
  })
}

/** Notes in the audit log what was done about a grant that differed from its workflow. */
export async function recordRepair(
  db: DbOrTx,
  auditLog: Pick<AuditLog, 'within'>,
  { id, repair }: { id: string; repair: string },
): Promise<void> {
  await auditLog.within(db, async (tx, record) => {
    const grant = await findGrant(tx, id)
    if (grant) record(repairEntry(grant, repair))
  })
}

/** Whoever ends it now, or had it ended before its row was set back. */
async function enderOf(tx: DbOrTx, { end }: AccessGrant, actor: ActingUser | null): Promise<ActingUser | null> {
  if (!end?.by || end.by === actor?.id) return actor
  return readActor(tx, end.by)
}

async function queueGrantMails(tx: DbOrTx, events: readonly GrantEvent[], happened: Happened): Promise<void> {
  const mails: MailIntent[] = []
  for (const event of events) mails.push(...(await mailsOf(tx, event, happened)))
  await queueMails(tx, mails)
}

async function actorOf(tx: DbOrTx, message: GrantMessage): Promise<ActingUser | null> {
  return 'by' in message && message.type !== 'unreadable' ? readActor(tx, message.by) : null
}

async function write(tx: DbOrTx, stored: AccessGrant, { grant, events }: GrantVerdict): Promise<void> {
  const { expiresAt, version, carriedOut, end, endedAt, startedAt } = grant
  const failure = events.findLast((event) => event.type === 'not_ended')
  await tx
    .update(grants)
    .set({
      expiresAt,
      version,
      carriedOut,
      end,
      ...(endedAt && {
        endedAt: endedAt < startedAt ? startedAt : endedAt,
        endedById: end?.by ?? null,
        endError: null,
      }),
      ...(failure && { endError: failure.message }),
    })
    .where(and(eq(grants.id, grant.id), eq(grants.version, stored.version)))
}

async function mailsOf(tx: DbOrTx, event: GrantEvent, happened: Happened): Promise<MailIntent[]> {
  const { grant, isHeld, canAskAgain } = happened
  // Whoever is suspended is told nothing.
  if (event.type === 'ended') return isHeld || event.end.cause ? [] : [endedMail(grant, event.end, canAskAgain)]
  if (event.type === 'ending_soon') {
    // Of two that end soon, the mail about the later one is the one to send.
    const isLonger = isHeld && (await isHeldOtherwise(tx, grant, event.expiresAt))
    return isLonger ? [] : [endingMail(grant, event.expiresAt, canAskAgain)]
  }
  if (event.type === 'not_ended')
    return endFailedMails(tx, grant, { message: event.message, to: await readAdministrators(tx) })
  return []
}

function entriesOf(event: GrantEvent, { grant, actor, at, messageId, isHeld }: Happened): AuditEntry[] {
  const by = (id: string | null): AuditEntry['initiatedBy'] =>
    id ? { id, type: 'user', email: actor?.id === id ? actor.email : null } : { id: null, type: 'system', email: null }
  switch (event.type) {
    case 'ending_soon':
      return []
    case 'extended':
      return [
        grantEntry(grant, {
          sourceKey: `${grant.id}:extended:${event.until}`,
          eventType: 'access_management_association_change',
          timestamp: at,
          initiatedBy: by(event.by),
          changes: [{ field: 'expires_at', from: event.from, to: event.until }],
          origin: event.origin,
        }),
      ]
    case 'not_ended':
      return [
        grantEntry(grant, {
          sourceKey: `${grant.id}:end_failed:${messageId}`,
          eventType: 'access_management_access_revoked',
          timestamp: at,
          initiatedBy: by(null),
          success: false,
          errorMessage: event.message,
        }),
      ]
    case 'ended': {
      const { end } = event
      const membership = { groupId: grant.groupId, userId: grant.user.id }
      const changes = [
        { field: 'group_membership', from: membership, to: isHeld ? 'held otherwise' : null },
        ...(end.cause ? [{ field: 'cause', from: null, to: end.cause }] : []),
      ]
      const common = { timestamp: end.at, initiatedBy: by(end.by), changes, origin: end.origin }
      const revoked = grantEntry(grant, {
        ...common,
        sourceKey: `${grant.id}:ended`,
        eventType: 'access_management_access_revoked',
      })
      const taken = grantEntry(grant, {
        ...common,
        sourceKey: `${grant.id}:association`,
        eventType: 'access_management_association_change',
      })
      return isHeld ? [revoked] : [revoked, taken]
    }
  }
}
