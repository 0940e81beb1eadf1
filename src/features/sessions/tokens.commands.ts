/** API tokens: made by their users, each with an end. */

import { isAdministrator, type Scope, tokenScopes } from '../../domain/abilities.ts'
import type { Operation } from '../../domain/operation.ts'
import { auditOf } from '../../domain/operation.ts'
import { DomainError, invalidInput } from '../../domain/shared/errors.ts'
import { fieldProblem } from '../../domain/shared/field-errors.ts'
import type { DbOrTx } from '../../platform/db/columns.ts'
import type { Caller } from '../../platform/http/route.ts'
import { queueMails } from '../../platform/mail/mail.repository.ts'
import type { AuditLog, RecordEntries } from '../audit/audit.repository.ts'
import { readSettingsRow } from '../settings/settings.repository.ts'
import { tokenCreatedMail } from './account-mails.ts'
import { hashToken, newApiToken } from './session-tokens.ts'
import { holdToken, revokeToken, upsertToken } from './tokens.repository.ts'

interface TokenInput {
  name: string
  expiresAt?: string | null | undefined
  scopes?: Scope[] | null | undefined
  /** Of a token for SCIM: the source that it is for. */
  sourceId?: string | undefined
}

/** The token that another one is made with. */
type Parent = Caller['token']

const dayMs = 24 * 60 * 60 * 1000

const isScope = (text: string): text is Scope => tokenScopes.some((scope) => scope === text)

/** A token made with a token can do no more than that token. */
function scopesFor(operation: Operation, wanted: TokenInput['scopes']): Scope[] {
  if (wanted?.includes('scim') && !isAdministrator(operation.actor))
    throw new DomainError('forbidden', 'Only administrators may make a token for SCIM.')
  const own = operation.actor.scopes
  if (!own) return [...new Set(wanted ?? [])]
  const beyond = wanted?.find((scope) => !own.includes(scope))
  if (beyond) throw new DomainError('forbidden', `The API token that is used has no scope ${beyond} to pass on.`)
  return [...new Set(wanted ?? own.filter(isScope))]
}

/** The end that is asked for, else the latest there may be: that of the parent, or of the longest life. */
function endFor(wanted: string | null | undefined, parent: Parent, longestDays: number): string {
  const latest = new Date(Date.now() + longestDays * dayMs).toISOString()
  const ofParent = parent?.expiresAt ?? latest
  if (!wanted) return ofParent < latest ? ofParent : latest
  const end = new Date(wanted).toISOString()
  if (Date.parse(end) <= Date.now())
    throw invalidInput('expiresAt', fieldProblem('not_in_future', 'must be in the future'))
  if (end > latest)
    throw invalidInput(
      'expiresAt',
      fieldProblem('too_late', `must be at most ${longestDays} days away (Settings)`, { latest }),
    )
  if (end > ofParent)
    throw invalidInput(
      'expiresAt',
      fieldProblem('too_late', `must not be later than the end of the token in use, ${ofParent}`, { latest: ofParent }),
    )
  return end
}

export interface TokensDeps {
  db: DbOrTx
  auditLog: Pick<AuditLog, 'within'>
  /** The source that a token for SCIM is for: the one that is asked for, the only one, or one that this makes. */
  scimSource: (operation: Operation, within: { tx: DbOrTx; record: RecordEntries }, id?: string) => Promise<string>
}

/** Each write and its audit entry are one transaction. */
export function createTokens({ db, auditLog, scimSource }: TokensDeps) {
  return {
    /**
     * @param parent the token of the caller, when they use one: the new one ends with it
     * @throws DomainError `invalid_input` for an end in the past or too far away, `forbidden` for scopes the caller does not have,
     *   `conflict` where it has to be said which of several sources it is for
     */
    async create(operation: Operation, input: TokenInput, parent: Parent) {
      const token = newApiToken()
      const scopes = scopesFor(operation, input.scopes)
      return auditLog.within(db, async (tx, record) => {
        if (parent && !(await holdToken(tx, parent.id)))
          throw new DomainError('unauthenticated', 'The API token is not valid any more.')
        const isForScim = scopes.includes('scim')
        const sourceId = isForScim ? await scimSource(operation, { tx, record }, input.sourceId) : null
        const { longestTokenDays } = await readSettingsRow(tx)
        const row = await upsertToken(tx, {
          id: operation.operationId,
          userId: operation.actor.id,
          name: input.name,
          scopes,
          parentId: parent?.id ?? null,
          sourceId,
          expiresAt: endFor(input.expiresAt, parent, longestTokenDays),
          tokenHash: hashToken(token),
        })
        if (!row) throw new DomainError('conflict', 'This token cannot be made under this key.', { current: 'taken' })
        const changes = [
          { field: 'scopes', from: null, to: row.scopes },
          { field: 'expiresAt', from: null, to: row.expiresAt },
          ...(row.sourceId ? [{ field: 'sourceId', from: null, to: row.sourceId }] : []),
          ...(row.parentId ? [{ field: 'parentId', from: null, to: row.parentId }] : []),
        ]
        await queueMails(tx, [tokenCreatedMail(operation, row)])
        const resource = { type: 'api_token', id: row.id, name: row.name }
        record(auditOf(operation, { eventType: 'api_token_create', resource, changes }))
        return { row, token }
      })
    },

    /**
     * Ends a token of `userId`, and those that were made with it.
     * @throws DomainError `not_found` also for the tokens of others
     */
    async revoke(operation: Operation, { id, userId }: { id: string; userId: string }): Promise<void> {
      await auditLog.within(db, async (tx, record) => {
        const row = await revokeToken(tx, { id, userId })
        if (!row) throw new DomainError('not_found', 'There is no such API token.')
        const resource = { type: 'api_token', id, name: row.name }
        const changes = userId === operation.actor.id ? [] : [{ field: 'userId', from: userId, to: null }]
        record(auditOf(operation, { eventType: 'api_token_delete', resource, changes }))
      })
    },
  }
}

export type Tokens = ReturnType<typeof createTokens>
