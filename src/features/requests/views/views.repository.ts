/** Saved views of the queue in Postgres. */
import { and, eq, or, sql } from 'drizzle-orm'
import { DomainError } from '../../../domain/shared/errors.ts'
import { fieldProblem } from '../../../domain/shared/field-errors.ts'
import type { DbOrTx } from '../../../platform/db/columns.ts'
import { asWords, keyset, type Slice } from '../../../platform/db/keyset.ts'
import { violatedConstraint } from '../../../platform/db/violation.ts'
import { users } from '../../directory/users/users.table.ts'
import type { ViewInput } from './views.schemas.ts'
import { defaultQueueViews, queueViews } from './views.table.ts'

/** So many views one person may have. */
const viewsAtMost = 100

/** The one that is locked; a migration made it. */
const lockedId = '01980000-0000-7000-8000-000000000001'

const { search, ...columns } = {
  id: queueViews.id,
  name: queueViews.name,
  search: queueViews.search,
  shared: queueViews.shared,
  place: queueViews.place,
  owner: { id: users.id, name: users.name },
  hasOwner: sql<boolean>`coalesce(${users.state} = 'activated' and 'admin' = any(${users.roles}), false)`,
  createdAt: queueViews.createdAt,
  updatedAt: queueViews.updatedAt,
}

/** Id of the view that opens for a person: the one they have chosen while they may see it, else the locked one. */
const defaultIdFor = (userId: string) => sql`coalesce(
    (select ${defaultQueueViews.viewId} from ${defaultQueueViews}
      join ${queueViews} as chosen on chosen.id = ${defaultQueueViews.viewId}
      where ${defaultQueueViews.userId} = ${userId} and (chosen.shared or chosen.owner_id = ${userId})),
    ${lockedId}::uuid)`

function select(db: DbOrTx, userId: string) {
  const isDefault = sql<boolean>`${queueViews.id} = ${defaultIdFor(userId)}`
  return db
    .select({ ...columns, search, isDefault })
    .from(queueViews)
    .leftJoin(users, eq(users.id, queueViews.ownerId))
}

/** A view that somebody may see. `hasOwner`: its owner is an administrator now. */
export type ViewRow = Awaited<ReturnType<typeof select>>[number]

const isSeenBy = (userId: string) => or(eq(queueViews.ownerId, userId), queueViews.shared)

/** Up to `limit` of a person's own views and the shared ones: the locked one, then by name. */
export async function listViews(
  db: DbOrTx,
  userId: string,
  { after, limit }: Pick<Slice, 'after' | 'limit'>,
): Promise<ViewRow[]> {
  const { where, orderBy } = keyset({ place: asWords(queueViews.place) }, queueViews.id, { sort: 'place', after })
  return select(db, userId)
    .where(and(isSeenBy(userId), where))
    .orderBy(...orderBy)
    .limit(limit)
}

/** @throws DomainError `not_found` for a view that the person may not see */
export async function readView(db: DbOrTx, userId: string, id: string): Promise<ViewRow> {
  const [row] = await select(db, userId).where(and(eq(queueViews.id, id), isSeenBy(userId)))
  if (!row) throw new DomainError('not_found', 'There is no such view for you.')
  return row
}

/** The view that opens for the person. */
export async function readDefaultView(db: DbOrTx, userId: string): Promise<ViewRow> {
  const [row] = await select(db, userId).where(sql`${queueViews.id} = ${defaultIdFor(userId)}`)
  if (!row) throw new DomainError('not_found', 'There is no view to open with.')
  return row
}

/** Keeps a view; once more under the same id changes nothing. @throws DomainError `conflict` when the name is taken or there are too many */
export async function insertView(tx: DbOrTx, view: ViewInput & { id: string; ownerId: string }): Promise<void> {
  // Two at once wait for each other, so that they count what there is.
  await tx.select({ id: users.id }).from(users).where(eq(users.id, view.ownerId)).for('no key update')
  const others = await tx.$count(
    queueViews,
    and(eq(queueViews.ownerId, view.ownerId), sql`${queueViews.id} <> ${view.id}`),
  )
  if (others >= viewsAtMost)
    throw new DomainError('conflict', `You have ${viewsAtMost} views already: delete one of them first.`, {
      current: 'too_many',
    })
  await tx.insert(queueViews).values(view).onConflictDoNothing({ target: queueViews.id }).catch(refuseTakenName)
}

/** @throws DomainError `conflict` when the name is taken */
export async function updateView(tx: DbOrTx, id: string, view: ViewInput): Promise<void> {
  await tx
    .update(queueViews)
    .set({ ...view, updatedAt: sql`now()` })
    .where(eq(queueViews.id, id))
    .catch(refuseTakenName)
}

export async function deleteView(tx: DbOrTx, id: string): Promise<void> {
  await tx.delete(queueViews).where(eq(queueViews.id, id))
}

/** The view opens for the person from now on. */
export async function chooseDefault(db: DbOrTx, userId: string, viewId: string): Promise<void> {
  await db
    .insert(defaultQueueViews)
    .values({ userId, viewId })
    .onConflictDoUpdate({ target: defaultQueueViews.userId, set: { viewId } })
}

function refuseTakenName(error: unknown): never {
  if (violatedConstraint(error) !== 'queue_views_name_unique') throw error
  throw new DomainError('conflict', 'You have a view of this name already.', {
    current: 'taken',
    errors: [{ path: 'name', ...fieldProblem('taken', 'is taken') }],
  })
}
