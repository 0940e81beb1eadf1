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
  const again = () => readAgain({ error, cursor, onCursor, refetch })
  if (!data) return error ? <Failed error={error} retry={again} /> : <Loading />
  return (
    <>
      <Nothing isThere={data.items.length === 0}>{nothing}</Nothing>
      {data.items.length > 0 && children(data.items)}
      <Pager cursor={cursor} nextCursor={data.nextCursor} onChange={onCursor} />
    </>
  )
}

interface ReadAgain {
  error: unknown
  cursor: string | undefined
  onCursor: (cursor: string | undefined) => void
  refetch: () => unknown
}

/** After a failure: the same page again, or the first one where there is no such page, as with a cursor of another order. */
export function readAgain({ error, cursor, onCursor, refetch }: ReadAgain): void {
  if (cursor !== undefined && error && toProblem(error).status === 422) onCursor(undefined)
  else void refetch()
}
