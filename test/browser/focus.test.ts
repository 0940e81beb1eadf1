/** The keyboard's place: it goes back to what opened a dialog, or to what stands where that was, and never to the page's start. */
import type { Locator, Page } from '@playwright/test'
import { describe, test } from 'vitest'
import type { Flow, Person } from './support/company.ts'
import { expect, usePortals } from './support/portals.ts'
import { queueOn } from './support/queue.ts'

const portals = usePortals()
const automatic = { approvalType: 'automatic', approvers: [], durations: ['P5D'] }

const button = (name: string | RegExp) => (page: Page) => page.getByRole('button', { name }).first()
/** Neither nowhere nor at the start of everything. */
const isOnPage = `document.querySelector('#main')?.matches(':has(:focus)')`

/** Opens by keyboard what `opener` opens. */
async function openWith(page: Page, opener: Locator, key = 'Enter'): Promise<void> {
  await opener.focus()
  await page.keyboard.press(key)
  // Visible is not open yet: keys go to it once it has taken the focus.
  await expect(page.locator('[role="dialog"]:focus, [role="dialog"] :focus')).toBeVisible()
}

interface Opened {
  what: string
  path: () => Promise<string>
  opener: (page: Page) => Locator
  key?: string
}

async function aPendingRequest() {
  return portals.ask(await portals.person('Ada'), await portals.flow('Vault'))
}

const requestPage = async () => `/admin/requests/${(await aPendingRequest()).id}`

async function aFlowWithARequest(): Promise<string> {
  return `/admin/flows?q=${(await aPendingRequest()).approvalFlow.name}`
}

async function timedAccess(): Promise<string> {
  const person = await portals.person('Ada')
  await portals.ask(person, await portals.flow('Timed', automatic), { requestedDuration: 'P5D' })
  return `/admin/access?q=${person.name}`
}

const opened: Opened[] = [
  { what: 'disabling a flow', path: aFlowWithARequest, opener: (page) => page.getByRole('checkbox'), key: 'Space' },
  { what: 'deleting a flow', path: aFlowWithARequest, opener: button(/^Delete/) },
  { what: 'creating a user', path: async () => '/admin/users', opener: button('Create user') },
  {
    what: 'suspending a user',
    path: async () => `/admin/users/${(await portals.person('Sue')).id}`,
    opener: button('Suspend'),
  },
  { what: 'Grant Access on the page of a request', path: requestPage, opener: button('Grant Access') },
  { what: 'Deny Access on the page of a request', path: requestPage, opener: button('Deny Access') },
  { what: 'the list of keys', path: async () => '/admin/requests', opener: button('Keyboard shortcuts') },
  { what: 'revoking access', path: timedAccess, opener: button(/^Revoke the access/) },
]

describe('a dialog that is closed', () => {
  test.each(opened)('$what gives the focus back to what opened it', async ({ path, opener, key }) => {
    const page = await portals.openAs(portals.me, await path())

    await openWith(page, opener(page), key)
    await page.keyboard.press('Escape')

    await expect(page.getByRole('dialog')).toHaveCount(0)
    await expect(opener(page)).toBeFocused()
  })

  test('the list of keys gives the focus back to the row where ? was pressed', async () => {
    const request = await aPendingRequest()
    const page = await portals.openAs(portals.me, `/admin/requests?q=${request.id}`)
    await expect(queueOn(page).row(request)).toBeVisible()

    await page.keyboard.press('j')
    await page.keyboard.press('?')
    await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
    await page.keyboard.press('Escape')

    await expect(page.locator(`[data-expander="${request.id}"]`)).toBeFocused()
  })

  test('a decision for many, left with Escape, gives the focus back to the button that asked for it', async () => {
    const request = await aPendingRequest()
    const page = await portals.openAs(portals.me, `/admin/requests?q=${request.id}`)
    await page.getByRole('checkbox', { name: /^Select the request/ }).check()
    const opener = page.getByRole('region', { name: 'Selected requests' }).getByRole('button', { name: 'Deny Access' })

    await openWith(page, opener)
    await page.keyboard.press('Escape')

    await expect(opener).toBeFocused()
  })

  test('the navigation of a phone gives the focus back to its button', async () => {
    const page = await portals.openAs(await portals.person('Ada'), '/portal/applications', { width: 390, height: 844 })

    await openWith(page, page.getByRole('button', { name: 'Open navigation' }))
    await expect(page.getByRole('dialog').getByRole('link', { name: 'Approvals' })).toBeVisible()
    await page.keyboard.press('Escape')

    await expect(page.getByRole('dialog')).toHaveCount(0)
    await expect(page.getByRole('button', { name: 'Open navigation' })).toBeFocused()
  })
})

