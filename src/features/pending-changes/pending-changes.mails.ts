/** Tells the administrators who can confirm it that a change waits. */
import type { MailIntent, MailRecipient } from '../../platform/mail/mail.types.ts'

interface Waiting {
  id: string
  by: string
  user: { name: string }
  roles: string[] | null
  group: { name: string } | null
}

export function changeWaitsMails(to: readonly MailRecipient[], { id, by, user, roles, group }: Waiting): MailIntent[] {
  const data = { by, person: user.name, isAdministrator: roles?.includes('admin') ?? null, group: group?.name ?? null }
  return to.map((recipient) => ({
    kind: 'change_waits' as const,
    to: { id: recipient.id, name: recipient.name, email: recipient.email },
    data,
    key: `change_waits:${id}:${recipient.id}`,
    accessRequestId: null,
  }))
}
