/** What an accessibility checker finds on a page, and what a small screen cuts off. */
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect } from './portals.ts'

/** Colours that are still fading are not those that are read. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(`Promise.allSettled(document.getAnimations()
    .filter((animation) => animation.effect.getComputedTiming().endTime !== Infinity)
    .map((animation) => animation.finished))`)
}

/** `rules` when only some can have changed since the last look. */
async function findings(page: Page, rules: string[] = []): Promise<string[]> {
  await settled(page)
  // The other mode gathers what it found in the frames of a page in a new tab, which costs more than the look: there are none.
  const axe = new AxeBuilder({ page }).setLegacyMode(true)
  const { violations } = await (rules.length > 0 ? axe.withRules(rules) : axe).analyze()
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`))
}

/** Pixels that can be scrolled to sideways. */
const tooWide = 'Math.max(0, document.documentElement.scrollWidth - window.innerWidth)'

const rulesAboutColours = ['color-contrast', 'link-in-text-block']

/** What `inEveryLook` gives of a page that has no fault. */
export const faultless = { light: [], dark: [], pixelsTooWide: 0 }

/** What is found in light, what in dark, and by how much the page is wider than a phone. Leaves it as wide as a phone. */
export async function inEveryLook(page: Page): Promise<{ light: string[]; dark: string[]; pixelsTooWide: number }> {
  const light = await findings(page)
  await page.emulateMedia({ colorScheme: 'dark' })
  const dark = await findings(page, rulesAboutColours)
  await page.setViewportSize({ width: 390, height: 844 })
  // The layout follows the new width a moment later.
  const isNarrow = expect.poll(() => page.evaluate(tooWide), { timeout: 3000 }).toBe(0)
  await isNarrow.catch(() => undefined)
  return { light, dark, pixelsTooWide: await page.evaluate<number>(tooWide) }
}
