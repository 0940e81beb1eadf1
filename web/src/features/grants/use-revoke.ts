import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { client } from '../../api/client.ts'
import { newKey } from '../../api/idempotency.ts'
import { type ApiProblem, toProblem } from '../../api/problem.ts'
import type { components } from '../../api/schema.d.ts'

export type Grant = components['schemas']['Grant']

export interface RevokeResult {
  grant: Grant
  problem?: ApiProblem
  /** Accepted, but the connected system has not confirmed it yet. */
  isUnderWay?: boolean
}

/** Takes away one grant after the other, until stopped; every one has its own answer. A second attempt repeats only what failed. */
export function useRevoke() {
  const queries = useQueryClient()
  const [keys] = useState(() => new Map<string, string>())
  const isStopped = useRef(false)
  const [isBusy, setIsBusy] = useState(false)
  const [done, setDone] = useState(0)

  async function revokeOne(grant: Grant): Promise<RevokeResult> {
    const key = keys.get(grant.id) ?? newKey()
    keys.set(grant.id, key)
    try {
      const { response } = await client.POST('/grants/{id}/revoke', {
        params: { path: { id: grant.id } },
        headers: { 'Idempotency-Key': key },
      })
      return { grant, isUnderWay: response.status === 202 }
    } catch (error) {
      const problem = toProblem(error)
      if (problem.isFinal) keys.delete(grant.id)
      return { grant, problem }
    }
  }

  async function revoke(grants: Grant[]): Promise<RevokeResult[]> {
    isStopped.current = false
    setIsBusy(true)
    const results: RevokeResult[] = []
    for (const grant of grants) {
      if (isStopped.current) break
      results.push(await revokeOne(grant))
      setDone(results.length)
    }
    setIsBusy(false)
    void queries.invalidateQueries({ queryKey: ['get', '/grants'] })
    return results
  }

  return { isBusy, done, revoke, stop: () => (isStopped.current = true) }
}
