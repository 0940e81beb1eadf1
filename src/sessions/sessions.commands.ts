/** Signing in and out, and API tokens. */
import type { AuditLog } from '../audit/audit.repository.ts'
import { verifyPassword } from '../crypto/passwords.ts'
import type { DbOrTx } from '../db/columns.ts'
import type { Scope } from '../domain/abilities.ts'
import { DomainError, invalidInput } from '../domain/errors.ts'
import type { Origin } from '../domain/messages.ts'
import type { Operation } from '../http/operation.ts'
import { auditOf } from '../http/operation.ts'
import { csrfTokenOf, hashToken, newApiToken, newSessionToken } from './session-tokens.ts'
import { deleteSession, findForSignIn, insertSession, revokeToken, upsertToken } from './sessions.repository.ts'
import type { SignInLimits } from './sign-in-limits.ts'

/** Absolute life of a session in seconds: 7 days. */
export const sessionSeconds = 7 * 24 * 60 * 60

interface SignIn {
  email: string
  password: string
  origin: Origin
  operationId: string
  /** The session the browser had so far: it ends. */
  formerSessionId: string | null
}

interface TokenInput {
  name: string
  expiresAt?: string | null | undefined
  scopes?: Scope[] | null | undefined
}

type Deps = { db: DbOrTx; auditLog: Pick<AuditLog, 'append'>; limits: SignInLimits }

function loginEntry(
  { email, origin, operationId }: SignIn,
  user: { id: string; name: string; email: string; roles: string[] } | undefined,
  success: boolean,
) {
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

/** A token made with a token can do no more than that token. */
function scopesFor(operation: Operation, wanted: TokenInput['scopes']): string[] {
  const own = operation.actor.scopes
  if (!own) return [...new Set(wanted ?? [])]
  const scopes = [...new Set(wanted ?? own)]
  const beyond = scopes.find((scope) => !own.includes(scope))
  if (beyond) throw new DomainError('forbidden', `The API token that is used has no scope ${beyond} to pass on.`)
  return scopes
}

function futureInstant(expiresAt: string | null | undefined): string | null {
  if (!expiresAt) return null
  const moment = new Date(expiresAt)
  if (moment.getTime() <= Date.now()) throw invalidInput('expiresAt', 'must be in the future')
  return moment.toISOString()
}

/** Each write and its audit entry are one transaction. */
export function createSessions(deps: Deps) {
  return { ...signingInAndOut(deps), ...tokens(deps) }
}

function signingInAndOut({ db, auditLog, limits }: Deps) {
  return {
    /** @throws DomainError `sign_in_failed` (whatever was wrong) or `too_many_requests` */
    async signIn(attempt: SignIn) {
      const limited = { email: attempt.email, clientIp: attempt.origin.clientIp ?? 'unknown' }
      await limits.refuseIfBlocked(limited)
      const user = await findForSignIn(db, attempt.email)
      const isRight = await verifyPassword(user?.passwordHash ?? null, attempt.password)
      if (!user || !isRight || user.state !== 'activated') {
        await limits.countFailure(limited)
        await db.transaction((tx) => auditLog.append(tx, [loginEntry(attempt, user, false)]))
        throw new DomainError('sign_in_failed', 'The e-mail address or the password is wrong.')
      }
      // Once more: of many guesses sent at the same moment only those within the limit may be right.
      await limits.refuseIfBlocked(limited)
      const token = newSessionToken()
      await db.transaction(async (tx) => {
        if (attempt.formerSessionId) await deleteSession(tx, attempt.formerSessionId)
        await insertSession(tx, { tokenHash: hashToken(token), userId: user.id, seconds: sessionSeconds })
        await auditLog.append(tx, [loginEntry(attempt, user, true)])
      })
      const { passwordHash: _, state: __, ...profile } = user
      return { user: profile, token, csrfToken: csrfTokenOf(token) }
    },

    async signOut(operation: Operation, sessionId: string): Promise<void> {
      await db.transaction(async (tx) => {
        await deleteSession(tx, sessionId)
        const { id, name } = operation.actor
        await auditLog.append(tx, [
          auditOf(operation, { eventType: 'user_logout', resource: { type: 'user', id, name } }),
        ])
      })
    },
  }
}

function tokens({ db, auditLog }: Deps) {
  return {
    /** @throws DomainError `invalid_input` for an end in the past, `forbidden` for scopes the caller does not have */
    async createToken(operation: Operation, input: TokenInput) {
      const token = newApiToken()
      const values = {
        id: operation.operationId,
        userId: operation.actor.id,
        name: input.name,
        scopes: scopesFor(operation, input.scopes),
        expiresAt: futureInstant(input.expiresAt),
        tokenHash: hashToken(token),
      }
      return db.transaction(async (tx) => {
        const row = await upsertToken(tx, values)
        if (!row) throw new DomainError('conflict', 'This token cannot be made under this key.', { current: 'taken' })
        const changes = [
          { field: 'scopes', from: null, to: row.scopes },
          { field: 'expiresAt', from: null, to: row.expiresAt },
        ]
        await auditLog.append(tx, [
          auditOf(operation, {
            eventType: 'api_token_create',
            resource: { type: 'api_token', id: row.id, name: row.name },
            changes,
          }),
        ])
        return { row, token }
      })
    },

    /** @throws DomainError `not_found` also for the tokens of others */
    async deleteToken(operation: Operation, id: string): Promise<void> {
      await db.transaction(async (tx) => {
        const row = await revokeToken(tx, { id, userId: operation.actor.id })
        if (!row) throw new DomainError('not_found', 'You have no such API token.')
        await auditLog.append(tx, [
          auditOf(operation, { eventType: 'api_token_delete', resource: { type: 'api_token', id, name: row.name } }),
        ])
      })
    },
  }
}

export type Sessions = ReturnType<typeof createSessions>
