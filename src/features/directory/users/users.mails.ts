/** What people hear of changes that an administrator makes to an account. */
import type { Operation } from '../../../domain/operation.ts'
import type { MailIntent, MailRecipient } from '../../../platform/mail/mail.types.ts'

interface Moved {
  name: string
  from: string
  to: string
}

/** To the old and the new address, whoever has them by the time they are sent. */
export function addressChangedMails({ operationId, actor }: Operation, { name, from, to }: Moved): MailIntent[] {
  const data = { from, to, at: new Date().toISOString(), changedBy: actor.name }
  return [from, to].map((email) => ({
    kind: 'address_changed' as const,
    to: { id: null, name, email },
    data,
    key: `address_changed:${operationId}:${email.toLowerCase()}`,
    accessRequestId: null,
  }))
}

/** To every administrator: one more can open every door. */
export function administratorMadeMails(
  { operationId, actor }: Operation,
  { id, name, email }: MailRecipient,
  administrators: readonly MailRecipient[],
): MailIntent[] {
  const data = { userId: id ?? '', person: name, email, by: actor.name, at: new Date().toISOString() }
  return administrators.map((to) => ({
    kind: 'administrator_made' as const,
    to: { id: to.id, name: to.name, email: to.email },
    data,
    key: `administrator_made:${operationId}:${id}:${to.id}`,
    accessRequestId: null,
  }))
}
