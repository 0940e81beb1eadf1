/** A lost connection says so and comes back by itself; what stands on the page stays, also where its code was never loaded. */
import type { Page, Route } from '@playwright/test'
import { describe, test } from 'vitest'
import { made, type Person } from './support/company.ts'
import { expect, usePortals } from './support/portals.ts'
import { queueOn } from './support/queue.ts'

const portals = usePortals()

const lost = (page: Page) => page.getByText('Connection lost. Trying again …')
const goOffline = (page: Page) => page.context().setOffline(true)
const goOnline = (page: Page) => page.context().setOffline(false)

async function aRequestFor(approver: Person) {
  const flow = await portals.flow('Lab', { approvers: [{ kind: 'user', userId: approver.id }] })
  return portals.ask(await portals.person('Ada'), flow)
}

const failed = (page: Page, path: string) =>
  page.waitForEvent('requestfailed', (request) => request.url().includes(path))

/** Never the browser's own error page, and never a broken page of ours. */
async function standsStill(page: Page, path: RegExp): Promise<void> {
  await expect(page).toHaveURL(path)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(page.getByText('Something broke on this page')).toHaveCount(0)
}

describe('offline', () => {
  test('the Admin Portal says so, keeps its list, and catches up by itself', async () => {
    const request = await portals.ask(await portals.person('Ada'), await portals.flow('Vault'))
    const page = await portals.openAs(portals.me, `/admin/requests?requester=${request.requester.name}`)
    const queue = queueOn(page)
    await expect(queue.row(request)).toBeVisible()

    await goOffline(page)
    await expect(lost(page)).toBeVisible()
    await expect(queue.row(request)).toContainText('Pending')
    made(await portals.admin.post(`/access-requests/${request.id}/grant`))
    await goOnline(page)

    await expect(lost(page)).toHaveCount(0)
    await expect(queue.row(request)).toContainText('Approved')
    await expect(queue.tab('Administrator')).toHaveText('Administrator0')
  })

  test('the User Portal says so, keeps its list, and is of use again by itself', async () => {
    const approver = await portals.person('Olga')
    const request = await aRequestFor(approver)
    const page = await portals.openAs(approver, '/portal/approvals')
    const card = page.locator(`[data-row="${request.id}"]`)
    await expect(card).toBeVisible()

    await goOffline(page)
    await expect(lost(page)).toBeVisible()
    await expect(card).toBeVisible()
    await goOnline(page)
    await expect(lost(page)).toHaveCount(0)
    await card.getByRole('button', { name: /^Approve/ }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Approve' }).click()

    await expect(card).toContainText('You approved')
  })

  test('an answer that was already under way does not make the lost connection look well', async () => {
    const page = await portals.openAs(await portals.person('Olga'), '/portal/approvals')
    let held: Route | undefined
    await page.route('**/api/v1/me/approvals?state=decided**', (route) => {
      held = route
    })
    await page.getByRole('tab', { name: 'Decided' }).click()
    await expect.poll(() => held !== undefined).toBe(true)

    await goOffline(page)
    await expect(lost(page)).toBeVisible()
    await held?.fulfill({ json: { items: [], nextCursor: null } })

    await expect(page.getByRole('heading', { name: 'You have not decided anything yet' })).toBeVisible()
    await expect(lost(page)).toBeVisible()
  })

  test('a decision that found no connection says so, keeps what was typed, and is made once by pressing again', async () => {
    const request = await portals.ask(await portals.person('Ada'), await portals.flow('Vault'))
    const page = await portals.openAs(portals.me, `/admin/requests/${request.id}`)
    await page.getByRole('button', { name: 'Deny Access' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Reason').fill('Not now.')

    await goOffline(page)
    await expect(lost(page)).toBeVisible()
    await expect(dialog.getByLabel('Reason')).toHaveValue('Not now.')
    await dialog.getByRole('button', { name: 'Deny Access' }).click()
    await expect(dialog.getByRole('alert')).toContainText('No answer came. Press again')
    await expect(dialog.getByLabel('Reason')).toHaveValue('Not now.')
    await goOnline(page)
    await dialog.getByRole('button', { name: 'Deny Access' }).click()

    await expect(page.getByRole('main')).toContainText('Not now.')
    expect(await portals.request(request.id)).toMatchObject({ status: 'denied' })
  })
})

interface Unloaded {
  what: string
  open: () => Promise<{ page: Page; act: () => Promise<void>; stays: RegExp; comes: string }>
}

const fresh = { isFresh: true }

async function anApproval() {
  const approver = await portals.person('Olga')
  await aRequestFor(approver)
  const page = await portals.openAs(approver, '/portal/approvals', fresh)
  const button = page.getByRole('button', { name: /^Approve/ })
  await expect(button).toBeVisible()
  return { page, act: () => button.click() }
}

async function aLink(person: { email: string }, path: string, name: string) {
  const page = await portals.openAs(person, path, fresh)
  const link = page.getByRole('navigation', { name: 'Main navigation' }).getByRole('link', { name })
  await expect(link).toBeVisible()
  return { page, act: () => link.click() }
}

const dialogs: Unloaded[] = [
  {
    what: 'approving',
    open: async () => ({ ...(await anApproval()), stays: /\/portal\/approvals$/, comes: 'Approve' }),
  },
  {
    what: 'Grant Access',
    async open() {
      const request = await portals.ask(await portals.person('Ada'), await portals.flow('Vault'))
      const page = await portals.openAs(portals.me, `/admin/requests/${request.id}`, fresh)
      const button = page.getByRole('button', { name: 'Grant Access' })
      await expect(button).toBeVisible()
      return { page, act: () => button.click(), stays: /\/admin\/requests\//, comes: 'Grant Access' }
    },
  },
  {
    what: 'asking for access',
    async open() {
      const flow = await portals.flow('Vault')
      const page = await portals.openAs(await portals.person('Ada'), `/portal/catalog?q=${flow.name}`, fresh)
      const link = page.getByRole('link', { name: /^Ask for access/ })
      await expect(link).toBeVisible()
      return { page, act: () => link.click(), stays: new RegExp(`/portal/catalog/${flow.id}`), comes: 'Send request' }
    },
  },
]

const pages: Unloaded[] = [
  {
    what: 'DI Events',
    open: async () => ({
      ...(await aLink(portals.me, '/admin/requests', 'DI Events')),
      stays: /\/admin\//,
      comes: 'DI Events',
    }),
  },
  {
    what: 'Approvals',
    open: async () => ({
      ...(await aLink(await portals.person('Ada'), '/portal/applications', 'Approvals')),
      stays: /\/portal\//,
      comes: 'Approvals',
    }),
  },
]

describe('offline, before its code was ever loaded', () => {
  test.each(dialogs)('the dialog of $what waits for the connection and opens by itself', async ({ open }) => {
    const { page, act, stays, comes } = await open()

    await goOffline(page)
    const code = failed(page, '/assets/')
    await act()
    await code
    // What asks whether the service is back has asked once for the code, and once for the banner.
    for (let asked = 0; asked < 2; asked++) await failed(page, '/api/v1/me')
    await expect(lost(page)).toBeVisible()
    await standsStill(page, stays)
    await goOnline(page)

    await expect(page.getByRole('dialog').getByRole('button', { name: comes })).toBeVisible()
    await expect(lost(page)).toHaveCount(0)
  })

  test.each(pages)('the page $what shows the lost connection and comes by itself', async ({ open }) => {
    const { page, act, stays, comes } = await open()

    await goOffline(page)
    await act()
    await expect(page.getByRole('heading', { name: 'No connection to Gatehouse' })).toBeVisible()
    await expect(lost(page)).toBeVisible()
    await expect(page).toHaveURL(stays)
    await goOnline(page)

    await expect(page.getByRole('heading', { level: 1, name: comes })).toBeVisible()
    await expect(lost(page)).toHaveCount(0)
  })
})

test('a page whose files an update has taken away is loaded anew', async () => {
  const page = await portals.openAs(portals.me, '/admin/requests', fresh)
  const link = page.getByRole('link', { name: 'DI Events' })
  await expect(link).toBeVisible()
  let asked = 0
  await page.route('**/assets/*.js', (route) =>
    asked++ === 0 ? route.fulfill({ status: 404, body: '' }) : route.continue(),
  )

  await link.click()

  await expect(page.getByRole('table', { name: 'DI events' })).toBeVisible()
  expect(asked).toBeGreaterThan(0)
})
