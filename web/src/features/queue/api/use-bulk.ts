import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { client } from '../../../api/client.ts'
import { newKey } from '../../../api/idempotency.ts'
import { type ApiProblem, toProblem } from '../../../api/problem.ts'
import type { components } from '../../../api/schema.d.ts'
import type { BulkResult } from '../../../api/types.ts'
import { showRequest } from './use-queue.ts'

type Body = components['schemas']['BulkDecision']

/** So many go in one call: their outcomes are seen within seconds, and nobody waits without news. */
const atOnce = 20

interface Bulk {
  isBusy: boolean
  /** Why it could not go on; deciding again goes on from there. */
  problem: ApiProblem | undefined
  /** One answer for each request that was asked about so far. */
  results: BulkResult[]
  /** Nothing is left to do: everything was asked about, or somebody stopped it. */
  isOver: boolean
  decide: (body: Body) => Promise<void>
  /** What is on its way is waited for; the rest is left alone. */
  stop: () => void
}

/** Carries out one decision on many requests, some at a time. */
export function useBulk(): Bulk {
  const queries = useQueryClient()
  const [keys] = useState(() => new Map<string, string>())
  const isStopped = useRef(false)
  const [isBusy, setIsBusy] = useState(false)
  const [isOver, setIsOver] = useState(false)
  const [problem, setProblem] = useState<ApiProblem>()
  const [results, setResults] = useState<BulkResult[]>([])

  async function readAgain(ids: string[]): Promise<void> {
    const lists = queries.getQueriesData<{ items: { id: string }[] }>({ queryKey: ['get', '/access-requests'] })
    const shown = new Set(lists.flatMap(([, data]) => data?.items.map(({ id }) => id) ?? []))
    for (const id of ids.filter((each) => shown.has(each))) {
      const { data } = await client.GET('/access-requests/{id}', { params: { path: { id } } })
      if (data) showRequest(queries, data)
    }
    await queries.invalidateQueries({ queryKey: ['get', '/access-requests/counts'] })
  }

  /** A call without an answer is repeated under its key; a refused one is a new attempt. */
  async function send(body: Body): Promise<BulkResult[]> {
    const text = JSON.stringify(body)
    const key = keys.get(text) ?? newKey()
    keys.set(text, key)
    try {
      const { data } = await client.POST('/access-requests/bulk', { body, headers: { 'Idempotency-Key': key } })
      return data?.results ?? []
    } catch (error) {
      if (toProblem(error).isFinal) keys.delete(text)
      throw error
    }
  }

  async function decide(body: Body): Promise<void> {
    const answered = [...results]
    isStopped.current = false
    setIsBusy(true)
    setProblem(undefined)
    try {
      for (let start = results.length; start < body.ids.length && !isStopped.current; start += atOnce) {
        const ids = body.ids.slice(start, start + atOnce)
        answered.push(...(await send({ ...body, ids })))
        setResults([...answered])
        void readAgain(ids).catch(() => undefined)
      }
      setIsOver(true)
    } catch (error) {
      setProblem(toProblem(error))
    } finally {
      setIsBusy(false)
    }
  }

  return { isBusy, problem, results, isOver, decide, stop: () => (isStopped.current = true) }
}
