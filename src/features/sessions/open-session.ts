/** What every sign-in ends with, by whatever way somebody came: a session, and the entry that says so. */
import type { AuditEntry } from '../../domain/audit-entry.ts'
import type { Origin } from '../../domain/request/messages.ts'
import type { DbOrTx } from '../../platform/db/columns.ts'
import { queueMails } from '../../platform/mail/mail.repository.ts'
import type { AuditLog } from '../audit/audit.repository.ts'
import { rememberDevice } from './known-devices.repository.ts'
import { hashToken, newSessionToken } from './session-tokens.ts'
import { deleteSession, insertSession, noteSignIn } from './sessions.repository.ts'
import { newDeviceMail } from './sign-in-mail.ts'

/** Absolute life of a session in seconds: 7 days. */
export const sessionSeconds = 7 * 24 * 60 * 60

/** A browser in which somebody signs in. */
export interface Arrival {
  origin: Origin
  operationId: string
  /** The session the browser had so far: it ends. */
  formerSessionId: string | null
  /** What the browser shows to be known by. */
  deviceToken: string | null
}

interface Opened {
  user: { id: string; name: string; email: string; lastSignInAt: string | null }
  isDeviceKnown: boolean
  /** When they last showed who they are, if not now (RFC 3339); null when nobody has said: then the session is not fresh. */
  authenticatedAt?: string | null
  /** What the audit log says of the sign-in. */
  entry: AuditEntry
  /** Done in the same transaction. */
  also?: (tx: DbOrTx, sessionId: string) => Promise<void>
}

export interface OpenSessionDeps {
  db: DbOrTx
  auditLog: Pick<AuditLog, 'within'>
}

/** @returns the session's token, which is kept nowhere, and by which token the device is known from now on */
export async function openSession(
  { db, auditLog }: OpenSessionDeps,
  arrival: Arrival,
  { user, isDeviceKnown, authenticatedAt, entry, also }: Opened,
): Promise<{ token: string; deviceToken: string }> {
  const [token, deviceToken] = [newSessionToken(), newSessionToken()]
  const formerTokenHash = arrival.deviceToken === null ? null : hashToken(arrival.deviceToken)
  await auditLog.within(db, async (tx, record) => {
    if (arrival.formerSessionId) await deleteSession(tx, arrival.formerSessionId)
    const { origin } = arrival
    const session = { tokenHash: hashToken(token), userId: user.id, seconds: sessionSeconds, origin, authenticatedAt }
    const sessionId = await insertSession(tx, session)
    await also?.(tx, sessionId)
    await noteSignIn(tx, user.id)
    // At the very first sign-in there is no device that could be known.
    if (!isDeviceKnown && user.lastSignInAt !== null) await queueMails(tx, [newDeviceMail(user, arrival)])
    await rememberDevice(tx, { userId: user.id, tokenHash: hashToken(deviceToken), formerTokenHash })
    record(entry)
  })
  return { token, deviceToken }
}
