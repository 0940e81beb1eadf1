import { useSuspenseQuery } from '@tanstack/react-query'
import { $api } from '../../api/client.ts'
import { toProblem } from '../../api/problem.ts'
import { queryClient } from '../../api/query-client.ts'
import type { Me } from '../../api/types.ts'

export const meOptions = $api.queryOptions('get', '/me', undefined, { staleTime: 5 * 60_000 })

/** Who is signed in; nothing when nobody is. @throws ApiProblem when the service does not answer. */
export async function loadMe(): Promise<Me | undefined> {
  try {
    return await queryClient.ensureQueryData(meOptions)
  } catch (error) {
    if (toProblem(error).status === 401) return undefined
    throw error
  }
}

export function isAdministrator(me: Me): boolean {
  return me.roles.includes('admin')
}

/** The signed-in person. Only below routes that need one. */
export function useMe(): Me {
  return useSuspenseQuery(meOptions).data
}
