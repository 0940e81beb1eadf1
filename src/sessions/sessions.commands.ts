/** Signing out, and API tokens; signing in has a file of its own. */
import type { Scope } from '../domain/abilities.ts'
import { DomainError, invalidInput } from '../domain/errors.ts'
import type { Operation } from '../http/operation.ts'
import { auditOf } from '../http/operation.ts'
import { hashToken, newApiToken } from './session-tokens.ts'
import { deleteSession, revokeToken, upsertToken } from './sessions.repository.ts'
import { createSignIn, type SignInDeps } from './sign-in.commands.ts'

interface TokenInput {
  name: string
  expiresAt?: string | null | undefined
  scopes?: Scope[] | null | undefined
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
export function createSessions(deps: SignInDeps) {
  return { ...createSignIn(deps), ...signingOut(deps), ...tokens(deps) }
}

function signingOut({ db, auditLog }: SignInDeps) {
  return {
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

function tokens({ db, auditLog }: SignInDeps) {
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
