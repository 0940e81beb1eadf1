/** Direct members of groups: put in and taken out through the group's connector, and only then recorded. */
import pLimit from 'p-limit'
import { membershipEntry } from '../../domain/membership-entry.ts'
import type { Operation } from '../../domain/operation.ts'
import { ConnectorError } from '../../domain/shared/connector-error.ts'
import { DomainError } from '../../domain/shared/errors.ts'
import { refuseManaged } from '../../domain/shared/managed.ts'
import type { DbOrTx } from '../../platform/db/columns.ts'
import { queueMails } from '../../platform/mail/mail.repository.ts'
import type { MailRecipient } from '../../platform/mail/mail.types.ts'
import type { AuditLog } from '../audit/audit.repository.ts'
import type { Connector, MembershipChange } from '../connectors/connector.ts'
import type { Membership } from '../directory/groups/groups.schemas.ts'
import { memberAddedMails } from './members.mails.ts'
import {
  countRemoval,
  deleteMember,
  holdsOf,
  insertMember,
  isGivenByFlow,
  lockMembership,
  type MembershipIds,
  type MembershipSubject,
  subjectOf,
} from './memberships.repository.ts'
import { changeAbout } from './provisioning.ts'
import { createTell, type Target } from './telling.ts'
import { leaveUnsure } from './told.repository.ts'

export interface MembersDeps {
  db: DbOrTx
  auditLog: Pick<AuditLog, 'within'>
  /** Of `features/connectors`; null is the directory itself. */
  connectorFor: (connectorId: string | null) => Promise<Connector | null>
  /** Who hears that somebody was put into a group that an approval flow gives. */
  administrators: (tx: DbOrTx) => Promise<MailRecipient[]>
}

/** What is to be changed, under its lock. @throws DomainError `not_found`, `conflict` (managed by a source) */
async function load(tx: DbOrTx, operation: Operation, ids: MembershipIds): Promise<MembershipSubject> {
  await lockMembership(tx, ids)
  const { group, person } = await subjectOf(tx, ids)
  if (!group) throw new DomainError('not_found', 'There is no such user group.')
  if (!person) throw new DomainError('not_found', 'There is no such user.')
  refuseManaged(operation, group, 'change its members')
  return { group, person }
}

type Holders = Awaited<ReturnType<typeof holdsOf>>['grants']

/** Whether a grant holds them at the group's own system. One through another system, or that is being taken away, does not. */
function isHeldThrough({ group }: MembershipSubject, grants: Holders): boolean {
  return grants.some(({ connectorId, isEnding }) => connectorId === group.connectorId && !isEnding)
}

function changeOf(
  verb: 'add' | 'remove' | 'restore',
  subject: MembershipSubject,
  { operationId }: Operation,
): MembershipChange {
  const key = `member-${verb}/${subject.group.id}/${subject.person.id}/${operationId}`
  return changeAbout(subject, { key, accessRequestId: null, grantId: null })
}

/**
 * Whoever is not activated has nothing at a connected system. A source goes on saying who is in its groups, and a member who
 * is yet to come is put in when they are activated: both are recorded without a word to the system.
 * @throws DomainError `conflict` for who is suspended
 */
function isToBeTold({ group, person }: MembershipSubject, { sourceId }: Operation): boolean {
  if (person.state === 'activated' || group.connectorId === null) return true
  if (person.state === 'suspended' && !sourceId)
    throw new DomainError(
      'conflict',
      `${person.name} is suspended, and ${group.name} is given at a connected system: activate ${person.name} first.`,
      { current: 'suspended' },
    )
  return false
}

/**
 * @param current what the user is when the connected system does not do it
 * @throws DomainError `connector_refused` or `connector_unavailable`, with the connector's own words
 */
async function through(current: 'member' | 'not_member', run: () => Promise<void>): Promise<void> {
  try {
    await run()
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    const { message, retryable, retryAfterMs = usualRetryMs } = error
    if (!retryable) throw new DomainError('connector_refused', message, { current }, { cause: error })
    const retryAfter = Math.max(1, Math.ceil(retryAfterMs / 1000))
    throw new DomainError('connector_unavailable', message, { current, retryAfter }, { cause: error })
  }
}

const entryOf = (operation: Operation, { group, person }: MembershipSubject, verb: 'add' | 'remove') =>
  membershipEntry(operation, { group, members: [person], verb, key: person.id })

/** The system of a group. @throws DomainError `conflict` when it is another one than before the change began */
type ConnectorOf = (subject: MembershipSubject) => Target | null

/** What a system was told of somebody who is put in. */
interface ToldOf {
  change: MembershipChange
  target: Target
  connectorOf: ConnectorOf
}

/**
 * A system may take its time. What does not hold any more when it has answered is taken back there.
 * @throws DomainError what the change would be refused for now
 */
const createLookAgain =
  (db: DbOrTx) =>
  async (tx: DbOrTx, operation: Operation, { change, target, connectorOf }: ToldOf): Promise<void> => {
    const ids = { groupId: change.group.id, userId: change.user.id }
    const takeBack = () => leaveUnsure(db, { ...ids, connectorId: target.connectorId }, change)
    try {
      const subject = await load(tx, operation, ids)
      connectorOf(subject)
      if (!isToBeTold(subject, operation)) await takeBack()
    } catch (error) {
      await takeBack()
      throw error
    }
  }

