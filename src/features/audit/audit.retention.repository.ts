/**
 * Removes the oldest rows of the audit log. What is left begins after a row that a checkpoint names, and an event that was
 * added later says that the rows before it were removed: with both, the chain still verifies.
 */
import { asc, eq, sql } from 'drizzle-orm'
import type { DbOrTx } from '../../platform/db/columns.ts'
import { type Checkpoint, isSignedBy, trustedKeyOf } from './audit.checkpoint.ts'
import { listCheckpoints } from './audit.checkpoints.repository.ts'
import { auditEvents, auditSigningKey } from './audit.table.ts'

/** In one run; more when no checkpoint comes before. */
const rowsAtOnce = 50_000
const dayMs = 24 * 60 * 60 * 1000

export interface RemovedEvents {
  count: number
  /** Place of the first and the last of them in the chain. */
  from: number
  to: number
}

/**
 * Where to cut: the newest checkpoint that this service signed more than `days` ago. The time of a row could have been set
 * back by SQL, so that recent rows went too; that of a checkpoint is signed, and all rows up to it are older still.
 */
async function whereToCut(tx: DbOrTx, { days, first, open }: Search): Promise<Checkpoint | undefined> {
  const [stored] = await tx.select().from(auditSigningKey).where(eq(auditSigningKey.id, 1))
  const key = trustedKeyOf(stored, open)
  const before = Date.now() - days * dayMs
  const old = (await listCheckpoints(tx))
    .filter((one) => one.sequence >= first && Date.parse(one.time) < before && key && isSignedBy(one, key))
    .reverse()
  return old.findLast(({ sequence }) => sequence < first + rowsAtOnce) ?? old[0]
}

interface Search {
  days: number
  /** Place of the first row that is there. */
  first: number
  open: (sealed: Buffer) => Buffer
}

/** See `AuditLog.removeOld`. */
export async function removeOldEvents(
  tx: DbOrTx,
  { days, open }: { days: number; open: (sealed: Buffer) => Buffer },
): Promise<RemovedEvents | undefined> {
  const [first] = await tx.select({ seq: auditEvents.seq }).from(auditEvents).orderBy(asc(auditEvents.seq)).limit(1)
  const cut = first && (await whereToCut(tx, { days, first: first.seq, open }))
  if (!first || !cut) return undefined
  const [result] = await tx
    .select({ removed: sql<string>`remove_audit_events(${cut.sequence})` })
    .from(sql`(select 1) as one`)
  const count = Number(result?.removed ?? 0)
  return count === 0 ? undefined : { count, from: first.seq, to: cut.sequence }
}
