/** Walks the chain of the audit log from the first row that is kept to its last, and holds it against every checkpoint at hand. */
import { asc, eq, gt, min, sql } from 'drizzle-orm'
import type { DbOrTx } from '../../platform/db/columns.ts'
import { type AuditRow, type ChainFault, faultOf, genesis, type Link, macOfHead } from './audit.chain.ts'
import { type Checkpoint, isSignedBy, trustedKeyOf } from './audit.checkpoint.ts'
import { listCheckpoints } from './audit.checkpoints.repository.ts'
import { removedUpTo } from './audit.removal.ts'
import { auditEvents, auditHead, auditSigningKey } from './audit.table.ts'

/** A checkpoint, and where it was found. */
export interface KnownCheckpoint {
  checkpoint: Checkpoint
  source: string
}

export interface Verdict {
  /** Rows before the fault, or all of them. */
  rows: number
  /** The last row that retention removed, as the log itself says; 0 when it has its first row. */
  removed: number
  /** How many it was held against; one that was found in several places counts once. */
  checkpoints: number
  /** How many fields were erased, by their name. */
  erased: Record<string, number>
  fault: ChainFault | null
}

interface Verification {
  db: DbOrTx
  openKey: (sealed: Buffer) => Buffer
  /** Opens the signing key. */
  open: (sealed: Buffer) => Buffer
  others: readonly KnownCheckpoint[]
}

/** Begins the source key of the event that records an erasure; its id follows. */
const erasureSource = 'erasure:'
/** Rows that are read at once. */
const pageSize = 1000

