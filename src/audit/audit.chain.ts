/**
 * The hash chain of the audit log.
 * Each row's hash is an HMAC over the row before it and its own content, so that without the key nobody can
 * change, remove, swap or insert a row and make the chain fit again.
 */
import { createHmac } from 'node:crypto'
import type { auditEvents } from './audit.table.ts'

export type AuditRow = typeof auditEvents.$inferSelect

const firstHash = Buffer.alloc(32)

/** What the first row of a chain names as the row before it. */
export const genesis: Buffer = firstHash

/** JSON with sorted keys: the database keeps no key order. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).filter(([, entry]) => entry !== undefined)
    return `{${entries
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, entry]) => `${JSON.stringify(key)}:${canonical(entry)}`)
      .join(',')}}`
  }
  return JSON.stringify(value ?? null)
}

/** Hash of one row (32 bytes), given the hash of the row before it. */
export function hashOf(row: Omit<AuditRow, 'hash' | 'previousHash'>, previousHash: Buffer, key: Buffer): Buffer {
  const { searchText: _, ...content } = row
  return createHmac('sha256', key).update(previousHash).update(canonical(content)).digest()
}

/** Mac of the chain's end, so that rows cut off at the end are missed. */
export function macOfHead(head: { seq: number; hash: Buffer }, key: Buffer): Buffer {
  return createHmac('sha256', key).update(`head:${head.seq}:`).update(head.hash).digest()
}

export interface ChainFault {
  seq: number
  fault: string
}

interface Link {
  seq: number
  hash: Buffer
}

/** What is wrong with a row that follows `previous`, or nothing. */
export function faultOf(row: AuditRow, previous: Link, key: Buffer): ChainFault | undefined {
  const { hash, previousHash, ...content } = row
  if (row.seq !== previous.seq + 1) return { seq: previous.seq + 1, fault: 'this row was removed' }
  if (!previousHash.equals(previous.hash)) return { seq: row.seq, fault: 'this row does not follow the one before it' }
  if (!hashOf(content, previous.hash, key).equals(hash))
    return { seq: row.seq, fault: 'this row was changed or put in' }
  return undefined
}
