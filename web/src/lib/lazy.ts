import { type ComponentType, createElement, type FunctionComponent, use, useEffect } from 'react'
import { isConnected } from './connection.ts'
import { loadCode } from './load-code.ts'

interface Preloading {
  /** Loads ahead of need. Failing is no harm: drawing tries again. */
  preload: () => Promise<void>
}

/** A component whose code comes when it is first drawn, below a Suspense; once it is there, it is drawn at once. */
export function lazy<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): FunctionComponent<Props> & Preloading {
  let loading: Promise<ComponentType<Props>> | undefined
  let wasLost = false

  function start(): Promise<ComponentType<Props>> {
    const component = loadCode(load)
    wasLost = false
    component.then(
      // React reads these of a promise, and then needs no empty moment to find out that it is done.
      (value) => Object.assign(component, { status: 'fulfilled', value }),
      () => {
        wasLost = !isConnected()
      },
    )
    return component
  }

  /** What was lost with the connection is asked for again once that is back; until then it stays lost. */
  function get(): Promise<ComponentType<Props>> {
    if (!loading || (wasLost && isConnected())) loading = start()
    return loading
  }

  const Lazy = (props: Props) => createElement(use(get()), props)

  return Object.assign(Lazy, {
    async preload() {
      if (loading) return
      // Ahead of need nothing is done about a failure: no page is loaded anew because somebody pointed at a link.
      const value = await load().catch(() => undefined)
      if (!value || loading) return
      loading = Object.assign(Promise.resolve(value), { status: 'fulfilled', value })
    },
  })
}

/** The same for the page of a route. Its type says nothing of the page, which knows its route: they would go in circles. */
export function lazyPage<Module extends Record<string, unknown>>(
  load: () => Promise<Module>,
  name: keyof Module,
): FunctionComponent & Preloading {
  return lazy(async () => (await load())[name] as ComponentType)
}

/** Loads when the browser has nothing better to do, or at once when it is needed now. */
export function usePreload({ preload }: Preloading, isUrgent: boolean): void {
  useEffect(() => {
    if (isUrgent) return void preload()
    const timer = setTimeout(() => void preload(), idleMs)
    return () => clearTimeout(timer)
  }, [preload, isUrgent])
}

const idleMs = 300
