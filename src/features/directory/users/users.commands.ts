/** Changes of the directory's users, with the rules that hold there. Each write and its audit entry are one transaction. */

import { mayUse } from '../../../domain/abilities.ts'
import type { AuditChange } from '../../../domain/audit-entry.ts'
import {
  actsIn,
  fieldsOf,
  isActiveAdministrator,
  isSameAddress,
  losesRole,
  managerLoop,
  ownManager,
  refuseLastAdministrator,
  unknownManager,
} from '../../../domain/directory/people.ts'
import type { Operation } from '../../../domain/operation.ts'
import { auditOf, changesBetween } from '../../../domain/operation.ts'
import { DomainError, invalidInput } from '../../../domain/shared/errors.ts'
import { fieldProblem } from '../../../domain/shared/field-errors.ts'
import type { DbOrTx } from '../../../platform/db/columns.ts'
import { queueMails } from '../../../platform/mail/mail.repository.ts'
import type { MailRecipient } from '../../../platform/mail/mail.types.ts'
import { needsUtf8Problem } from '../../../platform/net/mail-address.ts'
import type { AuditLog } from '../../audit/audit.repository.ts'
import { findManager } from '../sources/sources.repository.ts'
import { noteAccountAct } from './account-acts.repository.ts'
import { addressChangedMails, administratorMadeMails } from './users.mails.ts'
import { type FromSource, refuseManagedFields, refuseMovingAdministrator, withMasteryOf } from './users.managed.ts'
import type { UserChange, UserRow, UserView } from './users.repository.ts'
import { findUser, insertUser, lockManagerChart, lockUser, managersAbove, updateUser } from './users.repository.ts'
import type { CreateUser, UpdateUser } from './users.schemas.ts'

export interface UsersDeps {
  db: DbOrTx
  auditLog: Pick<AuditLog, 'within'>
  /** Password to PHC string. @throws DomainError `invalid_input` at `path` for one that its owner must not have */
  hashNewPassword: (password: string, owner: { name: string; email: string }, path: string) => Promise<string>
  /** Whether mail can go to this address; the mail server is asked about one beyond ASCII. @throws Error when it cannot be */
  takesAddress: (address: string) => Promise<boolean>
  /** Whether somebody who is not known at the identity provider yet would come to have the account by its address. */
  comesByAddress: (tx: DbOrTx, userId: string) => Promise<boolean>
  /** The role of administrator is given or taken here, and not by a claim of the identity provider (any more). */
  forgetClaimedRole: (tx: DbOrTx, userId: string) => Promise<unknown>
  /** Ends every session and API token of a user. */
  endCredentialsOf: (tx: DbOrTx, userId: string) => Promise<unknown>
  /** Who hears that somebody was made an administrator. */
  administrators: (tx: DbOrTx) => Promise<MailRecipient[]>
  /** Ends every link to set a password that was mailed to a user. */
  endLinksOf: (tx: DbOrTx, userId: string) => Promise<unknown>
}

/** That a password was set is recorded, its value never is. */
function passwordSet(change: { passwordHash?: string | null | undefined }): AuditChange[] {
  return change.passwordHash ? [{ field: 'password', from: null, to: null }] : []
}

function resourceOf(user: { id: string; name: string }) {
  return { type: 'user', id: user.id, name: user.name }
}

async function refuseManager(tx: DbOrTx, user: { id: string; name: string }, managerId: string): Promise<void> {
  if (managerId === user.id) throw invalidInput('managerId', ownManager)
  await lockManagerChart(tx)
  const line = await managersAbove(tx, managerId)
  if (line.length === 0) throw invalidInput('managerId', unknownManager)
  const end = line.findIndex(({ id }) => id === user.id)
  if (end === -1) return
  const names = [user.name, ...line.slice(0, end + 1).map(({ name }) => name)]
  throw invalidInput('managerId', managerLoop(names))
}

function mayDemote({ state, roles }: UserChange): boolean {
  return (state !== undefined && state !== 'activated') || (roles !== undefined && !roles.includes('admin'))
}

function changeOf({ roles, ...rest }: UpdateUser & Omit<FromSource, 'refuseUnless'>): UserChange {
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined))
  return { ...given, ...(roles ? { roles: [...new Set(roles)] } : {}) }
}

