/** Tells people that somebody tries to sign in to their account, or has done so from a new device. */
import { createHash } from 'node:crypto'
import type { Origin } from '../../domain/request/messages.ts'
import type { MailIntent, MailRecipient } from '../../platform/mail/mail.types.ts'

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

/** One mail a day for the same kind of device at the same address: scripts that keep no cookies are new each time. */
export function newDeviceMail({ id, name, email }: MailRecipient, { origin }: { origin: Origin }): MailIntent {
  const at = new Date().toISOString()
  const clientIp = origin.clientIp ?? null
  const userAgent = origin.userAgent ?? null
  const place = createHash('sha256')
    .update(JSON.stringify([clientIp, userAgent]))
    .digest('base64url')
    .slice(0, 16)
  return {
    kind: 'new_device',
    to: { id, name, email },
    data: { email, at, clientIp, userAgent },
    key: `new_device:${id}:${place}:${at.slice(0, 10)}`,
    accessRequestId: null,
  }
}
