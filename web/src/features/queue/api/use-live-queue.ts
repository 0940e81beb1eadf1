import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { apiBase, client, probe, querySerializer } from '../../../api/client.ts'
import type { AccessRequest, QueueCounts, RequestSummary } from '../../../api/types.ts'
import { useIsConnected } from '../../../lib/connection.ts'
import { useEventStream } from '../../../lib/use-event-stream.ts'
import { defaultSort, filterQueryOf, listQueryOf, type QueueSearch } from '../queue-search.ts'
import { countsOptions, listOptions, requestOptions, showRequest, showRow } from './use-queue.ts'

/** Changes that come together are read together. */
const settleMs = 400

interface Live {
  /** Requests that belong on this page and are not shown yet. */
  freshCount: number
  showFresh: () => void
}

type Page = { items: RequestSummary[]; nextCursor: string | null }

/** Follows the queue: counters and the shown rows change at once, other rows are announced and come on demand. */
export function useLiveQueue(search: QueueSearch, shown: RequestSummary[] | undefined): Live {
  const queries = useQueryClient()
  const [seen, setSeen] = useState<{ key: string; page: Page }>()
  const [told, setTold] = useState<{ key: string; ids: ReadonlySet<string> }>()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const query = listQueryOf(search)
  const url = `${apiBase}/access-requests/stream?${querySerializer(filterQueryOf(search))}`
  const key = JSON.stringify(query)

  // What was seen of another page or under other filters does not count here.
  const page = seen?.key === key ? seen.page : undefined

  useEffect(() => () => clearTimeout(timer.current), [key])

  async function look(): Promise<void> {
    const { data } = await client.GET('/access-requests', { params: { query } })
    if (data) setSeen({ key, page: data })
  }

  function lookSoon(): void {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => void look().catch(() => undefined), settleMs)
  }

  /** What happened before the stream stood, or while it was lost, was not told: every shown row is compared. */
  async function catchUp(rows: RequestSummary[]): Promise<void> {
    const { data } = await client.GET('/access-requests', { params: { query } })
    if (!data) return
    setSeen({ key, page: data })
    const listed = new Map(data.items.map((request) => [request.id, request]))
    for (const { id } of rows) {
      const request = listed.get(id)
      const whole = queries.getQueryData<AccessRequest>(requestOptions(id).queryKey)
      if (request && (whole?.version ?? request.version) >= request.version) showRow(queries, request)
      else await readOne(id)
    }
  }

  async function readOne(id: string): Promise<void> {
    const { data } = await client.GET('/access-requests/{id}', { params: { path: { id } } })
    if (data) showRequest(queries, data)
  }

  function changed(data: unknown): void {
    const { id, version } = data as { id: string; version: number }
    const row = shown?.find((request) => request.id === id)
    if (row && row.version < version) void readOne(id).catch(() => undefined)
    if (row) return
    if (id === search.open) void readOne(id).catch(() => undefined)
    setTold((known) => ({ key, ids: new Set(known?.key === key ? [...known.ids, id] : [id]) }))
    lookSoon()
  }

  // What was told while it could not be read is read now.
  const isConnected = useIsConnected()
  const wasConnected = useRef(isConnected)
  useEffect(() => {
    if (isConnected && !wasConnected.current) void catchUp(shown ?? []).catch(() => undefined)
    wasConnected.current = isConnected
  })

  useEventStream({
    url,
    handlers: {
      counts: (data) => queries.setQueryData(countsOptions(search).queryKey, data as QueueCounts),
      request: changed,
    },
    onOpen(isReturn) {
      void catchUp(shown ?? []).catch(() => undefined)
      if (isReturn) void queries.invalidateQueries({ queryKey: countsOptions(search).queryKey })
    },
    onLost: () => void probe(),
  })

  /** A row that only moved up from another page is no news: what is new was told, or came after all that is shown. */
  function isNew({ id, createdAt }: RequestSummary): boolean {
    if (!shown || shown.some((request) => request.id === id)) return false
    const isTold = told?.key === key && told.ids.has(id)
    return isTold || (query.sort === defaultSort && shown.every((request) => request.createdAt < createdAt))
  }

  return {
    freshCount: shown && page ? page.items.filter(isNew).length : 0,
    showFresh() {
      if (page) queries.setQueryData(listOptions(search).queryKey, page)
      setSeen(undefined)
      setTold(undefined)
    },
  }
}
