/** Calls of a page that are kept on their way, to see what it does meanwhile. */
import type { Page, Route } from '@playwright/test'

interface Holding {
  method?: string
  /** The first one that is held; those before go through. */
  from?: number
}

/** Holds calls of `path` (a glob below /api/v1) until `release`; afterwards they go through. */
export async function hold(page: Page, path: string, { method = 'POST', from = 1 }: Holding = {}) {
  const held: Route[] = []
  let isReleased = false
  let seen = 0
  await page.route(`**/api/v1${path}`, async (route) => {
    if (route.request().method() === method) seen += 1
    if (isReleased || route.request().method() !== method || seen < from) return route.continue()
    held.push(route)
  })
  return {
    held,
    async release(): Promise<void> {
      isReleased = true
      for (const route of held.splice(0)) await route.continue()
    },
  }
}
