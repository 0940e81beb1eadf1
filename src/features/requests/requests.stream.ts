/**
 * Live view of the queue: every change of a request, and the counters under each viewer's filters.
 * One LISTEN connection per process.
 */
import { createChannel, createSession } from 'better-sse'
import type { Request, Response } from 'express'
import type { Sql } from 'postgres'
import type { RouteDefinition } from '../../platform/http/route.ts'
import { route } from '../../platform/http/route.ts'
import { createLiveCounters, type LiveCountersDeps } from './live-counters.ts'
import { createLiveViews, type LiveView } from './live-views.ts'
import { filterQuery } from './requests.schemas.ts'

export interface StreamDeps extends Omit<LiveCountersDeps, 'viewers'> {
  /** For LISTEN. */
  raw: Sql
}

const reading = { tag: 'Access requests', ability: 'queue.read', documents429: true } as const

export function createRequestStream({ raw, log, ...counting }: StreamDeps) {
  const channel = createChannel<Record<string, never>, LiveView>()
  const views = createLiveViews()
  const counters = createLiveCounters({ ...counting, log, viewers: () => channel.activeSessions })
  let listening: { unlisten(): Promise<void> } | undefined

  function changed(payload: string): void {
    if (channel.sessionCount === 0) return
    channel.broadcast(JSON.parse(payload) as unknown, 'request')
    counters.refreshAll()
  }

  async function show(view: LiveView, req: Request, res: Response): Promise<void> {
    const session = await createSession<LiveView>(req, res, { state: view, keepAlive: 15_000, retry: 2000 })
    if (!session.isConnected) return
    channel.register(session)
    counters.refresh(view)
  }

  return {
    async start(): Promise<void> {
      // After a lost connection everything may have changed: the client listens again by itself and we count anew.
      listening = await raw.listen('requests', changed, () => counters.refreshAll())
    },

    async stop(): Promise<void> {
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
            const view = { userId: actor.id, key: JSON.stringify(filter), filter, end: () => res.end() }
            views.open(view, res)
            await show(view, req, res)
            return null
          },
        }),
      ]
    },
  }
}
