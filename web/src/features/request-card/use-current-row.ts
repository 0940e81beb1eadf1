import { useState } from 'react'
import type { RequestSummary } from '../../api/types.ts'

/** The row the keyboard is at: keys move the focus to its expander, so that it is seen and read out. It begins at the open one. */
export function useCurrentRow(requests: readonly RequestSummary[], openId: string | undefined) {
  const [currentId, setCurrentId] = useState(openId)
  const index = requests.findIndex(({ id }) => id === currentId)

  /** @returns the row it has come to; nothing where there is none */
  function move(step: 1 | -1): RequestSummary | undefined {
    const next = requests[index === -1 ? 0 : Math.min(Math.max(index + step, 0), requests.length - 1)]
    if (next) {
      setCurrentId(next.id)
      focusRow(next.id)
    }
    return next
  }

  return { currentId, setCurrentId, current: requests[index], move }
}

/** Puts the focus on the expander of a row, if it is shown. */
export function focusRow(id: string): void {
  const expander = document.querySelector<HTMLElement>(`[data-expander="${CSS.escape(id)}"]`)
  expander?.focus()
  expander?.scrollIntoView({ block: 'nearest' })
}
