import { type ComponentType, lazy, useEffect, useState } from 'react'

interface Preloading {
  preload: () => Promise<void>
}

/** A component whose code comes later, below a Suspense. Once preloaded it is drawn at once, without the empty moment of lazy. */
export function preloadable<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): ComponentType<Props> & Preloading {
  let loaded: ComponentType<Props> | undefined
  const Late: ComponentType<Props> = lazy(async () => ({ default: await load() }))

  function Preloadable(props: Props) {
    const [Shown] = useState(() => loaded ?? Late)
    return <Shown {...props} />
  }

  return Object.assign(Preloadable, {
    async preload() {
      loaded ??= await load()
    },
  })
}

/** Loads when the browser has nothing better to do, or at once when it is needed now. Failing is no harm: drawing tries again. */
export function usePreload({ preload }: Preloading, isUrgent: boolean): void {
  useEffect(() => {
    const start = () => void preload().catch(() => undefined)
    if (isUrgent) return start()
    const timer = setTimeout(start, idleMs)
    return () => clearTimeout(timer)
  }, [preload, isUrgent])
}

const idleMs = 300
