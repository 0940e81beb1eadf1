/** Lives that are lived twice: once in peace, and once with a worker that is killed after one of their commits. */

import pLimit from 'p-limit'
import { findGrant } from '../../src/features/grants/grants.repository.ts'
import { type Lived, type Outcome, outcomeOf } from './lived.ts'
import type { Death, Kind } from './worker-relay.ts'
import { startRelay } from './worker-relay.ts'
import { openService, type TestService } from './worker-service.ts'

export interface Stage {
  world: TestService
  /** The worker kills itself after the next commit of the life's message for this person; in peace, nothing. */
  arm(userId: string): Promise<void>
  /** To be done when all is over. */
  atEnd(close: () => Promise<void>): void
}

export interface Life {
  name: string
  /** The message after whose commit the worker is killed. */
  kind: Kind
  live(stage: Stage): Promise<Lived>
  /** What is left in any case; the rest is as it is without a kill. */
  left: Partial<Omit<Outcome, 'grant'>> & { grant?: Partial<Outcome['grant']> }
}

/** What the database and Temporal knew of a dead worker's last commit, before there was another worker. */
interface Seen extends Death {
  isInDatabase: boolean
  isInHistory: boolean
}

/** A worker that is gone is waited for no longer than this. */
const taskTimeout = ['--dynamic-config-value', 'history.defaultWorkflowTaskTimeout="2s"']

async function seenOf(world: TestService, death: Death): Promise<Seen> {
  const { workflowId, version, commits } = death
  const id = workflowId.slice(workflowId.indexOf('/') + 1)
  const isOfRequest = death.kind.startsWith('request ')
  const row = isOfRequest ? await world.rowOf(id) : await findGrant(world.db, id)
  const { events } = await world.client.workflow.getHandle(workflowId).fetchHistory()
  const told = (events ?? []).filter(({ markerRecordedEventAttributes }) => markerRecordedEventAttributes).length
  return { ...death, isInDatabase: version === null || row?.version === version, isInHistory: told >= commits }
}

/** One worker lives them all: with more of them on a busy machine its queue is longer than the server waits for the answer to a query. */
const livedAtOnce = 8

/** Lives all of them in peace, some at a time. To be closed. */
export async function openLives(lives: readonly Life[]) {
  const world = await openService({ hasWorker: false, serverArgs: taskTimeout })
  const closing: (() => Promise<void>)[] = []
  const deaths: Seen[] = []
  const relay = startRelay(world, async (death) => void deaths.push(await seenOf(world, death)))
  const atEnd = (close: () => Promise<void>) => void closing.push(close)
  const arm = async () => undefined
  const inTurn = pLimit(livedAtOnce)
  const peaceful = await Promise.allSettled(
    lives.map(({ live }) => inTurn(async () => outcomeOf(world, await live({ world, arm, atEnd })))),
  )

  return {
    world,
    /** Every kill so far. */
    deaths,

    /** @throws what has gone wrong without any kill */
    inPeace(life: Life): Outcome {
      const settled = peaceful[lives.indexOf(life)]
      if (settled?.status !== 'fulfilled') throw settled?.reason
      return settled.value
    },

    /** @returns what is left, and which kills there were */
    async withAKill({ kind, live }: Life): Promise<{ left: Outcome; killed: Seen[] }> {
      const before = deaths.length
      const lived = await live({ world, arm: (userId) => relay.arm({ kind, userId }), atEnd })
      await relay.takeover()
      return { left: await outcomeOf(world, lived), killed: deaths.slice(before) }
    },

    async close(): Promise<void> {
      await relay.close()
      await world.close()
      await Promise.all(closing.map((close) => close()))
    },
  }
}

export type Lives = Awaited<ReturnType<typeof openLives>>
