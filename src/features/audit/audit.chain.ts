/**
 * The hash chain of the audit log.
 * Each row's hash is an HMAC over the row before it and its own content, so that without the key nobody can
 * change, remove, swap or insert a row and make the chain fit again.
 */
import { createHmac } from 'node:crypto'
import { canonical } from './audit.canonical.ts'
import { searchTextOf } from './audit.content.ts'
import { impersonal, isAsWritten, markOf } from './audit.personal.ts'
import type { auditEvents } from './audit.table.ts'

export type AuditRow = typeof auditEvents.$inferSelect

const firstHash = Buffer.alloc(32)

/** What the first row of a chain names as the row before it. */
export const genesis: Buffer = firstHash

/** The format of new rows. Rows of format 1 are older, and stand before all others. */
export const chainFormat = 2

type Content = Omit<AuditRow, 'hash' | 'previousHash'>

/** What format 1 does not cover. */
const notInFormat1 = new Set(['searchText', 'format', 'personalKey', 'personalDigest', 'erased'])

/** What the hash of a row is made over. */
function coveredOf(row: Content): unknown {
  if (row.format === 1) return Object.fromEntries(Object.entries(row).filter(([name]) => !notInFormat1.has(name)))
  const { personalKey: _, erased: __, ...covered } = row
  return impersonal(covered)
}

/** Hash of one row (32 bytes), given the hash of the row before it. */
export function hashOf(row: Content, previousHash: Buffer, key: Buffer): Buffer {
  return createHmac('sha256', key)
    .update(previousHash)
    .update(canonical(coveredOf(row)))
    .digest()
}

/** Mac of the chain's end, so that rows cut off at the end are missed. */
export function macOfHead(head: { seq: number; hash: Buffer }, key: Buffer): Buffer {
  return createHmac('sha256', key).update(`head:${head.seq}:`).update(head.hash).digest()
}

export interface ChainFault {
  seq: number
  fault: string
}

/** A row's place in the chain, as the next row needs it. */
export interface Link {
  seq: number
  hash: Buffer
  format: number
}

/** What is wrong with a row that follows `previous`, or nothing. */
export function faultOf(row: AuditRow, previous: Link, key: Buffer): ChainFault | undefined {
  if (row.seq !== previous.seq + 1) return { seq: previous.seq + 1, fault: 'this row was removed' }
  if (!row.previousHash.equals(previous.hash))
    return { seq: row.seq, fault: 'this row does not follow the one before it' }
  if (row.format < previous.format || !isCovered(row, previous.hash, key))
    return { seq: row.seq, fault: 'this row was changed or put in' }
  return isWhole(row, key) ? undefined : { seq: row.seq, fault: 'a name, an address or a text of this row was changed' }
}

/** The hash of a row of format 1 cannot be made any more once something of it was erased; the mark of the erasure covers it. */
function isCovered(row: AuditRow, previousHash: Buffer, key: Buffer): boolean {
  if (row.format === 1 && row.erased) return true
  const { hash, previousHash: _, ...content } = row
  return hashOf(content, previousHash, key).equals(hash)
}

function isWhole(row: AuditRow, key: Buffer): boolean {
  if (row.erased) return row.personalKey === null && row.erased.mark === markOf(row, row.erased, key)
  return row.format === 1 ? row.searchText === searchTextOf(row) : isAsWritten(row)
}
