/** The table of every list: sortable, selectable, with details below a row; where it does not fit each row is a card. */
import { Checkbox, UnstyledButton, VisuallyHidden } from '@mantine/core'
import classes from './data-table.module.css'
import type { DataTableProps } from './data-table.types.ts'
import { DataRow } from './data-table-row.tsx'
import { useFit } from './use-fit.ts'

export function DataTable<Row extends { id: string }>(props: DataTableProps<Row>) {
  const { label, rows, columns, selection, expansion, actions } = props
  const width = columns.length + [selection, expansion, actions].filter(Boolean).length
  const content = [...columns.map(({ header }) => header), ...rows.map(({ id }) => id)].join()
  const frame = useFit(content, columns.filter(({ isNarrow }) => !isNarrow).length)
  return (
    <div ref={frame} className={classes.frame}>
      <table
        aria-label={label}
        className={classes.table}
        data-list
        data-second={props.second !== undefined}
        data-boxes={selection !== undefined}
        data-compact={props.isCompact}
        tabIndex={-1}
      >
        <Head {...props} />
        <tbody inert={props.isOld}>
          {rows.map((row) => (
            <DataRow key={row.id} row={row} width={width} {...props} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Head<Row extends { id: string }>({
  rows,
  columns,
  sort,
  onSort,
  selection,
  expansion,
  actions,
}: DataTableProps<Row>) {
  const choosable = selection ? rows.filter((row) => selection.canSelect?.(row) ?? true) : []
  const chosen = choosable.filter((row) => selection?.ids.has(row.id))
  const isAll = choosable.length > 0 && chosen.length === choosable.length
  return (
    <thead className={classes.head}>
      <tr>
        {expansion && (
          <th scope="col" className={classes.tight}>
            <VisuallyHidden>{expansion.header}</VisuallyHidden>
          </th>
        )}
        {selection && (
          <td className={classes.tight} data-label={selection.labelAll}>
            <Checkbox
              size="xs"
              aria-label={selection.labelAll}
              checked={isAll}
              indeterminate={!isAll && chosen.length > 0}
              disabled={choosable.length === 0}
              onChange={() => selection.onChange(withPage(selection.ids, choosable, !isAll))}
            />
          </td>
        )}
        {columns.map((column) => (
          <HeaderCell key={column.id} column={column} sort={sort} onSort={onSort} />
        ))}
        {actions && (
          <th scope="col" className={`${classes.tight} ${classes.actions}`}>
            <VisuallyHidden>{actions.label}</VisuallyHidden>
          </th>
        )}
      </tr>
    </thead>
  )
}

/** What is selected on other pages stays so. */
function withPage(selected: ReadonlySet<string>, page: readonly { id: string }[], isChosen: boolean): Set<string> {
  const ids = new Set(selected)
  for (const { id } of page) {
    if (isChosen) ids.add(id)
    else ids.delete(id)
  }
  return ids
}

interface HeaderCellProps {
  column: { id: string; header: string; sort?: string }
  sort: string | undefined
  onSort: ((sort: string) => void) | undefined
}

function HeaderCell({ column, sort, onSort }: HeaderCellProps) {
  if (!column.sort || !onSort) return <th scope="col">{column.header}</th>
  const isUp = sort === column.sort
  const isDown = sort === `-${column.sort}`
  const order = isUp ? 'ascending' : isDown ? 'descending' : 'none'
  return (
    <th scope="col" aria-sort={order}>
      <UnstyledButton className={classes.sort} onClick={() => onSort(isUp ? `-${column.sort}` : `${column.sort}`)}>
        {column.header}
        <span aria-hidden="true">{isUp ? '↑' : isDown ? '↓' : ''}</span>
      </UnstyledButton>
    </th>
  )
}
