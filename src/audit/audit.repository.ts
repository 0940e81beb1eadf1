/** Appends to the audit log, and walks it to verify its chain. */
import { randomBytes } from 'node:crypto'
import { asc, eq, gt, inArray, sql } from 'drizzle-orm'
import type { SecretBox } from '../crypto/secret-box.ts'
import type { DbOrTx } from '../db/columns.ts'
import type { ChainFault } from './audit.chain.ts'
import { faultOf, genesis, hashOf, macOfHead } from './audit.chain.ts'
import { contentOf } from './audit.content.ts'
import { auditEvents, auditHead } from './audit.table.ts'
import type { AuditEntry } from './audit.types.ts'

/** `append` writes in the caller's transaction: call it last, because it holds the chain's lock until the commit. */
export function createAuditLog({ secretBox }: { secretBox: SecretBox }) {
  let known: { sealed: Buffer; key: Buffer } | undefined

  function openKey(sealed: Buffer): Buffer {
    if (!known?.sealed.equals(sealed)) known = { sealed, key: secretBox.open(sealed) }
    return known.key
  }

  async function lockHead(tx: DbOrTx) {
    const [head] = await tx.select().from(auditHead).where(eq(auditHead.id, 1)).for('update')
    if (head) return head
    const key = randomBytes(32)
    const start = { seq: 0, hash: genesis }
    await tx
      .insert(auditHead)
      .values({ id: 1, ...start, mac: macOfHead(start, key), sealedKey: secretBox.seal(key) })
      .onConflictDoNothing()
    const [made] = await tx.select().from(auditHead).where(eq(auditHead.id, 1)).for('update')
    if (!made) throw new Error('the audit chain could not be started')
    return made
  }

  return {
    /** Adds the entries that are not there yet (by `sourceKey`), in order. */
    async append(tx: DbOrTx, entries: readonly AuditEntry[]): Promise<void> {
      if (entries.length === 0) return
      const head = await lockHead(tx)
      const key = openKey(head.sealedKey)
      const contents = entries.map(contentOf)
      const keys = contents.map(({ sourceKey }) => sourceKey)
      const there = await tx
        .select({ sourceKey: auditEvents.sourceKey })
        .from(auditEvents)
        .where(inArray(auditEvents.sourceKey, keys))
      const written = new Set(there.map(({ sourceKey }) => sourceKey))
      let end = { seq: head.seq, hash: head.hash }
      const isNew = ({ sourceKey }: { sourceKey: string }) => !written.has(sourceKey) && written.add(sourceKey)
      const rows = contents.filter(isNew).map((one) => {
        const content = { seq: end.seq + 1, ...one }
        const row = { ...content, previousHash: end.hash, hash: hashOf(content, end.hash, key) }
        end = { seq: row.seq, hash: row.hash }
        return row
      })
      if (rows.length === 0) return
      await tx.insert(auditEvents).values(rows)
      await tx
        .update(auditHead)
        .set({ ...end, mac: macOfHead(end, key) })
        .where(eq(auditHead.id, 1))
    },

    /** Walks the whole chain in pages. @returns the first fault, or how many rows are sound */
    async verify(db: DbOrTx): Promise<{ rows: number; fault: ChainFault | null }> {
      return db.transaction(
        // oxlint-disable-next-line complexity -- one walk, and every way in which a chain can be broken
        async (tx) => {
          const [head] = await tx.select().from(auditHead).where(eq(auditHead.id, 1))
          if (!head) {
            const [{ count } = { count: 0 }] = await tx.select({ count: sql<number>`count(*)::int` }).from(auditEvents)
            return { rows: 0, fault: count > 0 ? { seq: 1, fault: 'the end of the chain was removed' } : null }
          }
          const key = openKey(head.sealedKey)
          let previous = { seq: 0, hash: genesis }
          for (;;) {
            const page = await tx
              .select()
              .from(auditEvents)
              .where(gt(auditEvents.seq, previous.seq))
              .orderBy(asc(auditEvents.seq))
              .limit(1000)
            for (const row of page) {
              const fault = faultOf(row, previous, key)
              if (fault) return { rows: previous.seq, fault }
              previous = row
            }
            if (page.length < 1000) break
          }
          if (!macOfHead(head, key).equals(head.mac))
            return { rows: previous.seq, fault: { seq: head.seq, fault: 'the end of the chain was changed' } }
          if (previous.seq !== head.seq || !previous.hash.equals(head.hash)) {
            return {
              rows: previous.seq,
              fault: { seq: previous.seq + 1, fault: `rows up to ${head.seq} were removed` },
            }
          }
          return { rows: previous.seq, fault: null }
        },
        { isolationLevel: 'repeatable read', accessMode: 'read only' },
      )
    },
  }
}

export type AuditLog = ReturnType<typeof createAuditLog>
