/** Does the service answer? Fed by every call and by the live stream, read by the banner. */
import { useSyncExternalStore } from 'react'

let connected = true
const listeners = new Set<() => void>()

function set(next: boolean): void {
  if (next === connected) return
  connected = next
  for (const listener of listeners) listener()
}

/** On the clock of `performance.now()`. */
let lostAt = 0

/** An answer to what was asked at `askedAt` (`performance.now()`): one that was under way when the connection was lost proves nothing. */
export function noteAnswer(askedAt: number): void {
  if (connected || askedAt > lostAt) set(true)
}

export function noteNoAnswer(): void {
  lostAt = performance.now()
  set(false)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function isConnected(): boolean {
  return connected
}

export function useIsConnected(): boolean {
  return useSyncExternalStore(subscribe, isConnected)
}
