import { ActionIcon, Checkbox } from '@mantine/core'
import classes from './data-table.module.css'
import type { DataTableProps, Selection } from './data-table.types.ts'
import { Icon } from './icon.tsx'

interface RowProps<Row extends { id: string }> extends DataTableProps<Row> {
  row: Row
  width: number
}

export function DataRow<Row extends { id: string }>({
  row,
  width,
  columns,
  selection,
  expansion,
  actions,
  currentId,
  onCurrent,
}: RowProps<Row>) {
  const isOpen = expansion?.ids.has(row.id) ?? false
  const isSelected = selection?.ids.has(row.id) ?? false
  return (
    <>
      <tr
        className={classes.row}
        data-row={row.id}
        data-current={row.id === currentId}
        data-selected={isSelected}
        onFocus={() => onCurrent?.(row.id)}
      >
        {expansion && (
          <td className={classes.tight}>
            <Expander
              id={row.id}
              isOpen={isOpen}
              label={expansion.label(row)}
              onToggle={() => expansion.onToggle(row.id)}
            />
          </td>
        )}
        {selection && (
          <td className={classes.tight}>
            {(selection.canSelect?.(row) ?? true) && <RowBox row={row} selection={selection} />}
          </td>
        )}
        {columns.map(({ id, header, render, isLead, isNarrow }) => (
          <td key={id} data-label={header} data-lead={isLead} data-narrow={isNarrow}>
            <div className={classes.value}>{render(row)}</div>
          </td>
        ))}
        {actions && <td className={`${classes.tight} ${classes.actions}`}>{actions.render(row)}</td>}
      </tr>
      {expansion && isOpen && (
        <tr className={classes.details} id={`details-${row.id}`}>
          <td colSpan={width}>
            <div className={classes.below}>{expansion.render(row)}</div>
          </td>
        </tr>
      )}
    </>
  )
}

function RowBox<Row extends { id: string }>({ row, selection }: { row: Row; selection: Selection<Row> }) {
  const toggle = () => {
    const ids = new Set(selection.ids)
    if (!ids.delete(row.id)) ids.add(row.id)
    selection.onChange(ids)
  }
  return <Checkbox size="xs" aria-label={selection.label(row)} checked={selection.ids.has(row.id)} onChange={toggle} />
}

function Expander({
  id,
  isOpen,
  label,
  onToggle,
}: {
  id: string
  isOpen: boolean
  label: string
  onToggle: () => void
}) {
  return (
    <ActionIcon
      aria-label={label}
      aria-expanded={isOpen}
      aria-controls={isOpen ? `details-${id}` : undefined}
      onClick={onToggle}
      data-expander={id}
    >
      <span className={classes.turn} data-open={isOpen} style={{ display: 'flex' }}>
        <Icon name="chevronRight" size={16} />
      </span>
    </ActionIcon>
  )
}
