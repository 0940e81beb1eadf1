import { ActionIcon, Checkbox } from '@mantine/core'
import type { MouseEvent } from 'react'
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
  second,
  currentId,
  onCurrent,
}: RowProps<Row>) {
  const isOpen = expansion?.ids.has(row.id) ?? false
  const isSelected = selection?.ids.has(row.id) ?? false

  /** The keyboard goes on from there. */
  function openByPointer(element: HTMLElement): void {
    element.querySelector<HTMLElement>('[data-expander]')?.focus({ preventScroll: true })
    expansion?.onToggle(row.id, false)
  }

  return (
    <>
      <tr
        className={classes.row}
        data-row={row.id}
        data-current={row.id === currentId}
        data-selected={isSelected}
        data-open={expansion ? isOpen : undefined}
        onFocus={() => onCurrent?.(row.id)}
        onClick={expansion && ((event) => isForRow(event) && openByPointer(event.currentTarget))}
      >
        {expansion && (
          <td className={classes.tight}>
            <Expander
              id={row.id}
              isOpen={isOpen}
              label={expansion.label(row)}
              onToggle={({ detail }) => expansion.onToggle(row.id, detail === 0)}
              onPoint={() => expansion.onPoint?.(row.id)}
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
            {isLead && second && <div className={classes.second}>{second(row)}</div>}
          </td>
        ))}
        {actions && <td className={`${classes.tight} ${classes.actions}`}>{actions.render(row)}</td>}
      </tr>
      {expansion?.render && isOpen && (
        <tr className={classes.details} id={`details-${row.id}`}>
          <td colSpan={width}>
            <div className={classes.below}>{expansion.render(row)}</div>
          </td>
        </tr>
      )}
    </>
  )
}

/** The whole row is the target of a pointer, but for the controls in it and for text that is being selected. */
function isForRow({ target, currentTarget }: MouseEvent<HTMLElement>): boolean {
  // React hands on clicks in a menu of the row as well, which stands elsewhere on the page.
  if (!(target instanceof Element) || !currentTarget.contains(target)) return false
  return !target.closest('a, button, input, label') && getSelection()?.type !== 'Range'
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
  onPoint,
}: {
  id: string
  isOpen: boolean
  label: string
  /** Clicks of the keyboard have no `detail`. */
  onToggle: (event: MouseEvent) => void
  onPoint: () => void
}) {
  return (
    <ActionIcon
      aria-label={label}
      aria-expanded={isOpen}
      aria-controls={isOpen ? `details-${id}` : undefined}
      onClick={onToggle}
      onPointerEnter={onPoint}
      onFocus={onPoint}
      data-expander={id}
    >
      <span className={classes.turn} data-open={isOpen} style={{ display: 'flex' }}>
        <Icon name="chevronRight" size={16} />
      </span>
    </ActionIcon>
  )
}
