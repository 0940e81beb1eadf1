import { useRef } from 'react'

/** Remembers what opened a dialog, and gives it the focus back when the dialog has gone. */
export function useOpener(): { remember: () => void; giveBack: () => void } {
  const opener = useRef<Element>(null)
  return {
    remember() {
      opener.current = document.activeElement
    },
    giveBack() {
      setTimeout(() => {
        if (opener.current instanceof HTMLElement && opener.current.isConnected) opener.current.focus()
        else document.getElementById('main')?.focus({ preventScroll: true })
      })
    },
  }
}
