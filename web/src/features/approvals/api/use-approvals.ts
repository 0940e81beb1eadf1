import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { $api } from '../../../api/client.ts'
import { waitingOptions } from '../../request-card/api/use-own-request.ts'

export type ApprovalState = 'waiting' | 'decided'

const pageSize = 20

/** One page of what waits for me or what I decided. It is not read again by itself: nothing moves under the pointer. */
export function useApprovals(state: ApprovalState, cursor: string | undefined) {
  return useQuery({
    ...$api.queryOptions(
      'get',
      '/me/approvals',
      { params: { query: { state, limit: pageSize, ...(cursor && { cursor }) } } },
      { refetchOnWindowFocus: false, refetchOnReconnect: false },
    ),
    placeholderData: keepPreviousData,
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
