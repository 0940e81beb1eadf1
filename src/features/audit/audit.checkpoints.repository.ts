/** Makes and reads checkpoints of the audit log; see `audit.checkpoint.ts`. */
import { eq, min } from 'drizzle-orm'
import type { DbOrTx } from '../../platform/db/columns.ts'
import { keyset, type Slice } from '../../platform/db/keyset.ts'
import type { SecretBox } from '../../platform/secrets/secret-box.ts'
import { type Checkpoint, createSigningKey, fingerprintOf, signatureOf } from './audit.checkpoint.ts'
import { removedUpTo } from './audit.removal.ts'
import type { AuditLog } from './audit.repository.ts'
import { auditCheckpoints, auditEvents, auditSigningKey } from './audit.table.ts'

/** The public key of the checkpoints (DER, SPKI), once there is one. */
export async function readPublicKey(db: DbOrTx): Promise<Buffer | undefined> {
  const [row] = await db.select({ publicKey: auditSigningKey.publicKey }).from(auditSigningKey)
  return row?.publicKey
}

/** The order of checkpoints, by the place in the chain that they sign. */
export const newestFirst = '-sequence'

/** Checkpoints of the database, newest first: all of them, or a slice. */
export async function listCheckpoints(
  db: DbOrTx,
  { after, limit }: Partial<Pick<Slice, 'after' | 'limit'>> = {},
): Promise<Checkpoint[]> {
  const publicKey = await readPublicKey(db)
  const key = publicKey ? fingerprintOf(publicKey) : ''
  const page = keyset({ sequence: auditCheckpoints.sequence }, null, { sort: newestFirst, after })
  const query = db
    .select()
    .from(auditCheckpoints)
    .where(page.where)
    .orderBy(...page.orderBy)
  const rows = await (limit === undefined ? query : query.limit(limit))
  return rows.map(({ sequence, hash, signedAt, signature }) => ({
    sequence,
    hash: hash.toString('hex'),
    time: signedAt,
    key,
    signature: signature.toString('base64'),
  }))
}

/** Whether the log begins after this place and says that it was removed. Looks at no hash: `verifyChain` does. */
async function isToldRemoved(db: DbOrTx, sequence: number): Promise<boolean> {
  const [beginning] = await db.select({ first: min(auditEvents.seq) }).from(auditEvents)
  if (!beginning?.first || beginning.first <= sequence) return false
  const removals = await db
    .select({ eventType: auditEvents.eventType, sourceKey: auditEvents.sourceKey })
    .from(auditEvents)
    .where(eq(auditEvents.eventType, 'retention_removal'))
  return removals.some((event) => removedUpTo(event) >= sequence)
}

async function signingKey(tx: DbOrTx, secretBox: SecretBox) {
  const made = createSigningKey()
  await tx
    .insert(auditSigningKey)
    .values({ publicKey: made.publicKey, sealedPrivateKey: secretBox.seal(made.privateKey) })
    .onConflictDoNothing()
  const [row] = await tx.select().from(auditSigningKey)
  if (!row) throw new Error('the signing key of the audit log could not be made')
  return { publicKey: row.publicKey, privateKey: secretBox.open(row.sealedPrivateKey) }
}

export interface CheckpointDeps {
  auditLog: Pick<AuditLog, 'end'>
  secretBox: SecretBox
}

/**
 * Signs what the end of the chain is now. When nothing was added since the last checkpoint, that one is returned again.
 * Begins chain and key when there are none.
 */
export async function makeCheckpoint(
  db: DbOrTx,
  { auditLog, secretBox }: CheckpointDeps,
): Promise<{ checkpoint: Checkpoint; isNew: boolean }> {
  return db.transaction(async (tx) => {
    const { publicKey, privateKey } = await signingKey(tx, secretBox)
    const end = await auditLog.end(tx)
    const [last] = await listCheckpoints(tx, { limit: 1 })
    const hash = end.hash.toString('hex')
    if (last?.sequence === end.seq && last.hash === hash) return { checkpoint: last, isNew: false }
    const statement = { sequence: end.seq, hash, time: new Date().toISOString() }
    const signature = signatureOf(statement, privateKey)
    const added = await tx
      .insert(auditCheckpoints)
      .values({ sequence: end.seq, hash: end.hash, signedAt: statement.time, signature })
      .onConflictDoNothing()
      .returning({ sequence: auditCheckpoints.sequence })
    const checkpoint = { ...statement, key: fingerprintOf(publicKey), signature: signature.toString('base64') }
    return { checkpoint, isNew: added.length > 0 }
  })
}

/** Whether the row that a checkpoint names is in the chain, or the chain begins later and says why. */
export async function isCheckpointHeld(db: DbOrTx, { sequence, hash }: Checkpoint): Promise<boolean> {
  if (sequence === 0) return true
  const [row] = await db.select({ hash: auditEvents.hash }).from(auditEvents).where(eq(auditEvents.seq, sequence))
  if (row) return row.hash.toString('hex') === hash
  return isToldRemoved(db, sequence)
}
