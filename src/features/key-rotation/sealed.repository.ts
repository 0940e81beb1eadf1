/** Everything in the database that is sealed with `ENCRYPTION_KEY`, sealed anew with its first key. */
import { and, eq, isNotNull, type SQL, sql } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'
import type { DbOrTx } from '../../platform/db/columns.ts'
import { idempotencyKeys } from '../../platform/http/idempotency.table.ts'
import { mails } from '../../platform/mail/mail.table.ts'
import type { SecretBox } from '../../platform/secrets/secret-box.ts'
import { SecretBoxError, sealingKeyOf } from '../../platform/secrets/secret-box.ts'
import { auditHead, auditSigningKey } from '../audit/audit.table.ts'
import { connectors } from '../connectors/connectors.table.ts'
import { peopleSources } from '../directory/sources/sources.table.ts'
import { oidcSessions } from '../sessions/oidc.table.ts'

/** One place that holds sealed values. */
interface Place {
  /** Completes "3 …". */
  what: string
  table: PgTable
  key: PgColumn[]
  /** The envelope, as bytea. */
  envelope: SQL<Buffer>
  /** What to write for another envelope. */
  set: (envelope: Buffer) => Record<string, unknown>
}

const inColumn = (column: PgColumn) => sql<Buffer>`${column}`

/** A place that is missing here is found by the test that looks for every use of a secret box. */
const places: Place[] = [
  {
    what: 'connector secrets',
    table: connectors,
    key: [connectors.id],
    envelope: inColumn(connectors.secret),
    set: (secret) => ({ secret }),
  },
  {
    what: 'keys of the audit chain',
    table: auditHead,
    key: [auditHead.id],
    envelope: inColumn(auditHead.sealedKey),
    set: (sealedKey) => ({ sealedKey }),
  },
  {
    what: 'keys of the audit checkpoints',
    table: auditSigningKey,
    key: [auditSigningKey.id],
    envelope: inColumn(auditSigningKey.sealedPrivateKey),
    set: (sealedPrivateKey) => ({ sealedPrivateKey }),
  },
  {
    what: 'passwords for directory servers',
    table: peopleSources,
    key: [peopleSources.id],
    envelope: inColumn(peopleSources.secret),
    set: (secret) => ({ secret }),
  },
  {
    what: 'kept answers',
    table: idempotencyKeys,
    key: [idempotencyKeys.callerId, idempotencyKeys.key],
    envelope: inColumn(idempotencyKeys.answer),
    set: (answer) => ({ answer }),
  },
  {
    what: 'id tokens of sessions',
    table: oidcSessions,
    key: [oidcSessions.sessionId],
    envelope: inColumn(oidcSessions.idToken),
    set: (idToken) => ({ idToken }),
  },
  {
    what: 'links in mails that wait',
    table: mails,
    key: [mails.id],
    envelope: sql<Buffer>`decode(${mails.data} ->> 'token', 'base64')`,
    set: (token) => ({ data: sql`jsonb_set(${mails.data}, '{token}', to_jsonb(${token.toString('base64')}::text))` }),
  },
]

export interface Resealed {
  /** How many values of each kind were sealed anew. */
  counts: { what: string; count: number }[]
  /** Values that no key of ours opens, with the key they name. */
  unreadable: { what: string; keyId: string }[]
}

/**
 * Seals every value anew that another key than the first has sealed. May run beside the service: a value that has
 * changed in between is left as it then is.
 * @param secretBox opens with all keys, seals with `firstKeyId`
 */
export async function resealAll(db: DbOrTx, secretBox: SecretBox, firstKeyId: string): Promise<Resealed> {
  const result: Resealed = { counts: [], unreadable: [] }
  for (const place of places) {
    let count = 0
    for (const { envelope, key } of await sealedOtherwise(db, place, firstKeyId)) {
      const opened = open(secretBox, envelope)
      if (opened) count += await replace(db, place, { key, from: envelope, to: secretBox.seal(opened) })
      else result.unreadable.push({ what: place.what, keyId: sealingKeyOf(envelope) ?? 'unknown' })
    }
    result.counts.push({ what: place.what, count })
  }
  return result
}

/** How many values another key than the first has sealed. */
export async function countSealedOtherwise(db: DbOrTx, firstKeyId: string): Promise<number> {
  let count = 0
  for (const place of places) count += (await sealedOtherwise(db, place, firstKeyId)).length
  return count
}

interface Row {
  envelope: Buffer
  /** Values of the columns of the place's key, in their order. */
  key: Record<string, unknown>
}

async function sealedOtherwise(db: DbOrTx, { table, key, envelope }: Place, firstKeyId: string): Promise<Row[]> {
  const columns = Object.fromEntries(key.map((column, index) => [index, column]))
  const rows = await db.select({ key: columns, envelope }).from(table).where(isNotNull(envelope))
  return rows.filter((row) => sealingKeyOf(row.envelope) !== firstKeyId)
}

async function replace(
  db: DbOrTx,
  { table, key, envelope, set }: Place,
  { key: values, from, to }: { key: Record<string, unknown>; from: Buffer; to: Buffer },
): Promise<number> {
  const isRow = key.map((column, index) => eq(column, values[index]))
  const replaced = await db
    .update(table)
    .set(set(to))
    .where(and(...isRow, sql`${envelope} = ${from}`))
    .returning({ key: key[0] as PgColumn })
  return replaced.length
}

function open(secretBox: SecretBox, envelope: Buffer): Buffer | undefined {
  try {
    return secretBox.open(envelope)
  } catch (error) {
    if (error instanceof SecretBoxError) return undefined
    throw error
  }
}
