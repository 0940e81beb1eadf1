/** Short news about what was done. Read out politely; failures stay until they are closed. */
import { Notification } from '@mantine/core'
import { useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from './icon.tsx'
import classes from './toasts.module.css'

type Tone = 'success' | 'info' | 'failure'

interface Toast {
  id: number
  tone: Tone
  text: string
}

const shownMs = 7000
let toasts: readonly Toast[] = []
let lastId = 0
const listeners = new Set<() => void>()

function set(next: readonly Toast[]): void {
  toasts = next
  for (const listener of listeners) listener()
}

function dismiss(id: number): void {
  set(toasts.filter((toast) => toast.id !== id))
}

/** Shows a message in the corner. */
export function showToast(tone: Tone, text: string): void {
  lastId += 1
  const id = lastId
  set([...toasts.slice(-3), { id, tone, text }])
  if (tone !== 'failure') setTimeout(() => dismiss(id), shownMs)
}

const looks = {
  success: { color: 'green', icon: 'check' },
  info: { color: 'blue', icon: 'info' },
  failure: { color: 'red.9', icon: 'alert' },
} as const

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function Toasts() {
  const { t } = useTranslation()
  const shown = useSyncExternalStore(subscribe, () => toasts)
  return (
    <section className={classes.corner} aria-live="polite" aria-label={t('toasts')}>
      {shown.map(({ id, tone, text }) => (
        <Notification
          key={id}
          role="presentation"
          withBorder
          color={looks[tone].color}
          icon={<Icon name={looks[tone].icon} size={16} />}
          onClose={() => dismiss(id)}
          closeButtonProps={{ 'aria-label': t('action.close') }}
          data-tone={tone}
        >
          <span className="gh-break">{text}</span>
        </Notification>
      ))}
    </section>
  )
}
