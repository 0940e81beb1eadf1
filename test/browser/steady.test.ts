/** Nothing moves by itself, nothing lies over a button, and what was done can be seen and taken back. */
import type { Page } from '@playwright/test'
import { describe, test } from 'vitest'
import { made } from './support/company.ts'
import { expect, usePortals } from './support/portals.ts'
import { queueOn } from './support/queue.ts'

const portals = usePortals()

const count = `window.shifts = 0
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifts += entry.value
}).observe({ type: 'layout-shift', buffered: true })`

/** How much moved while `path` was loaded anew, until `sign` was seen and nothing was read any more. */
async function shiftsOf(page: Page, path: string, sign: string): Promise<number> {
  await page.addInitScript(count)
  await page.goto(path)
  await expect(page.locator(sign).first()).toBeVisible()
  await page.waitForLoadState('load')
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))')
  return page.evaluate<number>('window.shifts')
}

describe('while a page is loaded nothing moves', () => {
  test.each([
    { path: '/admin/requests', sign: '[data-row]' },
    { path: '/admin/requests?queue=others', sign: '[data-row]' },
    { path: '/admin/overview', sign: 'main h2' },
    { path: '/portal/catalog', sign: '[data-flow]' },
  ])('$path', async ({ path, sign }) => {
    const missing = await portals.flow('Lab', { approvers: [{ kind: 'manager' }] })
    const others = await portals.flow('Lab', { approvers: [{ kind: 'user', userId: portals.me.id }] })
    const person = await portals.person('Ada')
    for (const flow of [missing, others, await portals.flow('Vault')]) await portals.ask(person, flow)
    const page = await portals.openAs(portals.me, '/portal/sessions')

    expect(await shiftsOf(page, path, sign)).toBe(0)
  })

  test('opening a dialog leaves everything where it is', async () => {
    const request = await portals.ask(await portals.person('Ada'), await portals.flow('Vault'))
    const page = await portals.openAs(portals.me, `/admin/requests/${request.id}`)
    const title = page.getByRole('heading', { level: 1 })
    const before = await title.boundingBox()
    const corner = page.getByRole('button', { name: /^Account of/ })
    const cornerBefore = await corner.boundingBox()

    await page.getByRole('button', { name: 'Grant Access' }).click()
    await expect(page.getByRole('dialog')).toBeVisible()

    expect(await title.boundingBox()).toEqual(before)
    expect(await corner.boundingBox()).toEqual(cornerBefore)
  })
})

describe('messages', () => {
  test.each([
    { width: 1280, height: 700 },
    { width: 390, height: 844 },
  ])('lie over no button at $width px', async (view) => {
    const flow = await portals.flow('Vault')
    const [first, second] = [
      await portals.ask(await portals.person('Ada'), flow),
      await portals.ask(await portals.person('Ben'), flow),
    ]
    const page = await portals.openAs(portals.me, `/admin/requests?q=${flow.name}&open=${first.id}`, view)
    const queue = queueOn(page)
    await queue.choose(second, 'Grant Access')
    await queue.dialog().getByRole('button', { name: 'Grant Access' }).click()
    const message = page.getByRole('region', { name: 'Messages' }).getByText('has access to')
    await expect(message).toBeVisible()

    for (const button of await page.getByRole('main').getByRole('button', { disabled: false }).all()) {
      await button.scrollIntoViewIfNeeded()
      await button.click({ trial: true, timeout: 3000 })
    }
  })
})

test('disabling a flow asks, and can be taken back', async () => {
  const flow = await portals.flow('Vault')
  const page = await portals.openAs(portals.me, `/admin/flows?q=${flow.name}`)
  const toggle = page.getByRole('checkbox', { name: `${flow.name} enabled` })

  await toggle.click()
  await page.getByRole('dialog').getByRole('button', { name: 'Disable' }).click()
  await expect(toggle).not.toBeChecked()
  await page.getByRole('button', { name: 'Undo' }).click()

  await expect(toggle).toBeChecked()
})

test('the sign-in page names the product', async () => {
  const page = await portals.openAsStranger('/sign-in')

  await expect(page.getByRole('main')).toContainText('Gatehouse')
})

test.each(['/admin/nothing-here', '/portal/nothing-here', '/nothing-here'])(
  '%s, which no page has, keeps the frame of the portal',
  async (path) => {
    const page = await portals.openAs(portals.me, path)

    await expect(page.getByRole('heading', { name: 'There is nothing here' })).toBeVisible()
    await expect(page.getByRole('navigation', { name: 'Main navigation' })).toBeVisible()
  },
)

test('the missing data of a manager is filled in where it is missing, and the banner is by person', async () => {
  const requester = await portals.person('Nell')
  const manager = await portals.person('Mo')
  const asked = []
  for (const word of ['Lab', 'Depot'])
    asked.push(await portals.ask(requester, await portals.flow(word, { approvers: [{ kind: 'manager' }] })))
  const page = await portals.openAs(portals.me, '/admin/requests')
  const queue = queueOn(page)
  await page.getByRole('button', { name: `2 requests wait for ${requester.name}'s manager` }).click()
  await expect(queue.rows()).toHaveCount(2)

  await queue.expand(asked[0])
  const details = queue.details(asked[0])
  await details.getByRole('combobox', { name: `Manager of ${requester.name}` }).fill(manager.name)
  await page.getByRole('option', { name: manager.name }).click()
  await expect(details.getByRole('link', { name: /^Add in Users/ })).toBeVisible()
  await details.getByRole('button', { name: 'Set manager' }).click()

  for (const request of asked) await expect(queue.row(request)).toContainText(`Waits for ${manager.name}`)
  expect(made(await portals.admin.get(`/users/${requester.id}`)).manager).toMatchObject({ id: manager.id })
})
