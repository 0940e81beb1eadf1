/** Mails that arrived more than once: allowed only where a kill hides whether the first copy was taken. */
import type { Facts } from './facts.ts'
import type { Kill } from './storm.ts'

export interface Repeats {
  /** Further copies of any mail. */
  all: number
  /** Further copies of mails that tell an outcome. */
  outcomes: number
  /** Kills of the worker or of the mail server, each of which may hide one answer. */
  excuses: number
  /** Ids of mails with two copies between which nothing was killed that could explain it. */
  unexplained: string[]
}

const outcomeKinds = new Set(['request_approved', 'request_denied', 'access_ended'])
/** The mail server notes the time of a copy a little before or after it answers. */
const slackMs = 1000

/** Pairs of one arrival and the next one. */
function gapsOf(arrivals: readonly number[]): [number, number][] {
  const inOrder = [...arrivals].sort((one, other) => one - other)
  return inOrder.slice(1).map((next, index) => [inOrder[index] as number, next])
}

export function repeatsIn({ copies, mails }: Pick<Facts, 'copies' | 'mails'>, kills: readonly Kill[]): Repeats {
  const excuses = kills.filter(({ part }) => part === 'worker' || part === 'mail')
  const outcomes = [...mails.values()].flat().filter(({ kind }) => outcomeKinds.has(kind))
  const repeated = [...copies].filter(([, arrivals]) => arrivals.length > 1)
  const isExplained = ([from, to]: [number, number]) => excuses.some(({ at }) => at > from - slackMs && at < to)
  return {
    all: repeated.reduce((sum, [, arrivals]) => sum + arrivals.length - 1, 0),
    outcomes: outcomes.reduce((sum, { id }) => sum + Math.max(0, (copies.get(id)?.length ?? 0) - 1), 0),
    excuses: excuses.length,
    unexplained: repeated.filter(([, arrivals]) => !gapsOf(arrivals).every(isExplained)).map(([id]) => id),
  }
}
