/** Tells people that somebody tries to sign in to their account. */
import type { Origin } from '../domain/messages.ts'
import type { MailIntent, MailRecipient } from '../mail/mail.types.ts'

/** One mail an hour at most, however often its number of failures is reached. */
export function signInFailuresMail(
  { id, name, email }: MailRecipient,
  { origin }: { origin: Origin },
  failures: number,
): MailIntent {
  const lastAt = new Date().toISOString()
  return {
    kind: 'sign_in_failures',
    to: { id, name, email },
    data: { email, failures, lastAt, clientIp: origin.clientIp ?? null },
    key: `sign_in_failures:${id}:${lastAt.slice(0, 13)}`,
    accessRequestId: null,
  }
}
