/** One-time links: a person who has none, or has forgotten it, sets a password by a mail to their own address. */

import type { AuditEntry } from '../../domain/audit-entry.ts'
import type { Operation } from '../../domain/operation.ts'
import { auditOf } from '../../domain/operation.ts'
import type { AccountAct } from '../../domain/request/four-eyes.ts'
import { DomainError } from '../../domain/shared/errors.ts'
import type { DbOrTx } from '../../platform/db/columns.ts'
import { queueMails } from '../../platform/mail/mail.repository.ts'
import type { Passwords } from '../../platform/secrets/passwords.ts'
import type { SecretBox } from '../../platform/secrets/secret-box.ts'
import type { AuditLog } from '../audit/audit.repository.ts'
import { passwordChangedMail } from './account-mails.ts'
import { endCredentialsOf } from './credentials.repository.ts'
import { passwordLinkMail } from './password-link-mail.ts'
import type { LiveLink } from './password-links.repository.ts'
import { findLiveLink, markUsed, replaceLink } from './password-links.repository.ts'
import type { LinkPurpose } from './password-links.table.ts'
import type { PasswordPolicy } from './password-policy.ts'
import type { PasswordResetLimits } from './password-reset-limits.ts'
import { hashToken, newSessionToken } from './session-tokens.ts'
import type { Account } from './sessions.repository.ts'
import { lockAccountByEmail, readAccount, setPassword } from './sessions.repository.ts'

export interface PasswordLinksDeps {
  db: DbOrTx
  auditLog: Pick<AuditLog, 'within'>
  passwords: Pick<Passwords, 'hashNew'>
  secretBox: Pick<SecretBox, 'seal'>
  limits: PasswordResetLimits
  policy: PasswordPolicy
  /** Notes what one person has done to the account of another. */
  noteAccountAct: (tx: DbOrTx, act: { actorId: string; userId: string; act: AccountAct }) => Promise<void>
}

/** How long a link lives, in seconds. */
const lives: Record<LinkPurpose, number> = { reset: 60 * 60, invitation: 7 * 24 * 60 * 60 }

/** No answer to "I forgot my password" comes sooner: how long the work takes does not tell whether the address exists. */
const shortestAnswerMs = 250

interface Sent {
  purpose: LinkPurpose
  operationId: string
  /** The administrator who causes it. */
  causedBy: { id: string; name: string } | null
}

const resourceOf = ({ id, name }: { id: string; name: string }) => ({ type: 'user', id, name })

function linkNotValid(): DomainError {
  return new DomainError(
    'link_not_valid',
    'This link is of no use: it was used, replaced by a newer one, or is too old. Ask for a new one.',
  )
}

function refuseUnlessUseful(purpose: LinkPurpose, { state, passwordHash, mustChangePassword }: Account): void {
  const refuse = (detail: string, current: string) => new DomainError('conflict', detail, { current })
  if (state === 'suspended') throw refuse('This person is suspended. Activate them first.', state)
  if (purpose === 'reset' && state === 'staged')
    throw refuse('This person is not activated yet. Send an invitation instead.', state)
  if (purpose === 'invitation' && state === 'activated' && passwordHash && !mustChangePassword)
    throw refuse('This person has a password already. Send a password reset instead.', 'has_password')
}

