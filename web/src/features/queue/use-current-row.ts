import { useState } from 'react'
import type { AccessRequest } from '../../api/types.ts'

/** The row the keyboard is at: j and k move the focus to its expander, so that it is seen and read out. */
export function useCurrentRow(requests: readonly AccessRequest[]) {
  const [currentId, setCurrentId] = useState<string>()
  const index = requests.findIndex(({ id }) => id === currentId)

  function move(step: 1 | -1): void {
    const next = requests[index === -1 ? 0 : Math.min(Math.max(index + step, 0), requests.length - 1)]
    if (!next) return
    setCurrentId(next.id)
    focusRow(next.id)
  }

  return { currentId, setCurrentId, current: requests[index], move }
}

/** Puts the focus on the expander of a row, if it is shown. */
function focusRow(id: string): void {
  const expander = document.querySelector<HTMLElement>(`[data-expander="${CSS.escape(id)}"]`)
  expander?.focus()
  expander?.scrollIntoView({ block: 'nearest' })
}
