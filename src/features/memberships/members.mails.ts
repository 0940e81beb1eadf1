/** Tells administrators of access that was given without a request. */
import type { Operation } from '../../domain/operation.ts'
import type { MailIntent, MailRecipient } from '../../platform/mail/mail.types.ts'

interface Added {
  group: { id: string; name: string }
  person: { id: string; name: string; email: string }
  /** How many were put in beside them, at once. */
  others?: number
}

export function memberAddedMails(
  { operationId, actor }: Operation,
  { group, person, others = 0 }: Added,
  administrators: readonly MailRecipient[],
): MailIntent[] {
  const { name, email } = person
  const at = new Date().toISOString()
  const data = {
    person: name,
    email,
    groupId: group.id,
    group: group.name,
    by: actor.name,
    at,
    ...(others > 0 ? { others } : {}),
  }
  return administrators.map((to) => ({
    kind: 'member_added' as const,
    to: { id: to.id, name: to.name, email: to.email },
    data,
    key: `member_added:${operationId}:${group.id}:${person.id}:${to.id}`,
    accessRequestId: null,
  }))
}
