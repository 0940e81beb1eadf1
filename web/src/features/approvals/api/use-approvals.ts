import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { $api, client } from '../../../api/client.ts'
import type { AccessRequest } from '../../../api/types.ts'
import { useShowOwnRequest, waitingOptions } from '../../request-card/api/use-own-request.ts'
import { type ApprovalsSearch, approvalsFilterOf, approvalsQueryOf, stateOf } from '../approvals-search.ts'

const lookAgainMs = 5000

/** One page of what waits for me or what I decided. It is not read again by itself: nothing moves under the pointer. */
export function useApprovals(search: ApprovalsSearch) {
  const state = stateOf(search)
  return useQuery({
    ...$api.queryOptions(
      'get',
      '/me/approvals',
      { params: { query: approvalsQueryOf(search) } },
      { refetchOnWindowFocus: false, refetchOnReconnect: false },
    ),
    // While another page is read the rows of the last one stay; those of the other tab would mislead.
    placeholderData: (last, lastQuery) => (lastQuery?.queryKey[2]?.params?.query?.state === state ? last : undefined),
  })
}

/** How many there are on all pages. */
export function useApprovalsCount(search: ApprovalsSearch) {
  const { data } = $api.useQuery(
    'get',
    '/me/approvals/count',
    { params: { query: approvalsFilterOf(search) } },
    { refetchInterval: lookAgainMs },
  )
  return data
}

async function readOne(id: string): Promise<AccessRequest | undefined> {
  const { data } = await client.GET('/access-requests/{id}', { params: { path: { id } } })
  return data
}

/** Follows the rows that are shown while somebody looks: what became of them is seen in their place, and none of them moves. */
export function useFollowed(search: ApprovalsSearch, shown: readonly AccessRequest[]): void {
  const show = useShowOwnRequest()
  const query = approvalsQueryOf(search)

  async function look(): Promise<null> {
    const { data } = await client.GET('/me/approvals', { params: { query } })
    const listed = new Map(data?.items.map((request) => [request.id, request]))
    for (const row of shown) {
      // What was decided waits no more, and is on this page no more.
      const now = listed.get(row.id) ?? (row.abilities.decide ? await readOne(row.id) : undefined)
      if (now && now.version > row.version) show(now)
    }
    return null
  }

  useQuery({
    queryKey: ['approvals-followed', query],
    queryFn: look,
    // The rows have just been read.
    initialData: null,
    staleTime: lookAgainMs,
    refetchInterval: lookAgainMs,
    enabled: shown.length > 0,
  })
}

/** Ids of what waits for me (at most 100), asked again and again for the count in the navigation; nothing before the first answer. */
export function useWaitingIds(): string[] | undefined {
  const { data } = useQuery(waitingOptions)
  return data?.items.filter(({ abilities }) => abilities.decide !== false).map(({ id }) => id)
}

/** How many wait for me that did not when the list was read at `readAt` (milliseconds), and are not in it. */
export function useFreshCount(listedIds: readonly string[], readAt: number): number {
  const waiting = useWaitingIds()
  const [known, setKnown] = useState({ readAt, ids: waiting })
  // What waited already when the list was read stands on another page of it; that is known with the first count.
  if (known.readAt !== readAt || (!known.ids && waiting)) setKnown({ readAt, ids: waiting })
  const before = known.ids
  if (!before || !waiting) return 0
  return waiting.filter((id) => !before.includes(id) && !listedIds.includes(id)).length
}
