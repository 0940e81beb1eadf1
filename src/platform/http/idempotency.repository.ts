/** Keys, claims and answers at rest. Each function is one statement: no connection is held in between. */
import { createHash } from 'node:crypto'
import { and, eq, isNull, lt, sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { DomainError } from '../../domain/shared/errors.ts'
import type { DbOrTx } from '../db/columns.ts'
import type { SecretBox } from '../secrets/secret-box.ts'
import { idempotencyKeys } from './idempotency.table.ts'

export interface StoredReply {
  status: number
  body: unknown
  headers: Record<string, string | string[]>
}

export interface IdempotentCall {
  callerId: string
  key: string
  method: string
  path: string
  body: unknown
}

/** The right to do a call, until it is released, finished, or not renewed in time. */
export interface Claim extends Pick<IdempotentCall, 'callerId' | 'key'> {
  id: string
  operationId: string
  reply: null
}

/** The answer already given. */
export interface Answered {
  reply: StoredReply
}

const isOld = lt(idempotencyKeys.createdAt, sql`now() - interval '24 hours'`)
const isFree = sql`(${idempotencyKeys.answer} is null and coalesce(${idempotencyKeys.claimedUntil} < now(), true))`

const isKey = ({ callerId, key }: Pick<IdempotentCall, 'callerId' | 'key'>) =>
  and(eq(idempotencyKeys.callerId, callerId), eq(idempotencyKeys.key, key))
const isHeld = (claim: Claim) => and(isKey(claim), eq(idempotencyKeys.claim, claim.id), isNull(idempotencyKeys.answer))

function fingerprintOf({ method, path, body }: IdempotentCall): Buffer {
  // A file by its own hash: as JSON it would be many times as long.
  const sent = Buffer.isBuffer(body) ? createHash('sha256').update(body).digest('hex') : (body ?? null)
  return createHash('sha256')
    .update(JSON.stringify([method, path, sent]))
    .digest()
}

/** When a claim ends that is not renewed. */
const leaseEnd = (leaseMs: number) => sql`now() + ${`${leaseMs} milliseconds`}::interval`

/**
 * A new key, one of yesterday, or a call that nobody works on; nothing when it is taken, answered or another call.
 * @param leaseMs how long the claim lasts when it is not renewed, in milliseconds
 */
export async function takeCall(db: DbOrTx, call: IdempotentCall, leaseMs: number): Promise<Claim | undefined> {
  const { callerId, key } = call
  const fingerprint = fingerprintOf(call)
  const claimedUntil = leaseEnd(leaseMs)
  const fresh = { callerId, key, fingerprint, operationId: uuidv7(), claim: uuidv7(), claimedUntil }
  const [taken] = await db
    .insert(idempotencyKeys)
    .values(fresh)
    .onConflictDoUpdate({
      target: [idempotencyKeys.callerId, idempotencyKeys.key],
      set: {
        fingerprint,
        operationId: sql`case when ${isOld} then excluded.operation_id else ${idempotencyKeys.operationId} end`,
        createdAt: sql`case when ${isOld} then now() else ${idempotencyKeys.createdAt} end`,
        claim: fresh.claim,
        claimedUntil,
        status: null,
        answer: null,
      },
      setWhere: sql`${isOld} or (${isFree} and ${idempotencyKeys.fingerprint} = excluded.fingerprint)`,
    })
    .returning({ operationId: idempotencyKeys.operationId })
  return taken && { callerId, key, id: fresh.claim, operationId: taken.operationId, reply: null }
}

/** How a call stands. @throws DomainError `idempotency_key_reused` */
export async function lookAtCall(
  db: DbOrTx,
  secretBox: SecretBox,
  call: IdempotentCall,
): Promise<'free' | 'taken' | Answered> {
  const [known] = await db
    .select({
      fingerprint: idempotencyKeys.fingerprint,
      answer: idempotencyKeys.answer,
      isFree: sql<boolean>`${isFree} or ${isOld}`,
    })
    .from(idempotencyKeys)
    .where(isKey(call))
  if (!known) return 'free'
  if (!known.fingerprint.equals(fingerprintOf(call))) {
    throw new DomainError(
      'idempotency_key_reused',
      'This Idempotency-Key was used for another call. Use a new key for a new call.',
    )
  }
  if (known.answer) return { reply: JSON.parse(secretBox.open(known.answer).toString('utf8')) as StoredReply }
  return known.isFree ? 'free' : 'taken'
}

export async function renewClaim(db: DbOrTx, claim: Claim, leaseMs: number): Promise<void> {
  await db
    .update(idempotencyKeys)
    .set({ claimedUntil: leaseEnd(leaseMs) })
    .where(isHeld(claim))
}

/** Keeps the answer, sealed. @returns false when the claim was lost */
export async function keepAnswer(
  db: DbOrTx,
  secretBox: SecretBox,
  { claim, reply }: { claim: Claim; reply: StoredReply },
): Promise<boolean> {
  const kept = await db
    .update(idempotencyKeys)
    .set({ status: reply.status, answer: secretBox.seal(JSON.stringify(reply)), claimedUntil: null })
    .where(isHeld(claim))
    .returning({ key: idempotencyKeys.key })
  return kept.length > 0
}

export async function releaseClaim(db: DbOrTx, claim: Claim): Promise<void> {
  await db.update(idempotencyKeys).set({ claim: null, claimedUntil: null }).where(isHeld(claim))
}

export async function removeOldKeys(db: DbOrTx): Promise<void> {
  await db.delete(idempotencyKeys).where(isOld)
}
