/** Appends to the audit log. */
import { createHmac, randomBytes } from 'node:crypto'
import { eq, getTableColumns, sql } from 'drizzle-orm'
import type { AuditEntry } from '../../domain/audit-entry.ts'
import type { DbOrTx } from '../../platform/db/columns.ts'
import type { SecretBox } from '../../platform/secrets/secret-box.ts'
import { chainFormat, genesis, hashOf, macOfHead } from './audit.chain.ts'
import { type AuditContent, contentOf } from './audit.content.ts'
import { eraseFromLog, type LogErasure, wordsInLog } from './audit.erasure.repository.ts'
import { digestOf } from './audit.personal.ts'
import { type RemovedEvents, removeOldEvents } from './audit.retention.repository.ts'
import { auditEvents, auditHead } from './audit.table.ts'
import { type KnownCheckpoint, type Verdict, verifyChain } from './audit.verify.repository.ts'

type AuditRow = typeof auditEvents.$inferSelect

/** Takes entries for the end of a transaction. */
export type RecordEntries = (...entries: AuditEntry[]) => void

/**
 * An object and no functions over `db`, because it holds state: the chain's key, which is opened once.
 * Use `within`. `append` is for transactions that the caller has opened: call it last, because it holds the chain's lock
 * until the commit.
 */
export function createAuditLog({ secretBox }: { secretBox: SecretBox }) {
  let known: { sealed: Buffer; key: Buffer } | undefined

  function openKey(sealed: Buffer): Buffer {
    if (!known?.sealed.equals(sealed)) known = { sealed, key: secretBox.open(sealed) }
    return known.key
  }

  /** Those of `keys` that were written before, as an expression: what the statement it stands in can see. */
  const writtenOf = (keys: readonly string[]) => sql<string[]>`array(select source_key from ${auditEvents}
      where source_key in (select jsonb_array_elements_text(${JSON.stringify(keys)}::text::jsonb)))`

  /**
   * The end of the chain, kept until the transaction ends, and those of `keys` that were written before. A statement that
   * had to wait for the end sees the rows of before its wait: when the end is another than it saw, it looks again.
   */
  async function lockHead(tx: DbOrTx, keys: readonly string[]) {
    const seen = sql<string | null>`(select seen.seq from ${auditHead} seen where seen.id = 1)`
    const [head] = await tx
      .select({ ...getTableColumns(auditHead), seen, written: writtenOf(keys) })
      .from(auditHead)
      .where(eq(auditHead.id, 1))
      .for('update', { of: auditHead })
    if (!head || Number(head.seen) === head.seq) return head
    const [now] = await tx.select({ written: writtenOf(keys) }).from(sql`(select 1) as one`)
    return { ...head, written: now?.written ?? [] }
  }

  async function startChain(tx: DbOrTx): Promise<void> {
    const key = randomBytes(32)
    const start = { seq: 0, hash: genesis }
    await tx
      .insert(auditHead)
      .values({ id: 1, ...start, mac: macOfHead(start, key), sealedKey: secretBox.seal(key) })
      .onConflictDoNothing()
  }

  async function readHead(tx: DbOrTx) {
    const [head] = await tx.select().from(auditHead).where(eq(auditHead.id, 1))
    return head
  }

  /** Links the new entries to the end of the chain. */
  function link(head: { seq: number; hash: Buffer; written: string[] }, contents: AuditContent[], key: Buffer) {
    const written = new Set(head.written)
    let end = { seq: head.seq, hash: head.hash }
    const rows = contents
      .filter(({ sourceKey }) => !written.has(sourceKey) && written.add(sourceKey))
      .map((one) => {
        const content = { seq: end.seq + 1, format: chainFormat, ...one, ...digestOf(one), erased: null }
        const row = { ...content, previousHash: end.hash, hash: hashOf(content, end.hash, key) }
        end = { seq: row.seq, hash: row.hash }
        return row
      })
    return { rows, end }
  }

  /** Adds the entries that are not there yet (by `sourceKey`), in order. Two statements, because every decision waits for them. */
  async function append(tx: DbOrTx, entries: readonly AuditEntry[]): Promise<void> {
    if (entries.length === 0) return
    const contents = entries.map(contentOf)
    const keys = contents.map(({ sourceKey }) => sourceKey)
    let head = await lockHead(tx, keys)
    if (!head) {
      await startChain(tx)
      head = await lockHead(tx, keys)
    }
    if (!head) throw new Error('the audit chain could not be started')
    const key = openKey(head.sealedKey)
    const { rows, end } = link(head, contents, key)
    if (rows.length > 0) await writeRows(tx, rows, { ...end, mac: macOfHead(end, key) })
  }

  return {
    /**
     * A transaction whose entries are added at its end: adding holds the log for everybody else until the commit.
     * @param work gives `record` its entries, in the order in which things happened
     */
    within<T>(db: DbOrTx, work: (tx: DbOrTx, record: RecordEntries) => Promise<T>): Promise<T> {
      return db.transaction(async (tx) => {
        const entries: AuditEntry[] = []
        const result = await work(tx, (...more) => void entries.push(...more))
        await append(tx, entries)
        return result
      })
    },

    append,

    /**
     * A keyed hash that stands in the log for what must not be read there. Equal texts have equal ones; who does not
     * have the key of the chain can try out no guesses.
     */
    async disguise(tx: DbOrTx, text: string): Promise<string> {
      const head = (await readHead(tx)) ?? (await startChain(tx), await readHead(tx))
      if (!head) throw new Error('the audit chain could not be started')
      // A key of its own: no text may come out as the hash of a row.
      const key = createHmac('sha256', openKey(head.sealedKey)).update('disguised texts').digest()
      return `hmac-sha256:${createHmac('sha256', key).update(text).digest('hex')}`
    },

    /** Every name and address under which the log knows a person. */
    wordsOf: wordsInLog,

    /**
     * Takes what the log says of a person's names and addresses out of it. Record the event with the source key
     * `erasure:<id>` in the same transaction: without it the chain does not verify. Only the owner of the tables may.
     * @returns how many rows had something of the person
     */
    async erase(tx: DbOrTx, erasure: Omit<LogErasure, 'tx' | 'chainKey'>): Promise<number> {
      const head = await readHead(tx)
      return head ? eraseFromLog({ ...erasure, tx, chainKey: openKey(head.sealedKey) }) : 0
    },

    /**
     * Removes the rows up to the newest checkpoint that was signed more than `days` ago, in portions. Record an event with the
     * key of `removalKeyOf` in the same transaction: without it the chain does not verify.
     * @returns what was removed, or nothing when nothing is as old
     * @throws Error of the database for rows that are younger than 30 days
     */
    removeOld: (tx: DbOrTx, days: number): Promise<RemovedEvents | undefined> =>
      removeOldEvents(tx, { days, open: secretBox.open }),

    /**
     * The end of the chain, which is begun when there is none.
     * @throws Error when it was changed from outside
     */
    async end(tx: DbOrTx): Promise<{ seq: number; hash: Buffer }> {
      const head = (await readHead(tx)) ?? (await startChain(tx), await readHead(tx))
      if (!head) throw new Error('the audit chain could not be started')
      if (!macOfHead(head, openKey(head.sealedKey)).equals(head.mac))
        throw new Error('the end of the audit chain was changed: run npm run audit:verify')
      return { seq: head.seq, hash: head.hash }
    },

    /**
     * Walks the whole chain and compares it with the checkpoints of the database, and with `others`.
     * @returns the first fault, or how many rows are sound
     */
    verify: (db: DbOrTx, others: readonly KnownCheckpoint[] = []): Promise<Verdict> =>
      verifyChain({ db, openKey, open: secretBox.open, others }),
  }
}

