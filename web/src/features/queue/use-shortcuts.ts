/** Single keys of the queue. Off while somebody types, while a dialog is open, and for who does not want them. */
import { useEffect, useRef, useSyncExternalStore } from 'react'

export const shortcutKeys = {
  search: '/',
  filter: 'f',
  next: 'j',
  previous: 'k',
  select: 'x',
  open: 'o',
  grant: 'g',
  deny: 'd',
  help: '?',
} as const
export type ShortcutAction = keyof typeof shortcutKeys

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

/** Carries out the action of a key pressed alone. */
export function useShortcuts(actions: Record<ShortcutAction, () => void>): void {
  const isEnabled = useShortcutsEnabled()
  const latest = useRef(actions)
  useEffect(() => {
    latest.current = actions
  })

  useEffect(() => {
    if (!isEnabled) return
    const names = new Map(
      Object.entries(shortcutKeys).map(([action, key]) => [key as string, action as ShortcutAction]),
    )
    function press(event: KeyboardEvent): void {
      const action = names.get(event.key)
      if (!action || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
      if (isTyping(event.target) || isBusyElsewhere()) return
      event.preventDefault()
      latest.current[action]()
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [isEnabled])
}
