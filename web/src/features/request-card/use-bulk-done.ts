import { useLayoutEffect, useRef } from 'react'

interface BulkDoneOptions {
  /** A dialog is open. */
  isOpen: boolean
  drop: (ids: readonly string[]) => void
}

/** After a decision on many: those are selected no more, and the keyboard is at the list, not at buttons that are gone. */
export function useBulkDone({ isOpen, drop }: BulkDoneOptions): (decidedIds: string[]) => void {
  const isDone = useRef(false)
  useLayoutEffect(() => {
    if (isOpen || !isDone.current) return
    isDone.current = false
    document.querySelector<HTMLElement>('[data-list]')?.focus({ preventScroll: true })
  }, [isOpen])
  return (decidedIds) => {
    drop(decidedIds)
    isDone.current = decidedIds.length > 0
  }
}