/** Rows and new end of the chain in one statement, whose text is the same however many rows there are. */
async function writeRows(tx: DbOrTx, rows: AuditRow[], end: { seq: number; hash: Buffer; mac: Buffer }): Promise<void> {
  const bytes = (value: Buffer) => `\\x${value.toString('hex')}`
  const asJson = rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [name, Buffer.isBuffer(value) ? bytes(value) : value]),
    ),
  )
  await tx.execute(sql`
    with added as (
      insert into audit_events (seq, id, event_type, timestamp, initiated_by_id, initiated_by_type, initiated_by_email,
        access_request_id, resource_type, resource_id, resource_name, workflow_id, changes, client_ip, user_agent,
        success, error_message, internal_note, source_key, format, personal_key, personal_digest, previous_hash, hash)
      select seq, id, "eventType", timestamp, "initiatedById", "initiatedByType", "initiatedByEmail",
        "accessRequestId", "resourceType", "resourceId", "resourceName", "workflowId", changes, "clientIp", "userAgent",
        success, "errorMessage", "internalNote", "sourceKey", format, "personalKey", "personalDigest", "previousHash", hash
      from jsonb_to_recordset(${JSON.stringify(asJson)}::text::jsonb) as e(
        seq bigint, id uuid, "eventType" text, timestamp timestamptz, "initiatedById" uuid, "initiatedByType" text,
        "initiatedByEmail" text, "accessRequestId" uuid, "resourceType" text, "resourceId" text, "resourceName" text,
        "workflowId" text, changes jsonb, "clientIp" text, "userAgent" text, success boolean, "errorMessage" text,
        "internalNote" text, "sourceKey" text, format smallint, "personalKey" bytea, "personalDigest" bytea,
        "previousHash" bytea, hash bytea))
    update audit_head set seq = ${end.seq}, hash = ${bytes(end.hash)}::text::bytea, mac = ${bytes(end.mac)}::text::bytea where id = 1`)
}

export type AuditLog = ReturnType<typeof createAuditLog>
