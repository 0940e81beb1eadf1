/**
 * The personal part of a row enters the chain as one digest, made with a random key that is kept beside it. When something
 * of it is erased, the key goes: nobody can try out what stood there, and the chain still fits. A mark, made with the
 * chain's key, then covers what is left.
 */
import { createHmac, hash, randomBytes } from 'node:crypto'
import type { AuditChange } from '../../domain/audit-entry.ts'
import { canonical } from './audit.canonical.ts'
import type { auditEvents, ErasedPart } from './audit.table.ts'

type AuditRow = typeof auditEvents.$inferSelect

/** The columns that may hold names, addresses or words about people; beside them each text in `changes`. */
export const personalColumns = [
  'initiatedByEmail',
  'resourceName',
  'clientIp',
  'userAgent',
  'errorMessage',
  'internalNote',
  'searchText',
] as const
const sides = ['from', 'to'] as const

export type PersonalRow = Pick<AuditRow, (typeof personalColumns)[number] | 'changes'>

/** Text may name somebody, at any depth; numbers and switches cannot. */
const isPersonal = (value: unknown) => typeof value === 'string' || (typeof value === 'object' && value !== null)

/** Who changes rows by SQL may leave anything in it. */
const changesOf = ({ changes }: Pick<AuditRow, 'changes'>): AuditChange[] => (Array.isArray(changes) ? changes : [])

const sidesOf = (change: AuditChange) => sides.map((side) => (isPersonal(change?.[side]) ? change[side] : undefined))

function personalOf(row: PersonalRow): unknown {
  return [...personalColumns.map((name) => row[name]), ...changesOf(row).map(sidesOf)]
}

/** The row without its personal part. */
export function impersonal(row: PersonalRow): Record<string, unknown> {
  const rest: Record<string, unknown> = { ...row }
  for (const name of personalColumns) delete rest[name]
  if (Array.isArray(row.changes)) rest['changes'] = row.changes.map(withoutText)
  return rest
}

function withoutText(change: AuditChange): unknown {
  if (typeof change !== 'object' || change === null) return change
  const isKept = ([name, value]: [string, unknown]) => !(name === 'from' || name === 'to') || !isPersonal(value)
  return Object.fromEntries(Object.entries(change).filter(isKept))
}

const digestWith = (key: Buffer, row: PersonalRow): Buffer =>
  hash('sha256', Buffer.concat([key, Buffer.from(canonical(personalOf(row)))]), 'buffer')

/** Key and digest of a new row's personal part. */
export function digestOf(row: PersonalRow): { personalKey: Buffer; personalDigest: Buffer } {
  const personalKey = randomBytes(16)
  return { personalKey, personalDigest: digestWith(personalKey, row) }
}

/** Whether the personal part is what it was when the row was written. */
export function isAsWritten(row: AuditRow): boolean {
  const { personalKey, personalDigest } = row
  return personalKey !== null && personalDigest !== null && digestWith(personalKey, row).equals(personalDigest)
}

type Erased = Pick<ErasedPart, 'erasures' | 'fields'>

/** Proof that the service has erased these fields and left the rest of the row as it is; base64. */
export function markOf(erasedRow: AuditRow, { erasures, fields }: Erased, chainKey: Buffer): string {
  const { erased: _, ...row } = erasedRow
  // A key of its own: no mark may come out as the hash of a row.
  const key = createHmac('sha256', chainKey).update('erased fields').digest()
  return createHmac('sha256', key).update(canonical({ row, erasures, fields })).digest('base64')
}
