/**
 * Keys of the queue. Off while somebody types and while a dialog is open. Single characters can be switched off
 * (WCAG 2.1.4): speech input and a slip of the hand press them by mistake. Arrows and Escape stay.
 */
import { useEffect, useRef, useSyncExternalStore } from 'react'

/** All that do the same, the first one first. Enter presses the button of a row, as everywhere. */
export const shortcutKeys = {
  next: ['j', 'ArrowDown'],
  previous: ['k', 'ArrowUp'],
  open: ['Enter', 'o'],
  close: ['Escape'],
  grant: ['a', 'g'],
  deny: ['d'],
  select: ['x'],
  search: ['/'],
  filter: ['f'],
  help: ['?'],
} as const
export type ShortcutAction = keyof typeof shortcutKeys

const actionOf = new Map(
  Object.entries(shortcutKeys).flatMap(([action, keys]) =>
    keys.map((key) => [key as string, action as ShortcutAction]),
  ),
)

const storageKey = 'gatehouse.shortcuts'
const listeners = new Set<() => void>()

export function setShortcutsEnabled(isEnabled: boolean): void {
  localStorage.setItem(storageKey, isEnabled ? 'on' : 'off')
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function useShortcutsEnabled(): boolean {
  return useSyncExternalStore(subscribe, () => localStorage.getItem(storageKey) !== 'off')
}

const withoutText = new Set(['checkbox', 'radio', 'button', 'submit', 'reset', 'file'])

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target instanceof HTMLInputElement) return !withoutText.has(target.type)
  return target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement
}

function isBusyElsewhere(): boolean {
  return document.querySelector('[role="dialog"], [role="menu"]') !== null
}

/** Enter and arrows belong to whatever has the focus: arrows move in the list only. */
function isTaken({ key, target }: KeyboardEvent): boolean {
  if (key === 'Enter') return true
  return key.startsWith('Arrow') && target !== document.body && !(target as Element).closest('[data-list]')
}

/** Carries out the action of a key pressed alone. */
export function useShortcuts(actions: Record<ShortcutAction, () => void>): void {
  const isEnabled = useShortcutsEnabled()
  const latest = useRef(actions)
  useEffect(() => {
    latest.current = actions
  })

  useEffect(() => {
    function press(event: KeyboardEvent): void {
      const action = actionOf.get(event.key)
      if (!action || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
      if ((event.key.length === 1 && !isEnabled) || isTaken(event)) return
      if (isTyping(event.target) || isBusyElsewhere()) return
      event.preventDefault()
      latest.current[action]()
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [isEnabled])
}
