/** Admin Portal: a long queue worked through, with the decision always in sight, by pointer or by keyboard alone. */
import type { Locator, Page } from '@playwright/test'
import { describe, test } from 'vitest'
import { faultless, inEveryLook } from './support/axe.ts'
import { expect, usePortals } from './support/portals.ts'
import { queueOn } from './support/queue.ts'

const portals = usePortals()

const long = 'A reason that goes on and on. '.repeat(130)

/** Requests of one flow, the newest first, and the queue that shows just those. */
async function severalRequests(view: { width?: number; height?: number } = {}, reason = 'I need it.') {
  const flow = await portals.flow('Triage')
  const asked = []
  for (const word of ['Ada', 'Ben', 'Cem'])
    asked.unshift(await portals.ask(await portals.person(word), flow, { reason }))
  const page = await portals.openAs(portals.me, `/admin/requests?q=${flow.name}`, view)
  const queue = queueOn(page)
  await expect(queue.rows()).toHaveCount(3)
  return { flow, asked, page, queue, panel: page.getByRole('complementary', { name: 'Open request' }) }
}

const titleIn = (panel: Locator) => panel.getByRole('heading', { level: 2 })
const expander = (page: Page, { id }: { id: string }) => page.locator(`[data-expander="${id}"]`)

describe('the open request beside the list', () => {
  test('from 1280 px on the whole row opens it, with the reason first and the decision in sight whatever its length', async () => {
    const { asked, page, queue, panel } = await severalRequests({ height: 700 }, long)

    await queue.row(asked[1]).getByText('Pending').click()

    await expect(panel.getByRole('heading').nth(1)).toHaveText('Reason')
    await expect(panel.getByRole('button', { name: 'Show all' })).toBeVisible()
    await panel.getByRole('button', { name: 'Show all' }).click()
    for (const name of ['Grant Access', 'Deny Access'])
      await expect(panel.getByRole('button', { name })).toBeInViewport({ ratio: 1 })
    await expect(page).toHaveURL(new RegExp(`open=${asked[1].id}`))
  })

  test('next and previous go through the page, and Back, Forward and a reload know which one is open', async () => {
    const { asked, page, panel } = await severalRequests()
    await expander(page, asked[0]).click()

    await panel.getByRole('button', { name: 'Next request' }).click()
    await expect(titleIn(panel)).toContainText(asked[1].requester.name)
    await expect(panel).toContainText('2 of 3 on this page')
    await page.goBack()
    await expect(titleIn(panel)).toContainText(asked[0].requester.name)
    await page.goForward()
    await page.reload()

    await expect(titleIn(panel)).toContainText(asked[1].requester.name)
    await panel.getByRole('button', { name: 'Close the request' }).click()
    await expect(panel).toHaveCount(0)
    await expect(expander(page, asked[1])).toBeFocused()
  })

  test('after a decision it goes on to the next, and reading begins at its title', async () => {
    const { asked, page, queue, panel } = await severalRequests()
    await expander(page, asked[0]).click()

    await panel.getByRole('button', { name: 'Grant Access' }).click()
    await queue.dialog().getByRole('button', { name: 'Grant Access' }).click()

    await expect(titleIn(panel)).toContainText(asked[1].requester.name)
    await expect(titleIn(panel)).toBeFocused()
    await expect(queue.row(asked[0])).toContainText('Approved')
  })

  test('below 1280 px the row expands, and a long reason does not push the decision away', async () => {
    const { asked, page, queue, panel } = await severalRequests({ width: 1024, height: 900 }, long)

    await queue.row(asked[0]).getByText('Pending').click()

    await expect(panel).toHaveCount(0)
    const details = queue.details(asked[0])
    await expect(details.getByRole('button', { name: 'Show all' })).toBeVisible()
    await expect(details.getByRole('button', { name: 'Grant Access' })).toBeInViewport()
    await details.getByRole('button', { name: 'Show all' }).click()
    await expect(details.getByRole('button', { name: 'Grant Access' })).toBeInViewport()
    await expect(page).toHaveURL(new RegExp(`open=${asked[0].id}`))
  })

  test.each([1280, 1920])('at %i px it has no accessibility finding', async (width) => {
    const { asked, page, panel } = await severalRequests({ width }, long)
    await expander(page, asked[0]).click()
    await expect(panel.getByRole('heading', { name: 'Approval Progress' })).toBeVisible()

    expect(await inEveryLook(page)).toEqual(faultless)
  })
})

describe('by keyboard alone', () => {
  test('arrows and j move, Enter opens and reads, Escape closes, x selects, a and d ask', async () => {
    const { asked, page, queue, panel } = await severalRequests()

    await page.keyboard.press('j')
    await page.keyboard.press('ArrowDown')
    await expect(expander(page, asked[1])).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(titleIn(panel)).toContainText(asked[1].requester.name)
    await expect(titleIn(panel)).toBeFocused()
    await page.keyboard.press('x')
    await expect(queue.row(asked[1]).getByRole('checkbox')).toBeChecked()
    await page.keyboard.press('a')
    await expect(queue.dialog()).toContainText(asked[1].requester.name)
    await page.keyboard.press('Escape')
    await expect(queue.dialog()).toHaveCount(0)
    await page.keyboard.press('Escape')

    await expect(panel).toHaveCount(0)
    await expect(expander(page, asked[1])).toBeFocused()
  })

  test('the open request follows j, and denying with d goes on to the next', async () => {
    const { asked, page, queue, panel } = await severalRequests()
    await page.keyboard.press('j')
    await page.keyboard.press('o')
    await page.keyboard.press('j')
    await expect(titleIn(panel)).toContainText(asked[1].requester.name)

    await page.keyboard.press('d')
    await queue.dialog().getByLabel('Reason').fill('Not now.')
    await page.keyboard.press('Tab')
    await queue.dialog().getByRole('button', { name: 'Deny Access' }).press('Enter')

    await expect(titleIn(panel)).toContainText(asked[2].requester.name)
    await expect(queue.row(asked[1])).toContainText('Denied')
  })

  test('single keys can be switched off; arrows stay', async () => {
    const { asked, page, queue } = await severalRequests()
    await page.keyboard.press('?')
    await page.getByRole('dialog').getByRole('switch', { name: 'Use keyboard shortcuts' }).click()
    await page.keyboard.press('Escape')
    await expect(queue.dialog()).toHaveCount(0)

    await expander(page, asked[0]).focus()
    await page.keyboard.press('j')
    await page.keyboard.press('a')
    await expect(expander(page, asked[0])).toBeFocused()
    await expect(queue.dialog()).toHaveCount(0)
    await page.keyboard.press('ArrowDown')

    await expect(expander(page, asked[1])).toBeFocused()
  })
})