describe('what has the focus disappears', () => {
  /** Requests that wait for one person, the oldest first. */
  async function severalFor(approver: Person): Promise<{ requester: Person }[]> {
    const flow = await portals.flow('Lab', { approvers: [{ kind: 'user', userId: approver.id }] })
    const asked = []
    for (const word of ['Ada', 'Ben', 'Cem']) asked.push(await portals.ask(await portals.person(word), flow))
    return asked
  }

  test('after approving one of several the focus stays in the list, and the next one is a Tab away', async () => {
    const approver = await portals.person('Olga')
    await severalFor(approver)
    const page = await portals.openAs(approver, '/portal/approvals')
    const cards = page.locator('[data-row]')
    await expect(cards).toHaveCount(3)

    await openWith(page, cards.nth(1).getByRole('button', { name: /^Approve/ }))
    await page.getByRole('dialog').getByRole('button', { name: 'Approve' }).click()
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await expect(cards.nth(1)).toContainText('You approved')

    await expect(cards.nth(1).locator(':focus').or(cards.nth(2).locator(':focus'))).toHaveCount(1)
    await page.keyboard.press('Tab')
    await expect(cards.nth(2).locator(':focus')).toHaveCount(1)
  })

  test('after withdrawing a request the focus stays in its row', async () => {
    const person = await portals.person('Ada')
    const flows: Flow[] = [await portals.flow('Vault'), await portals.flow('Vault')]
    for (const flow of flows) await portals.ask(person, flow)
    const page = await portals.openAs(person, '/portal/requests')
    const row = page.getByRole('row').filter({ hasText: flows[1]?.name })

    await openWith(page, row.getByRole('button', { name: /^Withdraw/ }))
    await page.getByRole('dialog').getByRole('button', { name: 'Withdraw' }).click()
    await expect(row).toContainText('Canceled')

    await expect(row.locator(':focus')).toHaveCount(1)
  })

  test('after taking a filter away the focus is on the x of the next one, and at last still on the page', async () => {
    const request = await aPendingRequest()
    const page = await portals.openAs(portals.me, `/admin/requests?requester=${request.requester.name}`)
    const remove = (what: string) => page.getByRole('button', { name: `Remove ${what}` })

    await remove('Manual').press('Enter')
    await expect(remove('Pending')).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(remove(`Requester: ${request.requester.name}`)).toBeFocused()
    await page.keyboard.press('Enter')

    await expect(queueOn(page).chips()).toHaveCount(0)
    await expect.poll(() => page.evaluate(isOnPage)).toBe(true)
  })

  test('after deleting a flow the focus is on the control of the next one', async () => {
    const word = portals.unique('Gone')
    const name = (letter: string) => `${word} ${letter}`
    const { groupId } = await portals.flow('Base')
    for (const letter of ['A', 'B'])
      await portals.admin.post('/approval-flows', {
        name: name(letter),
        groupId,
        approvalType: 'automatic',
        approvers: [],
      })
    const page = await portals.openAs(portals.me, `/admin/flows?q=${word}`)

    await openWith(page, page.getByRole('button', { name: `Delete ${name('A')}` }))
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
    await expect(page.getByRole('link', { name: name('A'), exact: true })).toHaveCount(0)

    await expect(page.locator('[data-row]').locator(':focus')).toHaveCount(1)
  })

  test('after showing what is new the focus stays on the page', async () => {
    const request = await aPendingRequest()
    const page = await portals.openAs(portals.me, `/admin/requests?requester=${request.requester.name}`)
    await expect(queueOn(page).row(request)).toBeVisible()
    await portals.ask(request.requester, await portals.flow('Later'))

    await page.getByRole('button', { name: '1 new request – Show' }).press('Enter')

    await expect(queueOn(page).rows()).toHaveCount(2)
    await expect.poll(() => page.evaluate(isOnPage)).toBe(true)
  })
})
