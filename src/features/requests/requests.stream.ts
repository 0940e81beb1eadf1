/**
 * Live view of the queue: every change of a request, and the counters under each viewer's filters.
 * One LISTEN connection per process; viewers with the same filters share one count.
 */
import { createChannel, createSession, type Session } from 'better-sse'
import type { Request, Response } from 'express'
import type { Logger } from 'pino'
import type { Sql } from 'postgres'
import type { RouteDefinition } from '../../platform/http/route.ts'
import { route } from '../../platform/http/route.ts'
import { createLiveViews, type LiveView } from './live-views.ts'
import type { QueueCounts } from './queue.repository.ts'
import { filterQuery, type RequestFilter } from './requests.schemas.ts'

export interface StreamDeps {
  /** For LISTEN. */
  raw: Sql
  /** The counters of the tabs under these filters. */
  count: (filter: RequestFilter) => Promise<QueueCounts>
  log: Pick<Logger, 'warn'>
}

/** Changes that come together are counted once. */
const settleMs = 40

type Viewer = Session<LiveView>

const reading = { tag: 'Access requests', ability: 'queue.read', documents429: true } as const

export function createRequestStream({ raw, count, log }: StreamDeps) {
  const channel = createChannel<Record<string, never>, LiveView>()
  const views = createLiveViews()
  const last = new Map<string, string>()
  let timer: NodeJS.Timeout | undefined
  let listening: { unlisten(): Promise<void> } | undefined

  async function push(key: string, viewers: Viewer[]): Promise<void> {
    const counts = await count(viewers[0]?.state.filter ?? {})
    if (last.get(key) === JSON.stringify(counts)) return
    last.set(key, JSON.stringify(counts))
    for (const viewer of viewers.filter(({ isConnected }) => isConnected)) viewer.push(counts, 'counts')
  }

  async function countAll(): Promise<void> {
    timer = undefined
    const byFilter = new Map<string, Viewer[]>()
    for (const viewer of channel.activeSessions)
      byFilter.set(viewer.state.key, [...(byFilter.get(viewer.state.key) ?? []), viewer])
    for (const key of last.keys()) if (!byFilter.has(key)) last.delete(key)
    for (const [key, viewers] of byFilter)
      await push(key, viewers).catch((error: unknown) => log.warn({ err: error }, 'the counters could not be read'))
  }

  function changed(payload: string): void {
    if (channel.sessionCount === 0) return
    channel.broadcast(JSON.parse(payload) as unknown, 'request')
    timer ??= setTimeout(() => void countAll(), settleMs)
  }

  return {
    async start(): Promise<void> {
      // After a lost connection everything may have changed: the client listens again by itself and we count anew.
      listening = await raw.listen('requests', changed, () => void countAll())
    },

    async stop(): Promise<void> {
      clearTimeout(timer)
      for (const viewer of channel.activeSessions) viewer.push(null, 'bye')
      await listening?.unlisten().catch(() => log.warn('the database was gone before the live view ended'))
    },

    routes(): RouteDefinition[] {
      return [
        route({
          method: 'get',
          path: '/access-requests/stream',
          summary: 'Server-Sent Events: counts (under the filters given), request (id, status, version)',
          ...reading,
          query: filterQuery,
          responses: { 200: { description: 'A stream of events', contentType: 'text/event-stream' } },
          handler: async ({ query: filter, actor, req, res }) => {
            if (req.method === 'HEAD') {
              res.type('text/event-stream').end()
              return null
            }
            const view = { userId: actor.id, key: JSON.stringify(filter), filter }
            views.open(view, res)
            await openView(view, { channel, count, req, res })
            return null
          },
        }),
      ]
    },
  }
}

interface Opening {
  channel: ReturnType<typeof createChannel<Record<string, never>, LiveView>>
  count: StreamDeps['count']
  req: Request
  res: Response
}

async function openView(view: LiveView, { channel, count, req, res }: Opening): Promise<void> {
  const session = await createSession<LiveView>(req, res, { state: view, keepAlive: 15_000, retry: 2000 })
  if (!session.isConnected) return
  channel.register(session)
  const counts = await count(view.filter)
  // Who has left meanwhile needs no count.
  if (session.isConnected) session.push(counts, 'counts')
}
