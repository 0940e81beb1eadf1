import { useEffect, useRef } from 'react'
import { noteAnswer } from './connection.ts'

const firstDelayMs = 1000
const longestDelayMs = 15_000

export interface EventStream {
  url: string
  handlers: Record<string, (data: unknown) => void>
  /** Told whether this is a return: what happened in between was missed. */
  onOpen: (isReturn: boolean) => void
  /** The stream is gone; another try follows by itself. */
  onLost: () => void
}

/** Listens to Server-Sent Events of `url` while mounted; comes back by itself, also after an answer the browser gives up on. */
export function useEventStream({ url, handlers, onOpen, onLost }: EventStream): void {
  const latest = useRef({ handlers, onOpen, onLost })
  useEffect(() => {
    latest.current = { handlers, onOpen, onLost }
  })
  const names = Object.keys(handlers).join(',')

  useEffect(() => {
    let source: EventSource | undefined
    let timer: ReturnType<typeof setTimeout> | undefined
    let delay = firstDelayMs
    let wasOpen = false

    function open(): void {
      const began = performance.now()
      source = new EventSource(url)
      source.onopen = () => {
        noteAnswer(began)
        latest.current.onOpen(wasOpen)
        wasOpen = true
        delay = firstDelayMs
      }
      source.onerror = () => {
        latest.current.onLost()
        source?.close()
        clearTimeout(timer)
        timer = setTimeout(open, delay)
        delay = Math.min(delay * 2, longestDelayMs)
      }
      for (const name of names.split(',')) {
        source.addEventListener(name, (event: MessageEvent<string>) =>
          latest.current.handlers[name]?.(JSON.parse(event.data)),
        )
      }
    }

    function hurry(): void {
      if (source?.readyState === EventSource.OPEN) return
      clearTimeout(timer)
      source?.close()
      open()
    }

    open()
    window.addEventListener('online', hurry)
    return () => {
      window.removeEventListener('online', hurry)
      clearTimeout(timer)
      source?.close()
    }
  }, [url, names])
}