/** @throws DomainError as the rules of each command say */
export function createUsers(deps: UsersDeps) {
  const { db, auditLog, hashNewPassword, endCredentialsOf, endLinksOf } = deps

  async function tellOfAdministrator(tx: DbOrTx, operation: Operation, person: MailRecipient): Promise<void> {
    await queueMails(tx, administratorMadeMails(operation, person, await deps.administrators(tx)))
  }

  /** @throws DomainError `invalid_input` for an address that the mail server takes no mail for, or cannot be asked about */
  async function checkAddress(email: string): Promise<void> {
    const takes = await deps.takesAddress(email).catch(() => null)
    if (takes) return
    const problem =
      takes === null ? `${needsUtf8Problem}; it cannot be asked now: try again in a moment` : needsUtf8Problem
    throw invalidInput('email', fieldProblem('invalid', problem))
  }

  /** A password that somebody else has chosen is changed at the first sign-in, unless they say otherwise. */
  async function firstPassword({ password, mustChangePassword = true, ...owner }: CreateUser): Promise<UserChange> {
    if (password === undefined) return {}
    return { passwordHash: await hashNewPassword(password, owner, 'password'), mustChangePassword }
  }

  /** What follows from a change that is written: credentials and links end, people are told. */
  /**
   * Links to set a password go to the address, and the identity provider finds people by it the first time: who changes it
   * can come to have the account.
   */
  async function refuseMoving(tx: DbOrTx, { actor, sourceId }: Operation, user: UserRow): Promise<void> {
    if (sourceId || mayUse(actor, 'credentials.write')) return
    const isAtStake = user.passwordHash !== null || user.roles.length > 0 || (await deps.comesByAddress(tx, user.id))
    if (!isAtStake) return
    throw new DomainError(
      'forbidden',
      'No API token may change the address of an administrator, or of somebody who signs in with a password or by that address: sign in.',
    )
  }

  async function settle(tx: DbOrTx, operation: Operation, { before, after }: { before: UserRow; after: UserRow }) {
    if (losesRole(before, after)) await endCredentialsOf(tx, before.id)
    const isChangedRole = before.roles.includes('admin') !== after.roles.includes('admin')
    if (isChangedRole && !operation.isByProvider) await deps.forgetClaimedRole(tx, before.id)
    for (const act of actsIn(before, after))
      await noteAccountAct(tx, { actorId: operation.actor.id, userId: before.id, act })
    if (isActiveAdministrator(after) && !isActiveAdministrator(before)) await tellOfAdministrator(tx, operation, after)
    if (isSameAddress(before, after)) return
    await endLinksOf(tx, before.id)
    await queueMails(tx, addressChangedMails(operation, { name: after.name, from: before.email, to: after.email }))
  }

  return {
    /** @throws DomainError `conflict` (e-mail address taken) or `invalid_input` (address, manager, password) */
    async create(operation: Operation, input: CreateUser & Omit<FromSource, 'refuseUnless'>): Promise<UserView> {
      const { password: _, mustChangePassword: __, ...fields } = input
      await checkAddress(input.email)
      const first = await firstPassword(input)
      return auditLog.within(db, async (tx, record) => {
        const user = {
          state: 'activated' as const,
          roles: [],
          ...changeOf(fields),
          ...first,
          name: input.name,
          email: input.email,
          ...(operation.sourceId ? { sourceId: operation.sourceId } : {}),
          id: operation.operationId,
        }
        if (user.managerId) await refuseManager(tx, user, user.managerId)
        const isNew = await insertUser(tx, user)
        const made = await findUser(tx, user.id)
        if (!made) throw new Error('the user just made is gone')
        if (isNew) {
          const changes = [...changesBetween(null, fieldsOf(user)), ...passwordSet(first)]
          await noteAccountAct(tx, { actorId: operation.actor.id, userId: made.id, act: 'made' })
          if (isActiveAdministrator(made)) await tellOfAdministrator(tx, operation, made)
          record(auditOf(operation, { eventType: 'user_create', resource: resourceOf(made), changes }))
        }
        return made
      })
    },

    /**
     * Suspending ends the user's sessions, API tokens and links to set a password at once (a trigger, for every route), and so
     * does the loss of a role; another e-mail address ends the links. Access that was granted ends with a suspension, and does
     * not come back by itself. A source makes whom it changes its own, unless they are of another one.
     * @throws DomainError `not_found`, `conflict` (e-mail address taken, or managed by a source), `invalid_input` (manager), `last_administrator`,
     *   `forbidden` to an API token that changes the address of somebody who signs in with a password
     */
    async update(operation: Operation, id: string, input: UpdateUser & FromSource): Promise<UserView> {
      const { refuseUnless, ...sent } = input
      const wanted = changeOf(sent)
      if (wanted.email !== undefined) await checkAddress(wanted.email)
      return auditLog.within(db, async (tx, record) => {
        const { user, otherAdministrators } = await lockUser(tx, id, { withAdministrators: mayDemote(wanted) })
        if (!user) throw new DomainError('not_found', 'There is no such user.')
        refuseUnless?.(user)
        const change = withMasteryOf(operation, user, wanted)
        if (change.managerId) await refuseManager(tx, { ...user, ...change }, change.managerId)
        const after = { ...user, ...change }
        refuseLastAdministrator(user, after, otherAdministrators)
        const changes = changesBetween(fieldsOf(user), fieldsOf(after))
        const isMoved = !isSameAddress(user, after)
        refuseManagedFields(operation, { user, managedBy: await findManager(tx, user.sourceId), changes })
        refuseMovingAdministrator(operation, { before: user, isMoved })
        if (isSame(user, change)) return viewOf(tx, id)
        if (isMoved) await refuseMoving(tx, operation, user)
        await updateUser(tx, id, change)
        await settle(tx, operation, { before: user, after })
        if (changes.length > 0)
          record(auditOf(operation, { eventType: 'user_update', resource: resourceOf(after), changes }))
        return viewOf(tx, id)
      })
    },
  }
}

/** Whether everything stays as it is, also what nobody sees. */
function isSame(user: UserRow, change: UserChange): boolean {
  const before: Record<string, unknown> = { ...user }
  return changesBetween(before, change).length === 0
}

export type Users = ReturnType<typeof createUsers>

async function viewOf(tx: DbOrTx, id: string): Promise<UserView> {
  const user = await findUser(tx, id)
  if (!user) throw new DomainError('not_found', 'There is no such user.')
  return user
}
