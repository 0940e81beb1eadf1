/**
 * How often one account is guessed at, from wherever: the first tries of an hour are free, each later one waits longer.
 * A turn is taken before the password is judged, by one statement: of many at the same moment no more are judged.
 */
import { sql } from 'drizzle-orm'
import type { DbOrTx } from '../../platform/db/columns.ts'
import { rateLimits } from './rate-limits.table.ts'

/** Failures without a delay. */
export const freeFailures = 10
const longestDelaySeconds = 15 * 60
/** Failures count until nobody has failed for an hour. */
const memory = sql`interval '1 hour'`

/** 1, 2, 4 … seconds after the last turn; `expire` is an hour after it. */
const nextTurn = sql`case when ${rateLimits.points} < ${freeFailures}::int then '-infinity'
  else ${rateLimits.expire} - ${memory} + make_interval(secs =>
    least(${longestDelaySeconds}::int, power(2, least(${rateLimits.points} - ${freeFailures}::int, 20)))) end`

/** Which turn this is, and so how many failures there will be if it is one; or how long to wait for a turn. */
export type Turn = { failures: number } | { waitSeconds: number }

/** @param key names the account, or a device of it */
export async function takeTurn(db: DbOrTx, key: string): Promise<Turn> {
  const [taken] = await db
    .insert(rateLimits)
    .values({ key, points: 1, expire: sql`now() + ${memory}` })
    .onConflictDoUpdate({
      target: rateLimits.key,
      set: {
        points: sql`case when ${rateLimits.expire} <= now() then 1 else ${rateLimits.points} + 1 end`,
        expire: sql`now() + ${memory}`,
      },
      setWhere: sql`${rateLimits.expire} <= now() or ${nextTurn} <= now()`,
    })
    .returning({ failures: rateLimits.points })
  if (taken) return taken
  const [wait] = await db
    .select({ seconds: sql<number>`ceil(extract(epoch from ${nextTurn} - now()))::int` })
    .from(rateLimits)
    .where(sql`${rateLimits.key} = ${key} and ${rateLimits.points} >= ${freeFailures}::int`)
  return { waitSeconds: Math.max(1, wait?.seconds ?? 1) }
}

/** Gives a turn back in which nobody guessed wrong. */
export async function giveTurnBack(db: DbOrTx, key: string): Promise<void> {
  await db
    .update(rateLimits)
    .set({ points: sql`greatest(${rateLimits.points} - 1, 0)` })
    .where(sql`${rateLimits.key} = ${key}`)
}
