import { useEffect, useRef } from 'react'
import { noteAnswer } from './connection.ts'
import { takeStreamPlace } from './stream-places.ts'

const firstDelayMs = 1000
const longestDelayMs = 15_000
/** How often a tab looks that has no stream, because other tabs have them all. */
const lookMs = 5000

export interface EventStream {
  url: string
  handlers: Record<string, (data: unknown) => void>
  /**
   * What happened until now may have been missed, but for the first time. Also called now and then by a tab that finds no
   * place for a stream.
   */
  onOpen: (isReturn: boolean) => void
  /** The stream is gone; another try follows by itself. */
  onLost: () => void
}

type Heard = Pick<EventStream, 'handlers' | 'onOpen' | 'onLost'>

/**
 * Listens to Server-Sent Events of `url` while mounted and in sight; comes back by itself, also after an answer the
 * browser gives up on. Where many tabs are in sight, some of them look now and then instead.
 */
export function useEventStream({ url, handlers, onOpen, onLost }: EventStream): void {
  const latest = useRef<Heard>({ handlers, onOpen, onLost })
  useEffect(() => {
    latest.current = { handlers, onOpen, onLost }
  })
  const names = Object.keys(handlers).join(',')

  useEffect(() => {
    let wasOpen = false
    const heard = {
      opened: () => {
        latest.current.onOpen(wasOpen)
        wasOpen = true
      },
      lost: () => latest.current.onLost(),
      told: (name: string, data: unknown) => latest.current.handlers[name]?.(data),
    }
    const begin = () => (document.hidden ? undefined : follow(url, names.split(','), heard))
    let following = begin()

    function seen(): void {
      if (document.hidden) following?.stop()
      following = document.hidden ? undefined : (following ?? begin())
    }
    const hurry = () => following?.hurry()
    document.addEventListener('visibilitychange', seen)
    window.addEventListener('online', hurry)
    return () => {
      document.removeEventListener('visibilitychange', seen)
      window.removeEventListener('online', hurry)
      following?.stop()
    }
  }, [url, names])
}

interface Listener {
  opened: () => void
  lost: () => void
  told: (name: string, data: unknown) => void
}

/** One stream, or looks in its stead, until it is stopped. */
function follow(url: string, names: readonly string[], listener: Listener) {
  let source: EventSource | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let delay = firstDelayMs
  let isStopped = false
  let giveBack: (() => void) | undefined

  function open(): void {
    const began = performance.now()
    source = new EventSource(url)
    source.onopen = () => {
      noteAnswer(began)
      listener.opened()
      delay = firstDelayMs
    }
    source.onerror = () => {
      listener.lost()
      source?.close()
      clearTimeout(timer)
      timer = setTimeout(open, delay)
      delay = Math.min(delay * 2, longestDelayMs)
    }
    for (const name of names)
      source.addEventListener(name, (event: MessageEvent<string>) => listener.told(name, JSON.parse(event.data)))
  }

  async function begin(): Promise<void> {
    giveBack = await takeStreamPlace()
    if (isStopped) return giveBack?.()
    if (giveBack) return open()
    listener.opened()
    timer = setTimeout(() => void begin(), lookMs)
  }

  void begin()
  return {
    hurry(): void {
      if (!giveBack || source?.readyState === EventSource.OPEN) return
      clearTimeout(timer)
      source?.close()
      open()
    },
    stop(): void {
      isStopped = true
      clearTimeout(timer)
      source?.close()
      giveBack?.()
    },
  }
}
