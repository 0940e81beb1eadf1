/** Short news about what was done. Read out politely; failures stay until they are closed. */
import { Button, Notification } from '@mantine/core'
import { useEffect, useRef, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from './icon.tsx'
import classes from './toasts.module.css'

type Tone = 'success' | 'info' | 'failure'

interface Toast {
  id: number
  tone: Tone
  text: string
  action: ToastAction | undefined
}

/** What can be done about what the message says, such as taking it back. */
interface ToastAction {
  label: string
  run: () => void
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
export function showToast(tone: Tone, text: string, action?: ToastAction): void {
  lastId += 1
  const id = lastId
  set([...toasts.slice(-3), { id, tone, text, action }])
  // What can be acted on stays, too: nobody has to hurry.
  if (tone !== 'failure' && !action) setTimeout(() => dismiss(id), shownMs)
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

/** Says how high the messages are, so that the navigation or the page ends above them. */
function useRoom() {
  const corner = useRef<HTMLElement>(null)
  useEffect(() => {
    const element = corner.current
    if (!element) return undefined
    const root = document.documentElement
    const observer = new ResizeObserver(() => root.style.setProperty('--toasts', `${element.offsetHeight}px`))
    observer.observe(element)
    return () => {
      observer.disconnect()
      root.style.removeProperty('--toasts')
    }
  }, [])
  return corner
}

export function Toasts() {
  const { t } = useTranslation()
  const shown = useSyncExternalStore(subscribe, () => toasts)
  const corner = useRoom()
  return (
    <section ref={corner} className={classes.corner} aria-live="polite" aria-label={t('toasts')}>
      {shown.map(({ id, tone, text, action }) => (
        <Notification
          key={id}
          role="presentation"
          withBorder
          color={looks[tone].color}
          icon={<Icon name={looks[tone].icon} size={14} />}
          onClose={() => dismiss(id)}
          closeButtonProps={{ 'aria-label': t('action.close') }}
          data-tone={tone}
        >
          <span className="gh-break">{text}</span>
          {action && (
            <Button
              size="compact-xs"
              variant="default"
              display="block"
              mt={6}
              onClick={() => {
                dismiss(id)
                action.run()
              }}
            >
              {action.label}
            </Button>
          )}
        </Notification>
      ))}
    </section>
  )
}
