/** Signing in: who may try, whether the password is right, and what is written of it. */
import { auditOf } from '../../domain/operation.ts'
import type { Origin } from '../../domain/request/messages.ts'
import { DomainError } from '../../domain/shared/errors.ts'
import type { Person } from '../../domain/shared/person.ts'
import type { DbOrTx } from '../../platform/db/columns.ts'
import { queueMails } from '../../platform/mail/mail.repository.ts'
import { mailAddress } from '../../platform/net/mail-address.ts'
import type { Passwords } from '../../platform/secrets/passwords.ts'
import type { AuditLog } from '../audit/audit.repository.ts'
import { freeFailures } from './growing-delay.repository.ts'
import { findKnownDevice, rememberDevice } from './known-devices.repository.ts'
import { csrfTokenOf, hashToken, newSessionToken } from './session-tokens.ts'
import { deleteSession, findForSignIn, insertSession, noteSignIn } from './sessions.repository.ts'
import type { SignInLimits } from './sign-in-limits.ts'
import { newDeviceMail, signInFailuresMail } from './sign-in-mail.ts'

/** Absolute life of a session in seconds: 7 days. */
export const sessionSeconds = 7 * 24 * 60 * 60

export interface SignIn {
  email: string
  password: string
  origin: Origin
  operationId: string
  /** The session the browser had so far: it ends. */
  formerSessionId: string | null
  /** What the browser shows to be known by. */
  deviceToken: string | null
}

type User = NonNullable<Awaited<ReturnType<typeof findForSignIn>>>

export interface SignInDeps {
  db: DbOrTx
  auditLog: Pick<AuditLog, 'append' | 'within' | 'disguise'>
  limits: SignInLimits
  passwords: Pick<Passwords, 'verify' | 'inTurn'>
  /** Writes down that a sign-in was refused unjudged; `user` is undefined for an address that is no account. */
  recordLimited: (refused: { user: Person | undefined; origin: Origin }) => Promise<void>
}

function loginEntry({ email, origin, operationId }: SignIn, user: User | undefined, success: boolean) {
  const actor = user ?? { id: '', name: '', email, roles: [] }
  const entry = auditOf(
    { actor, origin, operationId },
    {
      eventType: 'user_login_attempt',
      resource: { type: 'user', id: user?.id ?? null, name: user?.name ?? null },
      success,
      errorMessage: success ? null : 'The e-mail address or the password was wrong, or the user is not activated.',
    },
  )
  return { ...entry, initiatedBy: { ...entry.initiatedBy, id: user?.id ?? null } }
}

export function createSignIn(deps: SignInDeps) {
  const { db, passwords } = deps

  return {
    /**
     * The session's token and CSRF token, by which token the device is known from now on, and whether the password has
     * to be changed before anything else.
     * @throws DomainError `sign_in_failed` (whatever was wrong) or `too_many_requests`
     */
    async signIn(attempt: SignIn) {
      const { email, deviceToken: shown } = attempt
      const device = shown === null ? null : await findKnownDevice(db, { email, tokenHash: hashToken(shown) })
      const { user, isRight, admission } = await passwords
        .inTurn(device ? 'known' : 'unknown', () => judge(deps, attempt, device))
        .catch(async (error: unknown) => {
          if (error instanceof DomainError && error.code === 'too_many_requests')
            await deps.recordLimited({ user: await findForSignIn(db, email), origin: attempt.origin })
          throw error
        })
      if (!user || !isRight || user.state !== 'activated') {
        await writeFailure(deps, attempt, { user, failures: admission.failures })
        throw new DomainError('sign_in_failed', 'The e-mail address or the password is wrong.')
      }
      await admission.giveBack()
      const { passwordHash: _, state: __, lastSignInAt: ___, mustChangePassword, ...profile } = user
      const { token, deviceToken } = await openSession(deps, attempt, { user, isDeviceKnown: device !== null })
      return { user: profile, token, deviceToken, csrfToken: csrfTokenOf(token), mustChangePassword }
    },
  }
}

async function judge({ db, limits, passwords }: SignInDeps, attempt: SignIn, knownDevice: string | null) {
  const { email, password, origin } = attempt
  const admission = await limits.admit({ email, clientIp: origin.clientIp, knownDevice })
  try {
    const user = await findForSignIn(db, email)
    return { user, admission, isRight: await passwords.verify(user?.passwordHash ?? null, password) }
  } catch (error) {
    await admission.giveBack()
    throw error
  }
}

/** Once in an episode the owner of the account hears of it: with the failure after which guesses have to wait. */
async function writeFailure(
  { db, auditLog }: SignInDeps,
  attempt: SignIn,
  { user, failures }: { user: User | undefined; failures: number },
): Promise<void> {
  const mail =
    failures === freeFailures && user?.state === 'activated' ? [signInFailuresMail(user, attempt, failures)] : []
  await auditLog.within(db, async (tx, record) => {
    await queueMails(tx, mail)
    // What is no address may be a password that was typed into the wrong field.
    const isReadable = user !== undefined || mailAddress.test(attempt.email)
    const email = isReadable ? attempt.email : await auditLog.disguise(tx, attempt.email)
    record(loginEntry({ ...attempt, email }, user, false))
  })
}

async function openSession(
  { db, auditLog }: SignInDeps,
  attempt: SignIn,
  { user, isDeviceKnown }: { user: User; isDeviceKnown: boolean },
) {
  const [token, deviceToken] = [newSessionToken(), newSessionToken()]
  const formerTokenHash = attempt.deviceToken === null ? null : hashToken(attempt.deviceToken)
  await auditLog.within(db, async (tx, record) => {
    if (attempt.formerSessionId) await deleteSession(tx, attempt.formerSessionId)
    const { origin } = attempt
    await insertSession(tx, { tokenHash: hashToken(token), userId: user.id, seconds: sessionSeconds, origin })
    await noteSignIn(tx, user.id)
    // At the very first sign-in there is no device that could be known.
    if (!isDeviceKnown && user.lastSignInAt !== null) await queueMails(tx, [newDeviceMail(user, attempt)])
    await rememberDevice(tx, { userId: user.id, tokenHash: hashToken(deviceToken), formerTokenHash })
    record(loginEntry(attempt, user, true))
  })
  return { token, deviceToken }
}
