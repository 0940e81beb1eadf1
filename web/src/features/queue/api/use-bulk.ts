import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { client } from '../../../api/client.ts'
import type { components } from '../../../api/schema.d.ts'
import type { ManyDecisions } from '../../request-card/many-decisions.ts'
import { showRequest } from './use-queue.ts'

export type BulkTerms = Omit<components['schemas']['BulkDecision'], 'ids'>

/** So many go in one call, as many as the service decides beside each other: what was decided is seen at once. */
const atOnce = 5

async function readRequest(queries: QueryClient, id: string): Promise<void> {
  const { data } = await client.GET('/access-requests/{id}', { params: { path: { id } } })
  if (data) showRequest(queries, data)
}

/** Decides over their flows on many requests, some at a time. */
export function useBulk(): ManyDecisions<BulkTerms> {
  const queries = useQueryClient()

  /** Those that are on the screen, and the counters. */
  async function readAgain(ids: string[]): Promise<void> {
    const lists = queries.getQueriesData<{ items: { id: string }[] }>({ queryKey: ['get', '/access-requests'] })
    const shown = new Set(lists.flatMap(([, data]) => data?.items.map(({ id }) => id) ?? []))
    for (const id of ids.filter((each) => shown.has(each))) await readRequest(queries, id)
    await queries.invalidateQueries({ queryKey: ['get', '/access-requests/counts'] })
  }

  return {
    size: atOnce,
    async send(ids, headers, terms) {
      const { data } = await client.POST('/access-requests/bulk', { body: { ...terms, ids }, headers })
      return data?.results ?? []
    },
    onAnswered: (ids) => void readAgain(ids).catch(() => undefined),
  }
}
