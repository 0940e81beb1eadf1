/**
 * Takes a person's names and addresses out of the audit log. Each row keeps its place and its hash, and gets a mark that
 * proves what was done; see `audit.personal.ts`. Only the owner of the tables may do this.
 */
import { and, eq, or, sql } from 'drizzle-orm'
import type { AuditChange } from '../../domain/audit-entry.ts'
import { erasedName, type KnownAs, textWithout, without, wordsOf } from '../../domain/shared/erasure.ts'
import type { DbOrTx } from '../../platform/db/columns.ts'
import { canonical } from './audit.canonical.ts'
import type { AuditRow } from './audit.chain.ts'
import { searchTextOf } from './audit.content.ts'
import { markOf, personalColumns } from './audit.personal.ts'
import { auditEvents } from './audit.table.ts'

const erasable = [...personalColumns, 'changes'] as const

export interface LogErasure {
  tx: DbOrTx
  chainKey: Buffer
  /** Id of the erasure: the event that records it has the source key `erasure:<id>`. */
  erasure: string
  person: KnownAs
  /** Requests the person took part in. */
  requestIds: string[]
}

const isAbout = (row: AuditRow, id: string) => row.resourceType === 'user' && row.resourceId === id
const ofPerson = (id: string) =>
  or(eq(auditEvents.initiatedById, id), and(eq(auditEvents.resourceType, 'user'), eq(auditEvents.resourceId, id)))

/** Every name and address under which the log knows a person. */
export async function wordsInLog(tx: DbOrTx, id: string): Promise<string[]> {
  const rows = await tx.select().from(auditEvents).where(ofPerson(id))
  const ofRow = (row: AuditRow) => [
    row.initiatedById === id ? row.initiatedByEmail : null,
    ...(isAbout(row, id) ? [row.resourceName, ...row.changes.flatMap(namesIn)] : []),
  ]
  return wordsOf(rows.flatMap(ofRow))
}

const namesIn = ({ field, from, to }: AuditChange) => (field === 'name' || field === 'email' ? [from, to] : [])

/** @returns how many rows had something of the person */
export async function eraseFromLog(options: LogErasure): Promise<number> {
  const { tx, person, requestIds, chainKey, erasure } = options
  await tx.execute(sql`set local gatehouse.erasure = 'on'`)
  const addresses = person.words.filter((word) => word.includes('@')).map((word) => word.toLowerCase())
  const { initiatedByEmail, resourceName, errorMessage, internalNote, changes } = auditEvents
  const text = sql`lower(concat_ws(' ', ${initiatedByEmail}, ${resourceName}, ${errorMessage}, ${internalNote}, ${changes}::text))`
  const rows = await tx
    .select()
    .from(auditEvents)
    .where(
      or(
        ofPerson(person.id),
        sql`${auditEvents.accessRequestId} = any(${`{${requestIds.join(',')}}`}::uuid[])`,
        ...[person.id, ...addresses].map((word) => sql`strpos(${text}, ${word}) > 0`),
      ),
    )
  let count = 0
  for (const row of rows) {
    const left = leftOf(row, person)
    const fields = erasable.filter((name) => canonical(left[name]) !== canonical(row[name]))
    if (fields.length === 0) continue
    await update(tx, { ...left, personalKey: null }, { erasure, fields, chainKey })
    count += 1
  }
  return count
}

function leftOf(row: AuditRow, person: KnownAs): AuditRow {
  const isTheirs = row.initiatedById === person.id
  const isTheirAddress = person.words.some((word) => word.toLowerCase() === row.initiatedByEmail?.toLowerCase())
  const text = (value: string | null) => value && textWithout(value, person)
  const left = {
    ...row,
    initiatedByEmail: isTheirs || isTheirAddress ? null : row.initiatedByEmail,
    clientIp: isTheirs ? null : row.clientIp,
    userAgent: isTheirs ? null : row.userAgent,
    resourceName: nameLeftOf(row, person),
    errorMessage: text(row.errorMessage),
    internalNote: text(row.internalNote),
    changes: row.changes.map(({ from, to, ...change }) => ({
      ...change,
      from: without(from, person),
      to: without(to, person),
    })),
  }
  return { ...left, searchText: row.searchText === null ? null : searchTextOf(left) }
}

/** Other people may have the same name. */
function nameLeftOf(row: AuditRow, person: KnownAs): string | null {
  if (isAbout(row, person.id)) return erasedName
  return row.resourceType === 'user' || row.resourceName === null
    ? row.resourceName
    : textWithout(row.resourceName, person)
}

async function update(
  tx: DbOrTx,
  row: AuditRow,
  { erasure, fields, chainKey }: { erasure: string; fields: string[]; chainKey: Buffer },
): Promise<void> {
  const part = {
    erasures: [...(row.erased?.erasures ?? []), erasure],
    fields: [...new Set([...(row.erased?.fields ?? []), ...fields])],
  }
  const { seq, ...columns } = { ...row, erased: { ...part, mark: markOf(row, part, chainKey) } }
  const personal = Object.fromEntries(erasable.map((name) => [name, columns[name]]))
  await tx
    .update(auditEvents)
    .set({ ...personal, personalKey: null, erased: columns.erased })
    .where(eq(auditEvents.seq, seq))
}
