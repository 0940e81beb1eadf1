/** What people hear of changes that an administrator makes to their account. */
import type { Operation } from '../http/operation.ts'
import type { MailIntent } from '../mail/mail.types.ts'

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
