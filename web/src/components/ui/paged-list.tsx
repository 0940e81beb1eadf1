import type { ReactNode } from 'react'
import { toProblem } from '../../api/problem.ts'
import { Pager } from './pager.tsx'
import { Failed, Loading, Nothing } from './states.tsx'

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
  // A cursor of another order, or made up: what can be read again is the first page.
  const isNoPage = cursor !== undefined && error !== null && error !== undefined && toProblem(error).status === 422
  const again = () => (isNoPage ? onCursor(undefined) : void refetch())
  if (!data) return error ? <Failed error={error} retry={again} /> : <Loading />
  return (
    <>
      <Nothing isThere={data.items.length === 0}>{nothing}</Nothing>
      {data.items.length > 0 && children(data.items)}
      <Pager cursor={cursor} nextCursor={data.nextCursor} onChange={onCursor} />
    </>
  )
}
