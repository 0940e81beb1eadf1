import { useQueryClient } from '@tanstack/react-query'
import { client } from '../../../api/client.ts'
import type { components } from '../../../api/schema.d.ts'
import type { BulkResult } from '../../../api/types.ts'
import { useBatch } from '../../../lib/use-batch.ts'
import { showRequest } from './use-queue.ts'

type Terms = Omit<components['schemas']['BulkDecision'], 'ids'>

/** So many go in one call: their outcomes are seen within seconds, and nobody waits without news. */
const atOnce = 20

/** Carries out one decision on many requests, by their ids, some at a time. */
export function useBulk() {
  const queries = useQueryClient()

  /** Those that are on the screen, and the counters. */
  async function readAgain(ids: string[]): Promise<void> {
    const lists = queries.getQueriesData<{ items: { id: string }[] }>({ queryKey: ['get', '/access-requests'] })
    const shown = new Set(lists.flatMap(([, data]) => data?.items.map(({ id }) => id) ?? []))
    for (const id of ids.filter((each) => shown.has(each))) {
      const { data } = await client.GET('/access-requests/{id}', { params: { path: { id } } })
      if (data) showRequest(queries, data)
    }
    await queries.invalidateQueries({ queryKey: ['get', '/access-requests/counts'] })
  }

  return useBatch<string, BulkResult, Terms>({
    size: atOnce,
    async send(ids, headers, terms) {
      const { data } = await client.POST('/access-requests/bulk', { body: { ...terms, ids }, headers })
      return data?.results ?? []
    },
    onAnswered: (ids) => void readAgain(ids).catch(() => undefined),
  })
}
