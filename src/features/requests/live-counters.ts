/**
 * The counters of live views. What is filtered by tab, status and type alone is read once for all viewers; of other filters,
 * viewers with the same share one count. Of each, one count follows the other, so that nobody is told what was before.
 */
import { setTimeout as pause } from 'node:timers/promises'
import type { Session } from 'better-sse'
import pLimit from 'p-limit'
import type { Logger } from 'pino'
import { outlasting } from '../../platform/db/reads.ts'
import { isBySums } from './buckets.ts'
import type { LiveView } from './live-views.ts'
import type { QueueCounts } from './queue.repository.ts'
import type { BucketCounts } from './queue-counts.repository.ts'
import type { RequestFilter } from './requests.schemas.ts'

export interface LiveCountersDeps {
  countAll: () => Promise<BucketCounts>
  /** The counters of the tabs under these filters. @param all spares what `countAll` reads */
  count: (filter: RequestFilter, all?: BucketCounts) => Promise<QueueCounts>
  viewers: () => readonly Viewer[]
  log: Pick<Logger, 'warn'>
}

export type Viewer = Session<LiveView>

/** Counts of rare filters that run at the same time: the rest of the database's connections is for everybody else. */
const rareAtOnce = 4

/** Between two counts under the same filter. */
const settleMs = 40

export function createLiveCounters({ countAll, count, viewers, log }: LiveCountersDeps) {
  const limit = pLimit(rareAtOnce)
  const inTurn = createTurns()
  const under = (key: string) => viewers().filter(({ state }) => state.key === key)

  async function tellAll(key: string, counting: () => Promise<QueueCounts>): Promise<void> {
    try {
      const counts = await counting()
      for (const viewer of under(key)) tell(viewer, counts)
    } catch (error) {
      log.warn({ err: error }, 'the counters could not be read')
      // Who has none yet comes again.
      for (const { state } of under(key)) if (state.told === undefined) state.end()
    }
  }

  async function tellUsual(): Promise<void> {
    const all = countAll()
    await all.catch(() => undefined)
    for (const { key, filter } of different(viewers()))
      if (!isRare(filter)) await tellAll(key, async () => count(filter, await all))
  }

  const refreshUsual = () => inTurn('usual', tellUsual)
  const refreshRare = ({ key, filter }: LiveView) => inTurn(key, () => limit(() => tellAll(key, () => count(filter))))

  return {
    /** Counts for a viewer who has come. */
    refresh: (view: LiveView): void => (isRare(view.filter) ? refreshRare(view) : refreshUsual()),

    /** Counts for everybody. */
    refreshAll(): void {
      const views = [...different(viewers())]
      const rare = views.filter(({ filter }) => isRare(filter))
      if (rare.length < views.length) refreshUsual()
      for (const view of rare) refreshRare(view)
    },
  }
}

/** A view of each filter. */
const different = (viewers: readonly Viewer[]) => new Map(viewers.map(({ state }) => [state.key, state])).values()

const isRare = (filter: RequestFilter) => !isBySums(filter)

function tell(viewer: Viewer, counts: QueueCounts): void {
  const text = JSON.stringify(counts)
  if (!viewer.isConnected || viewer.state.told === text) return
  viewer.state.told = text
  viewer.push(counts, 'counts')
}

/**
 * Work of a name begins at once, and once more a little later when it was asked for meanwhile: what has come since it began may
 * be missing in it, and many changes that come together are counted in few turns.
 */
function createTurns() {
  const turns = new Map<string, { isAskedAgain: boolean }>()
  async function run(name: string, work: () => Promise<void>): Promise<void> {
    const turn = { isAskedAgain: false }
    turns.set(name, turn)
    do {
      turn.isAskedAgain = false
      await work()
      await pause(settleMs, undefined, { ref: false })
    } while (turn.isAskedAgain)
    turns.delete(name)
  }
  return (name: string, work: () => Promise<void>): void => {
    const turn = turns.get(name)
    if (turn) turn.isAskedAgain = true
    // Not of the viewer by whom it begins: others wait for it, too.
    else void outlasting(() => run(name, work))
  }
}