/** See `AuditLog.verify`. */
export async function verifyChain({ db, openKey, open, others }: Verification): Promise<Verdict> {
  return db.transaction(
    async (tx) => {
      const ofDatabase = (await listCheckpoints(tx)).map((checkpoint) => ({ checkpoint, source: 'the database' }))
      const known = [...ofDatabase, ...others]
      const { signed, fault: unsigned } = await bySignature(tx, known, open)
      const erased: Record<string, number> = {}
      const checkpoints = new Set(known.map(({ checkpoint }) => checkpoint.signature)).size
      const verdict = (rows: number, fault: ChainFault | null, removed = 0) => ({
        rows,
        removed,
        checkpoints,
        erased,
        fault,
      })
      const [head] = await tx.select().from(auditHead).where(eq(auditHead.id, 1))
      if (!head || head.seq === 0) {
        const fault = await faultOfEmpty(tx, known)
        if (fault || !head) return verdict(0, fault)
      }
      const key = opened(openKey, head.sealedKey)
      if (!key) return verdict(0, { seq: 1, fault: 'the key of the chain was changed, or ENCRYPTION_KEY is another' })
      const beginning = await readBeginning(tx)
      const walk = createWalk({ key, beginning, known: signed, erased })
      const fault = (await walk.through(tx)) ?? faultOfEnd(head, walk.last(), key) ?? walk.faultAtEnd() ?? unsigned
      return verdict(walk.last().seq - beginning.seq, fault, beginning.seq)
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  )
}

function opened(open: (sealed: Buffer) => Buffer, sealed: Buffer): Buffer | undefined {
  try {
    return open(sealed)
  } catch {
    return undefined // sealed by nobody who has ENCRYPTION_KEY
  }
}

/** A service that nobody has used yet has an empty log; any other has had rows. */
async function faultOfEmpty(tx: DbOrTx, known: readonly KnownCheckpoint[]): Promise<ChainFault | null> {
  const [found] = await tx
    .select({
      rows: sql<boolean>`exists (select 1 from audit_events)`,
      traces: sql<boolean>`exists (select 1 from users) or exists (select 1 from access_requests)`,
    })
    .from(sql`(select 1) as one`)
  if (found?.rows) return { seq: 1, fault: 'the end of the chain was removed' }
  const proof = known.find(({ checkpoint }) => checkpoint.sequence > 0)
  if (proof)
    return {
      seq: 1,
      fault: `the log was emptied: a checkpoint in ${proof.source} names row ${proof.checkpoint.sequence}`,
    }
  return found?.traces
    ? { seq: 1, fault: 'the log was emptied: there are people or requests, and not one row about them' }
    : null
}

function faultOfEnd(head: typeof auditHead.$inferSelect, last: Link, key: Buffer): ChainFault | null {
  if (!macOfHead(head, key).equals(head.mac)) return { seq: head.seq, fault: 'the end of the chain was changed' }
  if (last.seq === head.seq && last.hash.equals(head.hash)) return null
  if (last.seq >= head.seq)
    return { seq: head.seq + 1, fault: 'an old end of the chain was put back, and rows after it were left' }
  return { seq: last.seq + 1, fault: `rows up to ${head.seq} were removed` }
}

/** What the first row follows: nothing, or a row that was removed. */
async function readBeginning(tx: DbOrTx): Promise<Link> {
  const firstPlace = tx.select({ seq: min(auditEvents.seq) }).from(auditEvents)
  const [first] = await tx.select().from(auditEvents).where(eq(auditEvents.seq, firstPlace))
  if (!first || first.seq === 1) return { seq: 0, hash: genesis, format: 1 }
  return { seq: first.seq - 1, hash: first.previousHash, format: 1 }
}

interface Walk {
  key: Buffer
  /** Where it begins. */
  beginning: Link
  known: readonly KnownCheckpoint[]
  erased: Record<string, number>
}

/** One walk: rows in order, with the checkpoints that name them, and the erasures that account for what is missing. */
function createWalk({ key, beginning, known, erased }: Walk) {
  const checkpoints = new Map<number, KnownCheckpoint[]>()
  for (const one of known) {
    const { sequence } = one.checkpoint
    if (sequence < beginning.seq) continue // its row was removed; only its signature can be looked at
    checkpoints.set(sequence, [...(checkpoints.get(sequence) ?? []), one])
  }
  /** Erasures whose event has not come yet, each with the first row they took something from. */
  const awaited = new Map<string, number>()
  const past = new Set<string>()
  let last = beginning
  /** How far events say that the beginning was removed. */
  let removed = 0

  function faultOfCheckpoints({ seq, hash }: Link): ChainFault | null {
    const other = checkpoints.get(seq)?.find(({ checkpoint }) => checkpoint.hash !== hash.toString('hex'))
    checkpoints.delete(seq)
    if (!other) return null
    return {
      seq,
      fault: `the checkpoint of ${other.checkpoint.time} in ${other.source} names another row here: the log was cut and grown anew`,
    }
  }

  function faultOfErasures({ seq, erased: part, sourceKey }: AuditRow): ChainFault | null {
    if (sourceKey.startsWith(erasureSource)) noteErasure(sourceKey.slice(erasureSource.length))
    if (!part) return null
    if (part.erasures.some((erasure) => past.has(erasure)))
      return { seq, fault: 'fields of this row were erased after the erasure that it names' }
    for (const erasure of part.erasures) if (!awaited.has(erasure)) awaited.set(erasure, seq)
    for (const name of part.fields) erased[name] = (erased[name] ?? 0) + 1
    return null
  }

  function noteErasure(id: string): void {
    awaited.delete(id)
    past.add(id)
  }

  /** Rows are missing at the beginning: a checkpoint has to name the last of them, and the log to say that they were removed. */
  function faultOfBeginning(): ChainFault | null {
    if (removed >= beginning.seq) return null
    const told = removed > 0 ? `, and the log says so of rows up to ${removed} only` : ''
    return { seq: 1, fault: `rows up to ${beginning.seq} were removed${told}` }
  }

  const faultOfRow = (row: AuditRow) => faultOf(row, last, key) ?? faultOfErasures(row) ?? faultOfCheckpoints(row)

  return {
    last: () => last,

    async through(tx: DbOrTx): Promise<ChainFault | null> {
      if (beginning.seq < 0) return { seq: beginning.seq + 1, fault: 'this row was changed or put in' }
      const isProven = beginning.seq === 0 || checkpoints.has(beginning.seq)
      if (!isProven) return { seq: 1, fault: `rows up to ${beginning.seq} were removed` }
      const atStart = faultOfCheckpoints(last)
      if (atStart) return atStart
      for (;;) {
        const page = await tx
          .select()
          .from(auditEvents)
          .where(gt(auditEvents.seq, last.seq))
          .orderBy(asc(auditEvents.seq))
          .limit(pageSize)
        for (const row of page) {
          const fault = faultOfRow(row)
          if (fault) return fault
          last = row
          removed = Math.max(removed, removedUpTo(row))
        }
        if (page.length < pageSize) return null
      }
    },

    /** What only the end shows: rows that a checkpoint names and that are not there, erasures without their event. */
    faultAtEnd(): ChainFault | null {
      const atBeginning = faultOfBeginning()
      if (atBeginning) return atBeginning
      const [beyond] = [...checkpoints.values()].flat()
      if (beyond) {
        const { sequence, time } = beyond.checkpoint
        return {
          seq: last.seq + 1,
          fault: `the log was cut or set back: the checkpoint of ${time} in ${beyond.source} names row ${sequence}`,
        }
      }
      const [lost] = awaited.values()
      return lost === undefined ? null : { seq: lost, fault: 'fields of this row were erased, and no event says so' }
    },
  }
}

/** Those that this service has signed, and what is wrong with the first of the others. */
async function bySignature(tx: DbOrTx, known: KnownCheckpoint[], open: (sealed: Buffer) => Buffer) {
  const [stored] = await tx.select().from(auditSigningKey).where(eq(auditSigningKey.id, 1))
  const publicKey = trustedKeyOf(stored, open)
  if (known.length > 0 && !publicKey)
    return { signed: [], fault: { seq: 1, fault: 'the key that signs checkpoints was removed or changed' } }
  const isSigned = ({ checkpoint }: KnownCheckpoint) => publicKey !== undefined && isSignedBy(checkpoint, publicKey)
  const forged = known.find((one) => !isSigned(one))
  return { signed: known.filter(isSigned), fault: forged ? faultOfForged(forged) : null }
}

function faultOfForged({ checkpoint: { sequence, time }, source }: KnownCheckpoint): ChainFault {
  const fault = `the checkpoint of ${time} in ${source} is not signed by this service: it was changed, or the log was begun anew with another key`
  return { seq: sequence, fault }
}
