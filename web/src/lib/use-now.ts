import { useSyncExternalStore } from 'react'

const tickMs = 30_000
const listeners = new Set<() => void>()
let now = Date.now()
let timer: ReturnType<typeof setInterval> | undefined

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  timer ??= setInterval(() => {
    now = Date.now()
    for (const each of listeners) each()
  }, tickMs)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

/** The time in milliseconds, anew twice a minute; one clock for the whole page. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => {
    // Between readers nothing ticks: catch up, but not at every look, or React would see it change while it renders.
    if (!timer && Date.now() - now > tickMs) now = Date.now()
    return now
  })
}
