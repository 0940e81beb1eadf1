/** Mails that tell people what has become of their account: they are the first to notice that it was not them. */
import type { Operation } from '../../domain/operation.ts'
import type { MailIntent, MailRecipient } from '../../platform/mail/mail.types.ts'

const recipient = ({ id, name, email }: MailRecipient): MailRecipient => ({ id, name, email })

/** One mail for each change. `byLink`: by a one-time link, and not with the password before. */
export function passwordChangedMail(
  account: MailRecipient,
  { origin, operationId }: Pick<Operation, 'origin' | 'operationId'>,
  { byLink }: { byLink: boolean },
): MailIntent {
  return {
    kind: 'password_changed',
    to: recipient(account),
    data: { email: account.email, at: new Date().toISOString(), clientIp: origin.clientIp ?? null, byLink },
    key: `password_changed:${operationId}`,
    accessRequestId: null,
  }
}

interface MadeToken {
  id: string
  name: string
  scopes: readonly string[]
  expiresAt: string | null
}

export function tokenCreatedMail({ actor, origin }: Pick<Operation, 'actor' | 'origin'>, token: MadeToken): MailIntent {
  const { name, scopes, expiresAt } = token
  return {
    kind: 'token_created',
    to: recipient(actor),
    data: { name, scopes: [...scopes], expiresAt, at: new Date().toISOString(), clientIp: origin.clientIp ?? null },
    key: `token_created:${token.id}`,
    accessRequestId: null,
  }
}
