/** Takes a person's name and address out of everything but the audit log: their row stays, without either. */
import { and, eq, inArray, isNull, notInArray, or, sql } from 'drizzle-orm'
import type { AccessRequest } from '../../domain/request/record.ts'
import { openStatuses } from '../../domain/request/record.ts'
import { erasedEmail, erasedName, type KnownAs, textWithout, without } from '../../domain/shared/erasure.ts'
import { DomainError } from '../../domain/shared/errors.ts'
import type { DbOrTx } from '../../platform/db/columns.ts'
import { idempotencyKeys } from '../../platform/http/idempotency.table.ts'
import { mails } from '../../platform/mail/mail.table.ts'
import { users } from '../directory/users/users.table.ts'
import { grants } from '../grants/grants.table.ts'
import { toldMemberships } from '../memberships/memberships.table.ts'
import { accessRequests } from '../requests/requests.table.ts'
import { defaultQueueViews, queueViews, type ViewSearch } from '../requests/views/views.table.ts'
import { knownDevices } from '../sessions/known-devices.table.ts'
import { oidcIdentities } from '../sessions/oidc.table.ts'
import { apiTokens, sessions } from '../sessions/sessions.table.ts'

const takesPart = (id: string) => sql`strpos(${accessRequests.record}::text, ${id}) > 0`

/**
 * Locks the person's row.
 * @throws DomainError `not_found`, or `conflict` for who is not suspended, has access, may be at a connected system, or takes part in an open request
 */
export async function lockForErasure(tx: DbOrTx, id: string): Promise<{ name: string; email: string }> {
  const [user] = await tx.select().from(users).where(eq(users.id, id)).for('update')
  if (!user) throw new DomainError('not_found', 'There is no such user.')
  if (user.state !== 'suspended')
    throw new DomainError('conflict', 'Suspend this user first: only suspended people can be erased.', {
      current: user.state,
    })
  const open = await tx
    .select({ id: accessRequests.id })
    .from(accessRequests)
    .where(and(inArray(accessRequests.status, [...openStatuses]), takesPart(id)))
  if (open.length > 0)
    throw new DomainError('conflict', `This user takes part in ${open.length} open requests: close them first.`, {
      current: open[0]?.id,
    })
  const given = await tx
    .select({ id: grants.id })
    .from(grants)
    .where(and(eq(grants.userId, id), isNull(grants.endedAt)))
  if (given.length > 0)
    throw new DomainError('conflict', 'Access of this user is still being taken away: try again when it has ended.', {
      current: given[0]?.id,
    })
  const there = await tx.$count(toldMemberships, eq(toldMemberships.userId, id))
  if (there > 0)
    throw new DomainError(
      'conflict',
      `This user is still being taken out of ${there} ${there === 1 ? 'group' : 'groups'} at connected systems: try again when that is done.`,
      { current: 'people_there' },
    )
  return user
}

/** Closed requests in which the person stands, in whatever role. */
export async function requestsOf(tx: DbOrTx, id: string): Promise<{ id: string; record: AccessRequest }[]> {
  return tx
    .select({ id: accessRequests.id, record: accessRequests.record })
    .from(accessRequests)
    .where(and(notInArray(accessRequests.status, [...openStatuses]), takesPart(id)))
}

/** @returns how many rows of each were changed or removed */
export async function eraseFromRows(
  tx: DbOrTx,
  person: KnownAs,
  requests: { id: string; record: AccessRequest }[],
): Promise<Record<'requests' | 'mails' | 'credentials', number>> {
  await tx
    .update(users)
    .set({
      name: erasedName,
      email: erasedEmail(person.id),
      department: null,
      jobTitle: null,
      passwordHash: null,
      // No source finds them any more.
      sourceId: null,
      externalId: null,
      sourceProfile: {},
      removedAt: sql`coalesce(${users.removedAt}, now())`,
    })
    .where(eq(users.id, person.id))
  // The names that were taken away just now are among the former ones.
  await tx.update(users).set({ former: '' }).where(eq(users.id, person.id))
  for (const { id, record } of requests)
    await tx
      .update(accessRequests)
      .set({ record: without(record, person) as AccessRequest })
      .where(eq(accessRequests.id, id))
  const removed = [
    await tx.delete(sessions).where(eq(sessions.userId, person.id)).returning({ id: sessions.id }),
    await tx.delete(apiTokens).where(eq(apiTokens.userId, person.id)).returning({ id: apiTokens.id }),
    await tx
      .delete(oidcIdentities)
      .where(eq(oidcIdentities.userId, person.id))
      .returning({ id: oidcIdentities.userId }),
    await tx.delete(knownDevices).where(eq(knownDevices.userId, person.id)).returning({ id: knownDevices.id }),
  ]
  await eraseFromViews(tx, person)
  await tx.delete(idempotencyKeys).where(eq(idempotencyKeys.callerId, person.id))
  await tx
    .update(grants)
    .set({ end: sql`${grants.end} - 'origin'` })
    .where(sql`${grants.end} ->> 'by' = ${person.id}`)
  return {
    requests: requests.length,
    mails: await eraseFromMails(
      tx,
      person,
      requests.map(({ id }) => id),
    ),
    credentials: removed.flat().length,
  }
}

const addressesOf = ({ words }: KnownAs) => words.filter((word) => word.includes('@')).map((word) => word.toLowerCase())

/**
 * Views of the queue that only the person saw go. Shared ones are others' by now, too: any administrator may delete them.
 * Neither they nor other views that hold an address of the person name them any more.
 */
async function eraseFromViews(tx: DbOrTx, person: KnownAs): Promise<void> {
  await tx.delete(defaultQueueViews).where(eq(defaultQueueViews.userId, person.id))
  await tx.delete(queueViews).where(and(eq(queueViews.ownerId, person.id), eq(queueViews.shared, false)))
  const text = sql`lower(${queueViews.name} || ${queueViews.search}::text)`
  const named = await tx
    .select({ id: queueViews.id, name: queueViews.name, search: queueViews.search })
    .from(queueViews)
    .where(
      or(
        eq(queueViews.ownerId, person.id),
        ...addressesOf(person).map((address) => sql`strpos(${text}, ${address}) > 0`),
      ),
    )
  for (const { id, name, search } of named) {
    const left = textWithout(name, person)
    // Two that were called by different names of the person stay different.
    const ending = left === name ? '' : ` ${id.slice(-6)}`
    await tx
      .update(queueViews)
      .set({ name: left + ending, search: without(search, person) as ViewSearch })
      .where(eq(queueViews.id, id))
  }
}

/** Mails to the person go; in those to others about the same requests the person is not named any more. */
async function eraseFromMails(tx: DbOrTx, person: KnownAs, requestIds: string[]): Promise<number> {
  const gone = await tx.delete(mails).where(eq(mails.recipientId, person.id)).returning({ id: mails.id })
  const about = await tx
    .select({ id: mails.id, data: mails.data })
    .from(mails)
    .where(
      or(
        sql`${mails.accessRequestId} = any(${`{${requestIds.join(',')}}`}::uuid[])`,
        ...addressesOf(person).map((address) => sql`strpos(lower(${mails.data}::text), ${address}) > 0`),
      ),
    )
  for (const { id, data } of about)
    await tx
      .update(mails)
      .set({ data: without(data, person) })
      .where(eq(mails.id, id))
  return gone.length + about.length
}
