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
import { findKnownDevice } from './known-devices.repository.ts'
import { type Arrival, openSession } from './open-session.ts'
import type { PasswordPolicy } from './password-policy.ts'
import { csrfTokenOf, hashToken } from './session-tokens.ts'
import { findForSignIn } from './sessions.repository.ts'
import type { SignInLimits } from './sign-in-limits.ts'
import { signInFailuresMail } from './sign-in-mail.ts'

export interface SignIn extends Arrival {
  email: string
  password: string
}

type User = NonNullable<Awaited<ReturnType<typeof findForSignIn>>>

export interface SignInDeps {
  db: DbOrTx
  auditLog: Pick<AuditLog, 'append' | 'within' | 'disguise'>
  limits: SignInLimits
  passwords: Pick<Passwords, 'verify' | 'inTurn'>
  policy: PasswordPolicy
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
     * @throws DomainError `sign_in_failed` (whatever was wrong) or `too_many_requests`; `password_sign_in_off`, and where only
     *   administrators sign in with a password, only to who has given the right one
     */
    async signIn(attempt: SignIn) {
      deps.policy.refuseUnlessForSome()
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
      deps.policy.refuseUnlessFor(user)
      const { passwordHash: _, state: __, lastSignInAt: ___, mustChangePassword, ...profile } = user
      const { token, deviceToken } = await openSession(deps, attempt, {
        user,
        isDeviceKnown: device !== null,
        entry: loginEntry(attempt, user, true),
      })
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