/** Each write, its mail and its audit entry are one transaction. */
export function createPasswordLinks(deps: PasswordLinksDeps) {
  const { db, auditLog, passwords, secretBox, limits, policy, noteAccountAct } = deps

  /** @returns what the audit log says of it; nothing when it was done before */
  async function send(tx: DbOrTx, account: Account, { purpose, operationId, causedBy }: Sent) {
    const token = newSessionToken()
    const { id: userId, email } = account
    const link = { id: operationId, userId, purpose, email, tokenHash: hashToken(token) }
    const expiresAt = await replaceLink(tx, { ...link, createdBy: causedBy?.id ?? null, seconds: lives[purpose] })
    if (!expiresAt) return undefined
    const by = causedBy?.name ?? null
    await queueMails(tx, [
      passwordLinkMail(account, { id: link.id, purpose, token, expiresAt, causedBy: by }, secretBox),
    ])
    return [
      { field: 'linkId', from: null, to: link.id },
      { field: 'purpose', from: null, to: purpose },
      { field: 'expiresAt', from: null, to: expiresAt },
    ]
  }

  /** Only for people who sign in with a password. @returns the entry for the audit log, where what else was asked for stands too */
  async function sendReset(tx: DbOrTx, email: string, operation: Operation): Promise<AuditEntry | undefined> {
    const account = await lockAccountByEmail(tx, email)
    const isTheirs = account?.state === 'activated' && account.passwordHash !== null && policy.isFor(account)
    const sent = { purpose: 'reset', operationId: operation.operationId, causedBy: null } as const
    const changes = isTheirs ? await send(tx, account, sent) : []
    if (!changes) return undefined
    const entry = auditOf(operation, {
      eventType: 'user_password_link_create',
      resource: account ? resourceOf(account) : { type: 'user', id: null, name: null },
      changes,
      success: isTheirs,
      errorMessage: isTheirs ? null : 'Nobody who signs in with a password has this address.',
    })
    // Who asks is not known: anybody can type an address.
    return { ...entry, initiatedBy: { id: null, type: 'user', email } }
  }

  function useEntry(operation: Operation, link: LiveLink): AuditEntry {
    const { id, purpose, createdAt, createdBy } = link
    const changes = [
      { field: 'password', from: null, to: null },
      { field: 'passwordLink', from: null, to: { id, purpose, createdAt, createdBy } },
    ]
    const actor = { id: link.userId, name: link.name, email: link.email, roles: [] }
    const resource = resourceOf(actor)
    return auditOf({ ...operation, actor }, { eventType: 'user_update', resource, changes })
  }

  return {
    /**
     * By anybody; answers alike, and after the same time, whoever has the address.
     * @throws DomainError `too_many_requests`, `password_sign_in_off` where nobody signs in with a password
     */
    async requestReset(operation: Operation, email: string): Promise<void> {
      policy.refuseUnlessForSome()
      const earliest = new Promise((resolve) => setTimeout(resolve, shortestAnswerMs))
      await limits.admit({ email, clientIp: operation.origin.clientIp })
      const sending = auditLog.within(db, async (tx, record) => {
        const entry = await sendReset(tx, email, operation)
        if (entry) record(entry)
      })
      await Promise.all([sending, earliest])
    },

    /**
     * By an administrator, whose name stands in the mail.
     * @throws DomainError `not_found`, `conflict` and `password_sign_in_off` when such a link would be of no use to the person
     */
    async sendTo(operation: Operation, userId: string, purpose: LinkPurpose): Promise<void> {
      await auditLog.within(db, async (tx, record) => {
        const account = await readAccount(tx, userId, 'update')
        if (!account) throw new DomainError('not_found', 'There is no such user.')
        policy.refuseUnlessFor(account)
        refuseUnlessUseful(purpose, account)
        const { operationId, actor } = operation
        const changes = await send(tx, account, { purpose, operationId, causedBy: actor })
        if (!changes) return
        await noteAccountAct(tx, { actorId: actor.id, userId, act: 'credentials_reset' })
        const resource = resourceOf(account)
        record(auditOf(operation, { eventType: 'user_password_link_create', resource, changes }))
      })
    },

    /**
     * By whoever holds the link. Ends every credential of the person, and the link.
     * @throws DomainError `link_not_valid`, whatever is wrong with it; `invalid_input` for a password that is easy to guess;
     *   `password_sign_in_off` for whom it would open nothing
     */
    async setPassword(operation: Operation, token: string, password: string): Promise<void> {
      policy.refuseUnlessForSome()
      const tokenHash = hashToken(token)
      const owner = await findLiveLink(db, tokenHash)
      if (!owner) throw linkNotValid()
      const passwordHash = await passwords.hashNew(password, owner, 'password')
      await auditLog.within(db, async (tx, record) => {
        const known = await findLiveLink(tx, tokenHash)
        const account = known && (await readAccount(tx, known.userId, 'update'))
        // Read again under the lock of the account: of two that come at once the second finds it used.
        const link = account && (await findLiveLink(tx, tokenHash))
        if (!link) throw linkNotValid()
        policy.refuseUnlessFor(account)
        await markUsed(tx, link.id)
        await setPassword(tx, link.userId, passwordHash)
        await endCredentialsOf(tx, link.userId)
        await queueMails(tx, [passwordChangedMail(account, operation, { byLink: true })])
        record(useEntry(operation, link))
      })
    },
  }
}

export type PasswordLinks = ReturnType<typeof createPasswordLinks>
