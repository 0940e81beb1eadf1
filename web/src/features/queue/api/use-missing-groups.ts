import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { client } from '../../../api/client.ts'
import type { AccessRequest, Step } from '../../../api/types.ts'

/** Requests that wait for the same data. */
export interface MissingGroup {
  key: string
  count: number
  /** Whose manager is missing. */
  managerOf: string | undefined
  /** The step that has nobody, where it is another one. */
  step: Step | undefined
}

const readAtMost = 200

function groupsOf(requests: readonly AccessRequest[]): MissingGroup[] {
  const groups = new Map<string, MissingGroup>()
  for (const { missingData, requester, progress } of requests) {
    for (const { kind, step: order } of missingData) {
      const step = progress.steps.find((each) => each.order === order)
      const isManager = kind === 'manager'
      const key = isManager ? requester.id : `${kind} ${step?.label}`
      const known = groups.get(key)
      groups.set(key, {
        key,
        count: (known?.count ?? 0) + 1,
        managerOf: isManager ? requester.name : undefined,
        step: isManager ? undefined : step,
      })
    }
  }
  return [...groups.values()].toSorted((a, b) => b.count - a.count)
}

/** What open requests wait for, most first; nothing before it was read. `count`: how many requests, to read it anew when that changes. */
export function useMissingGroups(count: number): MissingGroup[] | undefined {
  const query = { status: ['missing_data' as const], limit: readAtMost }
  const { data, isError } = useQuery({
    queryKey: ['missing-groups', count],
    queryFn: ({ signal }) => client.GET('/access-requests', { params: { query }, signal }),
    enabled: count > 0,
    placeholderData: keepPreviousData,
  })
  if (count === 0 || isError) return []
  // Without a view the whole requests are listed.
  return data && groupsOf((data.data?.items ?? []) as AccessRequest[])
}
