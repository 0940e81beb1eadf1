import type { ReactNode } from 'react'

export interface Column<Row> {
  id: string
  header: string
  render: (row: Row) => ReactNode
  /** Name of the API's sort field, when the list can be sorted by it. */
  sort?: string
  /** Stands at the head of the card where rows are cards. Exactly one column. */
  isLead?: boolean
  /** As narrow as its content. */
  isNarrow?: boolean
}

export interface Selection<Row> {
  ids: ReadonlySet<string>
  onChange: (ids: Set<string>) => void
  label: (row: Row) => string
  labelAll: string
  /** Rows that cannot be chosen have no box. */
  canSelect?: (row: Row) => boolean
}

export interface Expansion<Row> {
  ids: ReadonlySet<string>
  /** `isByKey`: by the keyboard, or what works like it. */
  onToggle: (id: string, isByKey: boolean) => void
  /** Somebody is about to open it. */
  onPoint?: (id: string) => void
  /** Hidden header of the expanders' column. */
  header: string
  label: (row: Row) => string
  /** What stands below an open row. Without it the details are elsewhere on the page, in the element `details-{id}`. */
  render?: ((row: Row) => ReactNode) | undefined
}

export interface DataTableProps<Row extends { id: string }> {
  label: string
  rows: readonly Row[]
  columns: Column<Row>[]
  /** Other rows are on their way: until they are there nothing can be done with these. */
  isOld?: boolean
  /** `-createdAt` sorts downwards. */
  sort?: string
  onSort?: (sort: string) => void
  selection?: Selection<Row>
  expansion?: Expansion<Row>
  /** A line below the row's values, as wide as the row. */
  second?: ((row: Row) => ReactNode) | undefined
  isCompact?: boolean
  actions?: { label: string; render: (row: Row) => ReactNode }
  /** The row the keyboard is at. */
  currentId?: string | undefined
  onCurrent?: (id: string) => void
}
