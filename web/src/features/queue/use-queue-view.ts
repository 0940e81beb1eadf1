import { useSyncExternalStore } from 'react'

/** What can be left out of a row. The flow stays: it names the row. */
export const optionalColumns = [
  'received',
  'requester',
  'department',
  'type',
  'status',
  'expires',
  'progress',
  'reason',
] as const

/** How somebody wants the queue to look. */
export interface QueueView {
  hidden: readonly string[]
  isCompact: boolean
}

const asItComes: QueueView = { hidden: [], isCompact: false }
const listeners = new Set<() => void>()
const keyOf = (userId: string) => `gatehouse.queue-view.${userId}`

function parse(text: string | null): QueueView {
  try {
    const { hidden, isCompact } = JSON.parse(text ?? '{}') as Partial<QueueView>
    return { hidden: Array.isArray(hidden) ? hidden : [], isCompact: isCompact === true }
  } catch {
    return asItComes
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The view of one account, kept in this browser. */
export function useQueueView(userId: string): { view: QueueView; setView: (view: QueueView) => void } {
  const text = useSyncExternalStore(subscribe, () => localStorage.getItem(keyOf(userId)))
  return {
    view: parse(text),
    setView(view) {
      localStorage.setItem(keyOf(userId), JSON.stringify(view))
      for (const listener of listeners) listener()
    },
  }
}
