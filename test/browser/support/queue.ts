/** What stands in the Requests Queue, by the names people read. */
import type { Locator, Page } from '@playwright/test'

export function queueOn(page: Page) {
  const table = page.getByRole('table', { name: 'Access requests' })
  return {
    table,
    tab: (name: 'Administrator' | 'Others'): Locator => page.getByRole('tab', { name: new RegExp(`^${name}`) }),
    /** The row of a request. */
    row: ({ id }: { id: string }): Locator => page.locator(`[data-row="${id}"]`),
    /** What is below the row when it is expanded. */
    details: ({ id }: { id: string }): Locator => page.locator(`#details-${id}`),
    rows: (): Locator => table.locator('[data-row]'),
    chips: (): Locator => page.getByRole('list', { name: 'Active filters' }).getByRole('listitem'),
    search: (): Locator => page.getByRole('searchbox', { name: 'Search requests' }),
    filter: (): Locator => page.getByRole('dialog', { name: 'Filter' }),
    async openFilter(): Promise<void> {
      await page.getByRole('button', { name: /^Filter/ }).click()
      // The panel takes the focus when it opens: what is typed before would lose its list of choices.
      await page.locator('[role="dialog"]:focus-within').waitFor()
    },
    async expand({ id }: { id: string }): Promise<void> {
      await page.locator(`[data-expander="${id}"]`).click()
    },
    /** The three dots of a row, and one of its entries. */
    async choose({ id }: { id: string }, entry: string): Promise<void> {
      await page
        .locator(`[data-row="${id}"]`)
        .getByRole('button', { name: /^Actions for/ })
        .click()
      await page.getByRole('menuitem', { name: entry }).click()
    },
    dialog: (): Locator => page.getByRole('dialog'),
  }
}
