/** One's own password and sessions, and what administrators may end of others. Nobody's secrets are ever shown. */

import type { AuditChange, AuditEntry } from '../../domain/audit-entry.ts'
import type { Operation } from '../../domain/operation.ts'
import { auditOf } from '../../domain/operation.ts'
import { DomainError, invalidInput } from '../../domain/shared/errors.ts'
import { fieldProblem } from '../../domain/shared/field-errors.ts'
import type { DbOrTx } from '../../platform/db/columns.ts'
import { queueMails } from '../../platform/mail/mail.repository.ts'
import type { Passwords } from '../../platform/secrets/passwords.ts'
import type { AuditLog } from '../audit/audit.repository.ts'
import { passwordChangedMail } from './account-mails.ts'
import { endCredentialsOf } from './credentials.repository.ts'
import { deleteIdentitiesOf, rolesWithoutClaim } from './oidc.repository.ts'
import type { PasswordLinksDeps } from './password-links.commands.ts'
import type { PasswordPolicy } from './password-policy.ts'
import { deleteSessionsOf, freshenSession, readAccount, setPassword } from './sessions.repository.ts'
import type { SignInLimits } from './sign-in-limits.ts'
import { revokeToken } from './tokens.repository.ts'

export interface CredentialsDeps {
  db: DbOrTx
  auditLog: Pick<AuditLog, 'within'>
  limits: SignInLimits
  passwords: Passwords
  policy: PasswordPolicy
  /** @throws DomainError `last_administrator` */
  setRoles: (operation: Operation, userId: string, roles: string[]) => Promise<unknown>
  /** Notes what one person has done to the account of another. */
  noteAccountAct: PasswordLinksDeps['noteAccountAct']
}

/** By somebody who is signed in: `sessionId` is the session in which they do it. */
type OwnOperation = Operation & { sessionId: string | null }

interface Account {
  id: string
  name: string
}

interface Counts {
  sessions: number
  tokens: number
}

interface Ended {
  account: Account
  counts: Counts
}

function ended({ sessions, tokens }: Counts): AuditChange[] {
  return Object.entries({ sessions, tokens })
    .filter(([, count]) => count > 0)
    .map(([field, count]) => ({ field, from: count, to: 0 }))
}

const resourceOf = ({ id, name }: Account) => ({ type: 'user', id, name })

async function accountOf(tx: DbOrTx, id: string) {
  const account = await readAccount(tx, id, 'update')
  if (!account) throw new DomainError('not_found', 'There is no such user.')
  return account
}

function createUnlink({ db, auditLog, noteAccountAct, setRoles }: CredentialsDeps) {
  /**
   * Whoever has the address at the provider is the user from now on: it is an act on the account. Nothing is done for
   * somebody who has never signed in there. The role that a claim has given goes first: it would stay for ever.
   * @throws DomainError `not_found`, `last_administrator`
   */
  return async (operation: Operation, userId: string): Promise<void> => {
    const roles = await rolesWithoutClaim(db, userId)
    if (roles) await setRoles(operation, userId, roles)
    await auditLog.within(db, async (tx, record) => {
      const account = await accountOf(tx, userId)
      const issuers = await deleteIdentitiesOf(tx, userId)
      if (issuers.length === 0) return
      const counts = await endCredentialsOf(tx, userId)
      await noteAccountAct(tx, { actorId: operation.actor.id, userId, act: 'credentials_reset' })
      const changes = [...issuers.map((from) => ({ field: 'identityProvider', from, to: null })), ...ended(counts)]
      record(auditOf(operation, { eventType: 'user_update', resource: resourceOf(account), changes }))
    })
  }
}

