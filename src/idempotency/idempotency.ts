/**
 * Idempotency-Key: the same key, caller and body give the same answer for 24 hours.
 * Every POST does its work under an operation id, so a repetition whose first answer was lost does nothing twice.
 */
import { createHash } from 'node:crypto'
import { and, eq, lt, sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import type { SecretBox } from '../crypto/secret-box.ts'
import type { DbOrTx } from '../db/columns.ts'
import { DomainError } from '../domain/errors.ts'
import { idempotencyKeys } from './idempotency.table.ts'

export interface StoredReply {
  status: number
  body: unknown
  headers: Record<string, string>
}

export interface Operation {
  operationId: string
  /** The answer already given, when there is one. */
  reply: StoredReply | null
}

export interface IdempotentCall {
  callerId: string
  key: string
  method: string
  path: string
  body: unknown
}

/** @returns `begin` looks the key up or takes it; `finish` keeps the answer; `forgetOld` drops keys older than a day */
export function createIdempotency({ db, secretBox }: { db: DbOrTx; secretBox: SecretBox }) {
  return {
    /** @throws DomainError `idempotency_key_reused` when the key was used for another call */
    async begin(call: IdempotentCall): Promise<Operation> {
      const fingerprint = createHash('sha256')
        .update(JSON.stringify([call.method, call.path, call.body ?? null]))
        .digest()
      const mine = { callerId: call.callerId, key: call.key }
      const fresh = { ...mine, fingerprint, operationId: uuidv7() }
      const [taken] = await db
        .insert(idempotencyKeys)
        .values(fresh)
        .onConflictDoUpdate({
          target: [idempotencyKeys.callerId, idempotencyKeys.key],
          set: { fingerprint, operationId: fresh.operationId, status: null, answer: null, createdAt: sql`now()` },
          setWhere: lt(idempotencyKeys.createdAt, sql`now() - interval '24 hours'`),
        })
        .returning()
      if (taken) return { operationId: taken.operationId, reply: null }
      const [known] = await db
        .select()
        .from(idempotencyKeys)
        .where(and(eq(idempotencyKeys.callerId, mine.callerId), eq(idempotencyKeys.key, mine.key)))
      if (!known) return this.begin(call)
      if (!known.fingerprint.equals(fingerprint)) {
        throw new DomainError(
          'idempotency_key_reused',
          'This Idempotency-Key was used for another call. Use a new key for a new call.',
        )
      }
      const reply = known.answer ? (JSON.parse(secretBox.open(known.answer).toString('utf8')) as StoredReply) : null
      return { operationId: known.operationId, reply }
    },

    /** The first answer kept is the one all repetitions get. */
    async finish(call: Pick<IdempotentCall, 'callerId' | 'key'>, reply: StoredReply): Promise<void> {
      await db
        .update(idempotencyKeys)
        .set({ status: reply.status, answer: secretBox.seal(JSON.stringify(reply)) })
        .where(and(eq(idempotencyKeys.callerId, call.callerId), eq(idempotencyKeys.key, call.key), sql`answer is null`))
    },

    async forgetOld(): Promise<void> {
      await db.delete(idempotencyKeys).where(lt(idempotencyKeys.createdAt, sql`now() - interval '24 hours'`))
    },
  }
}

export type Idempotency = ReturnType<typeof createIdempotency>
