import { useQueryClient } from '@tanstack/react-query'
import { client } from '../../api/client.ts'
import type { ApiProblem } from '../../api/problem.ts'
import type { components } from '../../api/schema.d.ts'
import { useBatch } from '../../lib/use-batch.ts'

export type Grant = components['schemas']['Grant']

export interface RevokeResult {
  grant: Grant
  problem?: ApiProblem
  /** Accepted, but the connected system has not confirmed it yet. */
  isUnderWay?: boolean
}

/** Takes away one grant after the other; every one has its own answer, and a refusal does not end the run. */
export function useRevoke(onDone: (results: RevokeResult[]) => void) {
  const queries = useQueryClient()
  return useBatch<Grant, RevokeResult>({
    size: 1,
    async send(grants, headers) {
      const revokeOne = async (grant: Grant) => {
        const { response } = await client.POST('/grants/{id}/revoke', { params: { path: { id: grant.id } }, headers })
        return { grant, isUnderWay: response.status === 202 }
      }
      return Promise.all(grants.map(revokeOne))
    },
    onRefused: (problem, grants) => grants.map((grant) => ({ grant, problem })),
    onDone(results) {
      void queries.invalidateQueries({ queryKey: ['get', '/grants'] })
      onDone(results)
    },
  })
}