/** Changes that wait for a slow target keep a database connection each: the others are needed by everybody else. */
const changesAtOnce = 3
/** When a target that does not answer may be asked again, unless it says so itself. */
const usualRetryMs = 5000

/**
 * Direct changes of one membership come one at a time; the lock is kept while the connector is called.
 * @throws DomainError `not_found`, `membership_held`, `conflict` (managed by a source, or the connector was changed meanwhile),
 *   `connector_refused` or `connector_unavailable` (then nothing was recorded)
 */
export function createMembers({ db, auditLog, connectorFor, administrators }: MembersDeps) {
  const inTurn = pLimit(changesAtOnce)
  const tell = createTell(db)
  const lookAgain = createLookAgain(db)

  /** Looked up before the transaction, which has one connection only and must not wait for a second one. */
  async function prepare(ids: MembershipIds): Promise<ConnectorOf> {
    const connectorId = (await subjectOf(db, ids)).group?.connectorId ?? null
    const found = await connectorFor(connectorId).then(
      (connector) => ({ connector }),
      (error: unknown) => ({ error }),
    )
    return ({ group }) => {
      if (group.connectorId !== connectorId)
        throw new DomainError('conflict', `The connector of ${group.name} was just changed. Try again.`, {
          current: 'connector_changed',
        })
      if ('error' in found) throw found.error
      return found.connector && connectorId ? { connectorId, connector: found.connector } : null
    }
  }

  /** @param current what the user is when the connected system does not do it */
  async function tellTarget(
    verb: 'add' | 'remove',
    target: Target | null,
    { change, current }: { change: MembershipChange; current: 'member' | 'not_member' },
  ): Promise<void> {
    if (target) await through(current, () => tell(verb, { ...target, change }))
  }

  return {
    /** Before anything waits for a second administrator. @throws DomainError `conflict` (managed by a source, or suspended) */
    async refuseEarly(operation: Operation, ids: MembershipIds): Promise<void> {
      const { group, person } = await subjectOf(db, ids)
      if (group) refuseManaged(operation, group, 'change its members')
      if (group && person) isToBeTold({ group, person }, operation)
    },

    add: (operation: Operation, ids: MembershipIds): Promise<Membership> =>
      inTurn(async () => {
        const connectorOf = await prepare(ids)
        return auditLog.within(db, async (tx, record) => {
          const subject = await load(tx, operation, ids)
          const { isDirect, grants } = await holdsOf(tx, ids)
          const membership = { ...ids, member: true, direct: true, heldByGrantIds: grants.map(({ id }) => id) }
          if (isDirect) return membership
          const current = grants.length > 0 ? 'member' : 'not_member'
          const change = changeOf('add', subject, operation)
          if (isToBeTold(subject, operation)) {
            const target = connectorOf(subject)
            await tellTarget('add', target, { change, current })
            if (target) await lookAgain(tx, operation, { change, target, connectorOf })
          }
          await insertMember(tx, ids)
          if (await isGivenByFlow(tx, ids.groupId))
            await queueMails(tx, memberAddedMails(operation, subject, await administrators(tx)))
          record(entryOf(operation, subject, 'add'))
          return membership
        })
      }),

    /** @returns what is left of the membership: still a member when open grants hold it */
    remove: (operation: Operation, ids: MembershipIds): Promise<Membership> =>
      inTurn(async () => {
        const connectorOf = await prepare(ids)
        const { subject, wasHeld } = await auditLog.within(db, async (tx, record) => {
          const subject = await load(tx, operation, ids)
          const { isDirect, grants } = await holdsOf(tx, ids)
          if (!isDirect) throw notDirect(subject, grants)
          if (!isHeldThrough(subject, grants)) {
            const change = changeOf('remove', subject, operation)
            // Whoever is not activated is taken out at the system in any case, when it answers (`settling.ts`).
            if (subject.person.state === 'activated')
              await tellTarget('remove', connectorOf(subject), { change, current: 'member' })
            await countRemoval(tx, ids)
          }
          await deleteMember(tx, ids)
          record(entryOf(operation, subject, 'remove'))
          return { subject, wasHeld: isHeldThrough(subject, grants) }
        })
        const { grants } = await holdsOf(db, ids)
        // A grant may have begun while the target was told to take the user out.
        if (!wasHeld && isHeldThrough(subject, grants))
          await tellTarget('add', connectorOf(subject), {
            change: changeOf('restore', subject, operation),
            current: 'member',
          })
        return { ...ids, member: grants.length > 0, direct: false, heldByGrantIds: grants.map(({ id }) => id) }
      }),
  }
}

export type Members = ReturnType<typeof createMembers>

function notDirect({ group, person }: MembershipSubject, grants: { id: string; flowName: string }[]): DomainError {
  if (grants.length === 0) return new DomainError('not_found', `${person.name} is not in ${group.name}.`)
  const flows = [...new Set(grants.map(({ flowName }) => `“${flowName}”`))].join(', ')
  return new DomainError(
    'membership_held',
    `${person.name} is in ${group.name} by access granted through ${flows}. Revoke it instead.`,
    { current: 'held', heldByGrantIds: grants.map(({ id }) => id) },
  )
}