/** Each write and its audit entry are one transaction. */
export function createCredentials(deps: CredentialsDeps) {
  const { db, auditLog, limits, passwords, policy } = deps
  /** Counted as wrong sign-ins are: whoever has got hold of a session must not find out the password. */
  async function isCurrentPassword(
    { actor, origin, sessionId }: OwnOperation,
    passwordHash: string | null,
    password: string,
  ): Promise<boolean> {
    const admission = await limits.admit({ email: actor.email, clientIp: origin.clientIp, knownDevice: sessionId })
    let isRight: boolean | undefined
    try {
      isRight = await passwords.inTurn('known', () => passwords.verify(passwordHash, password))
      return isRight
    } finally {
      if (isRight !== false) await admission.giveBack()
    }
  }

  /** Nothing is written when nothing has ended. */
  function endEntries(operation: Operation, { account, counts }: Ended): AuditEntry[] {
    const changes = ended(counts)
    if (changes.length === 0) return []
    return [auditOf(operation, { eventType: 'user_logout', resource: resourceOf(account), changes })]
  }

  return {
    /**
     * Makes the session fresh: acts that ask for it are open for the next 5 minutes.
     * @throws DomainError `invalid_input` when the password is wrong; `too_many_requests` after many wrong ones;
     *   `password_sign_in_off` for whom one opens nothing
     */
    async confirm(operation: OwnOperation, password: string): Promise<void> {
      policy.refuseUnlessFor(operation.actor)
      const known = await readAccount(db, operation.actor.id)
      const isRight = await isCurrentPassword(operation, known?.passwordHash ?? null, password)
      await auditLog.within(db, async (tx, record) => {
        const entry = { eventType: 'user_login_attempt', resource: resourceOf(operation.actor) } as const
        const changes = [{ field: 'confirmation', from: null, to: null }]
        const errorMessage = isRight ? null : 'The password was wrong.'
        record(auditOf(operation, { ...entry, changes, success: isRight, errorMessage }))
        if (isRight && operation.sessionId) await freshenSession(tx, operation.sessionId)
      })
      if (!isRight) throw invalidInput('password', fieldProblem('incorrect', 'is wrong'))
    },

    /**
     * Ends every other credential of the user: whoever knew the old password is out.
     * @throws DomainError `invalid_input` when the current password is wrong, or the new one is the same or easy to guess;
     *   `too_many_requests` after many wrong ones; `password_sign_in_off` for whom one opens nothing
     */
    async changeOwnPassword(
      operation: OwnOperation,
      { currentPassword, newPassword }: { currentPassword: string; newPassword: string },
    ): Promise<void> {
      policy.refuseUnlessFor(operation.actor)
      const known = await readAccount(db, operation.actor.id)
      if (!(await isCurrentPassword(operation, known?.passwordHash ?? null, currentPassword)))
        throw invalidInput('currentPassword', fieldProblem('incorrect', 'is wrong'))
      if (newPassword === currentPassword)
        throw invalidInput('newPassword', fieldProblem('same_as_current', 'must differ from the current one'))
      const passwordHash = await passwords.hashNew(newPassword, operation.actor, 'newPassword')
      await auditLog.within(db, async (tx, record) => {
        const account = await accountOf(tx, operation.actor.id)
        // Somebody else has set another one meanwhile.
        if (account.passwordHash !== known?.passwordHash)
          throw invalidInput('currentPassword', fieldProblem('incorrect', 'is wrong'))
        await setPassword(tx, account.id, passwordHash)
        await queueMails(tx, [passwordChangedMail(account, operation, { byLink: false })])
        const changes = [
          { field: 'password', from: null, to: null },
          ...ended(await endCredentialsOf(tx, account.id, operation.sessionId)),
        ]
        record(auditOf(operation, { eventType: 'user_update', resource: resourceOf(account), changes }))
      })
    },

    /** Ends the user's other sessions. Their API tokens go on: those are revoked one by one. */
    async signOutElsewhere(operation: OwnOperation): Promise<void> {
      await auditLog.within(db, async (tx, record) => {
        const sessions = await deleteSessionsOf(tx, operation.actor.id, { exceptId: operation.sessionId })
        record(...endEntries(operation, { account: operation.actor, counts: { sessions, tokens: 0 } }))
      })
    },

    /** Ends one session or API token of a user. @throws DomainError `not_found` */
    async end(operation: Operation, userId: string, id: string): Promise<void> {
      await auditLog.within(db, async (tx, record) => {
        const account = await accountOf(tx, userId)
        const sessions = await deleteSessionsOf(tx, userId, { onlyId: id })
        if (sessions > 0) return record(...endEntries(operation, { account, counts: { sessions, tokens: 0 } }))
        const token = await revokeToken(tx, { id, userId })
        if (!token) throw new DomainError('not_found', 'This user has no such session or API token.')
        const changes = [{ field: 'userId', from: userId, to: null }]
        const resource = { type: 'api_token', id, name: token.name }
        record(auditOf(operation, { eventType: 'api_token_delete', resource, changes }))
      })
    },

    unlink: createUnlink(deps),

    /** Ends every session and API token of a user. @throws DomainError `not_found` */
    async endAll(operation: Operation, userId: string): Promise<void> {
      await auditLog.within(db, async (tx, record) => {
        const account = await accountOf(tx, userId)
        record(...endEntries(operation, { account, counts: await endCredentialsOf(tx, userId) }))
      })
    },
  }
}

export type Credentials = ReturnType<typeof createCredentials>
