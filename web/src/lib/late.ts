import { type ComponentType, createElement, type FunctionComponent, use, useEffect } from 'react'
import { loadCode } from './load-code.ts'

interface Preloading {
  /** Loads ahead of need. Failing is no harm: drawing tries again. */
  preload: () => Promise<void>
}

/** After a failure whoever waits is told, and whoever draws it later starts anew. Milliseconds. */
const forgetMs = 300

/** A component whose code comes when it is first drawn, below a Suspense; once it is there, it is drawn at once. */
export function late<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): FunctionComponent<Props> & Preloading {
  let loaded: ComponentType<Props> | undefined
  let loading: Promise<ComponentType<Props>> | undefined

  async function start(): Promise<ComponentType<Props>> {
    try {
      loaded = await loadCode(load)
      return loaded
    } catch (error) {
      setTimeout(() => {
        loading = undefined
      }, forgetMs)
      throw error
    }
  }

  function get(): Promise<ComponentType<Props>> {
    loading ??= start()
    return loading
  }

  const Late = (props: Props) => createElement(loaded ?? use(get()), props)

  return Object.assign(Late, {
    async preload() {
      await get().catch(() => undefined)
    },
  })
}

/** The same for the page of a route. Its type says nothing of the page, which knows its route: they would go in circles. */
export function latePage<Module extends Record<string, unknown>>(
  load: () => Promise<Module>,
  name: keyof Module,
): FunctionComponent & Preloading {
  return late(async () => (await load())[name] as ComponentType)
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
