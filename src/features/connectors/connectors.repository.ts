/** Connectors as administrators set them up. */

import { randomBytes } from 'node:crypto'
import { and, eq, isNull, sql } from 'drizzle-orm'
import { DomainError, invalidInput } from '../../domain/shared/errors.ts'
import { fieldProblem } from '../../domain/shared/field-errors.ts'
import { type DbOrTx } from '../../platform/db/columns.ts'
import { asWords, keyset, type Slice } from '../../platform/db/keyset.ts'
import { violatedConstraint } from '../../platform/db/violation.ts'
import { refusePrivateLiteral } from '../../platform/net/public-address.ts'
import { type SecretBox } from '../../platform/secrets/secret-box.ts'
import { isInHistory, refuseWhileUsed } from './connector-uses.repository.ts'
import type { ConnectorView, CreateConnector, CreatedConnector, UpdateConnector } from './connectors.schemas.ts'
import type { ConnectorKind } from './connectors.table.ts'
import { connectors } from './connectors.table.ts'

type ConnectorRow = typeof connectors.$inferSelect

/** Not deleted. */
const isThere = isNull(connectors.archivedAt)

export interface ConnectorTarget {
  name: string
  kind: ConnectorKind
  url: string
  /** @throws SecretBoxError when it was sealed with a key that is not there any more */
  openSecret(): string
}

export interface ConnectorRules {
  secretBox: SecretBox
  /** Lets targets be private or loopback addresses. */
  allowPrivate: boolean
}

/** @throws DomainError `conflict` when the name is taken, `invalid_input` when the URL is one that may not be called */
export async function insertConnector(
  db: DbOrTx,
  { secretBox, allowPrivate }: ConnectorRules,
  { id, secret = newSecret(), name, kind, url }: CreateConnector & { id?: string },
): Promise<CreatedConnector> {
  refuseInside(url, allowPrivate)
  const sealed = secretBox.seal(secret)
  const [row] = await db
    .insert(connectors)
    .values({ ...(id ? { id } : {}), name, kind, config: { url }, secret: sealed })
    // A repetition under the same id gets a secret of its own: the answer that showed the first one never arrived.
    .onConflictDoUpdate({ target: connectors.id, set: { secret: sealed } })
    .returning()
    .catch(refuseTakenName)
  return { ...viewOf(row as ConnectorRow), secret }
}

/** How to call it, for the registry; nothing when it does not exist. One that is deleted may still have to take somebody out. */
export async function findTarget(db: DbOrTx, secretBox: SecretBox, id: string): Promise<ConnectorTarget | undefined> {
  const [row] = await db.select().from(connectors).where(eq(connectors.id, id))
  if (!row) return undefined
  const { name, kind, config, secret } = row
  return { name, kind, url: config.url, openSecret: () => secretBox.open(secret).toString('utf8') }
}

/** Up to `limit` of them, by name. */
export async function listConnectors(
  db: DbOrTx,
  { limit, after }: Pick<Slice, 'limit' | 'after'>,
): Promise<ConnectorView[]> {
  const { where, orderBy } = keyset({ name: asWords(connectors.name) }, connectors.id, { sort: 'name', after })
  const rows = await db
    .select()
    .from(connectors)
    .where(and(isThere, where))
    .orderBy(...orderBy)
    .limit(limit)
  return rows.map(viewOf)
}

/** @throws DomainError `not_found` */
export async function readConnector(db: DbOrTx, id: string): Promise<ConnectorView> {
  const [row] = await db
    .select()
    .from(connectors)
    .where(and(eq(connectors.id, id), isThere))
  return viewOf(found(row))
}

/** @throws DomainError `not_found`, `conflict` when the name is taken, `invalid_input` when the URL may not be called */
export async function updateConnector(
  db: DbOrTx,
  { secretBox, allowPrivate }: ConnectorRules,
  { id, name, url, secret }: UpdateConnector & { id: string },
): Promise<ConnectorView> {
  if (url !== undefined) refuseInside(url, allowPrivate)
  const change = {
    ...(name === undefined ? {} : { name }),
    ...(url === undefined ? {} : { config: { url } }),
    ...(secret === undefined ? {} : { secret: secretBox.seal(secret) }),
    updatedAt: sql`now()`,
  }
  const [row] = await db
    .update(connectors)
    .set(change)
    .where(and(eq(connectors.id, id), isThere))
    .returning()
    .catch(refuseTakenName)
  return viewOf(found(row))
}

/**
 * One that ended access names is archived: nothing is given through it, and the history keeps its name.
 * @throws DomainError `not_found`, `conflict` that says what still depends on it
 */
export async function deleteConnector(tx: DbOrTx, id: string): Promise<void> {
  const isThis = and(eq(connectors.id, id), isThere)
  // Nobody begins to use it meanwhile.
  const [row] = await tx.select().from(connectors).where(isThis).for('update')
  await refuseWhileUsed(tx, found(row))
  if (await isInHistory(tx, id)) await tx.update(connectors).set({ archivedAt: sql`now()` }).where(isThis)
  else await tx.delete(connectors).where(isThis)
}

/** A signing secret of 32 random bytes. */
export function newSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`
}

function viewOf({ id, name, kind, config, createdAt, updatedAt }: ConnectorRow): ConnectorView {
  return { id, name, kind, url: config.url, createdAt: inUtc(createdAt), updatedAt: inUtc(updatedAt) }
}

/** Postgres writes `2026-11-23 09:15:00+00`. */
function inUtc(instant: string): string {
  return new Date(instant).toISOString()
}

function found(row: ConnectorRow | undefined): ConnectorRow {
  if (!row) throw new DomainError('not_found', 'There is no such connector.')
  return row
}

function refuseInside(url: string, allowPrivate: boolean): void {
  if (allowPrivate) return
  try {
    refusePrivateLiteral(new URL(url))
  } catch {
    throw invalidInput('url', fieldProblem('private_address', 'must not be a private or local address'))
  }
}

function refuseTakenName(error: unknown): never {
  if (violatedConstraint(error) !== 'connectors_name_unique') throw error
  throw new DomainError('conflict', 'A connector of this name exists already.', {
    current: 'taken',
    errors: [{ path: 'name', ...fieldProblem('taken', 'is taken') }],
  })
}
