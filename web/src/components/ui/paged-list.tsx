import type { ReactNode } from 'react'
import { Pager } from './pager.tsx'
import { Failed, Loading } from './states.tsx'

export interface PagedListProps<Item> {
  list: { data: { items: Item[]; nextCursor: string | null } | undefined; error: unknown; refetch: () => unknown }
  cursor: string | undefined
  onCursor: (cursor: string | undefined) => void
  /** Stands there when there are no items. */
  nothing: ReactNode
  children: (items: Item[]) => ReactNode
}

/** One page of a list in each of its states: loading, failed, empty, filled; with the way to the other pages. */
export function PagedList<Item>({ list, cursor, onCursor, nothing, children }: PagedListProps<Item>) {
  const { data, error, refetch } = list
  if (!data) return error ? <Failed error={error} retry={() => void refetch()} /> : <Loading />
  return (
    <>
      {data.items.length === 0 ? nothing : children(data.items)}
      <Pager cursor={cursor} nextCursor={data.nextCursor} onChange={onCursor} />
    </>
  )
}
