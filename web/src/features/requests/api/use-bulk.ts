import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../../../api/client.ts'
import { useIdempotencyKey } from '../../../api/idempotency.ts'
import { type ApiProblem, toProblem } from '../../../api/problem.ts'
import type { components } from '../../../api/schema.d.ts'
import type { BulkResult } from '../../../api/types.ts'
import { showRequest } from './use-queue.ts'

type Body = components['schemas']['BulkDecision']

/** Carries out one decision on many requests; `results` holds one answer for each. */
export function useBulk() {
  const key = useIdempotencyKey()
  const queries = useQueryClient()
  const [isBusy, setIsBusy] = useState(false)
  const [problem, setProblem] = useState<ApiProblem>()
  const [results, setResults] = useState<BulkResult[]>()

  async function readAgain(ids: string[]): Promise<void> {
    const lists = queries.getQueriesData<{ items: { id: string }[] }>({ queryKey: ['get', '/access-requests'] })
    const shown = new Set(lists.flatMap(([, data]) => data?.items.map(({ id }) => id) ?? []))
    for (const id of ids.filter((each) => shown.has(each))) {
      const { data } = await client.GET('/access-requests/{id}', { params: { path: { id } } })
      if (data) showRequest(queries, data)
    }
    await queries.invalidateQueries({ queryKey: ['get', '/access-requests/counts'] })
  }

  async function decide(body: Body): Promise<void> {
    setIsBusy(true)
    setProblem(undefined)
    try {
      const { data } = await client.POST('/access-requests/bulk', { body, headers: key.headersFor(body) })
      // What is not known yet is asked for again under the same key.
      if (!data?.results.some(({ outcome }) => outcome === 'unknown')) key.settle()
      setResults(data?.results ?? [])
      void readAgain(body.ids).catch(() => undefined)
    } catch (error) {
      const refusal = toProblem(error)
      key.settle(refusal)
      setProblem(refusal)
    } finally {
      setIsBusy(false)
    }
  }

  return { isBusy, problem, results, decide }
}
