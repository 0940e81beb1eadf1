/** States that come and go: no accessibility finding in light and dark, and nothing wider than a phone. */
import type { Page } from '@playwright/test'
import { beforeAll, test } from 'vitest'
import { faultless, inEveryLook } from './support/axe.ts'
import { made } from './support/company.ts'
import { expect, usePortals } from './support/portals.ts'
import { queueOn } from './support/queue.ts'
import { createShowcase, type Showcase } from './support/showcase.ts'

const portals = usePortals()
let shown: Showcase

beforeAll(async () => {
  shown = await createShowcase(portals)
}, 60_000)

const seen = (page: Page, text: string | RegExp) => expect(page.getByText(text).first()).toBeVisible()

interface Moment {
  name: string
  /** Brings it about, and waits until it is seen. */
  open: () => Promise<Page>
}

const moments: Moment[] = [
  {
    name: 'offline, the Admin Portal with the rows it had',
    async open() {
      const page = await portals.openAs(portals.me, '/admin/requests')
      await expect(page.locator('[data-row]').first()).toBeVisible()

      await page.context().setOffline(true)
      await seen(page, 'Connection lost. Trying again …')

      return page
    },
  },
  {
    name: 'offline, a page of the User Portal that was never loaded',
    async open() {
      const page = await portals.openAs(shown.employee, '/portal/applications', { isFresh: true })
      await seen(page, /^Access ends/)

      await page.context().setOffline(true)
      await page.getByRole('link', { name: /^Approvals/ }).click()
      await seen(page, 'Connection lost. Trying again …')

      return page
    },
  },
  {
    name: 'a new request announced in the queue',
    async open() {
      const person = await portals.person('Fred')
      const page = await portals.openAs(portals.me, `/admin/requests?requester=${person.name}`)
      await seen(page, /hidden by filters$|^No requests here$/)

      await portals.ask(person, await portals.flow('Vault'))
      await seen(page, '1 new request – Show')

      return page
    },
  },
  {
    name: 'the results of a decision for many, one of them refused',
    async open() {
      const flow = await portals.flow('Fleet')
      const taken = await portals.ask(await portals.person('Ada'), flow)
      await portals.ask(await portals.person('Ben'), flow)
      const page = await portals.openAs(portals.me, `/admin/requests?q=${flow.name}`)
      await page.getByRole('checkbox', { name: 'Select all on this page' }).check()
      await page
        .getByRole('region', { name: 'Selected requests' })
        .getByRole('button', { name: 'Grant Access' })
        .click()
      await seen(page, 'Grant access for 2 requests?')

      made(await portals.admin.post(`/access-requests/${taken.id}/deny`, { reason: 'Faster.' }))
      await queueOn(page).dialog().getByRole('button', { name: 'Grant Access' }).click()
      await seen(page, /^1 approved, 1 not done/)

      return page
    },
  },
  {
    name: 'the progress of a decision for many',
    async open() {
      const flow = await portals.flow('Fleet')
      await portals.ask(await portals.person('Ada'), flow)
      const page = await portals.openAs(portals.me, `/admin/requests?q=${flow.name}`)
      await page.route('**/access-requests/bulk', () => undefined)
      await page.getByRole('checkbox', { name: 'Select all on this page' }).check()
      await page
        .getByRole('region', { name: 'Selected requests' })
        .getByRole('button', { name: 'Grant Access' })
        .click()

      await queueOn(page).dialog().getByRole('button', { name: 'Grant Access' }).click()
      await seen(page, '0 of 1 decided …')

      return page
    },
  },
  {
    name: 'the results of revoking',
    async open() {
      const timed = { approvalType: 'automatic', approvers: [], durations: ['P5D'] }
      const person = await portals.person('Ada')
      for (const word of ['Lift', 'Gate'])
        await portals.ask(person, await portals.flow(word, timed), { requestedDuration: 'P5D' })
      const page = await portals.openAs(portals.me, `/admin/access?q=${person.name}`)

      await page.getByRole('checkbox', { name: 'Select all on this page' }).check()
      await page.getByRole('region', { name: 'Selected access' }).getByRole('button', { name: 'Revoke' }).click()
      await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click()
      await seen(page, /^2 of 2 revoked/)

      return page
    },
  },
  {
    name: 'a token, shown once',
    async open() {
      const page = await portals.openAs(portals.me, '/admin/api-tokens')
      await page.getByRole('button', { name: 'Create token' }).first().click()
      await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill(portals.unique('Export'))

      await page.getByRole('dialog').getByRole('button', { name: 'Create token' }).click()
      await seen(page, 'Copy it now: you will not see it again.')

      return page
    },
  },
  {
    name: 'a mail that was refused',
    async open() {
      const person = await portals.person('Ada')
      portals.refuseMailTo(person)
      await portals.ask(person, await portals.flow('Vault'))
      await expect.poll(async () => made(await portals.admin.get('/mails?state=refused')).items).not.toEqual([])

      const page = await portals.openAs(portals.me, `/admin/mails?q=${person.name}`)
      await seen(page, /refused on purpose/)

      return page
    },
  },
  {
    name: 'the navigation of a phone',
    async open() {
      const page = await portals.openAs(portals.me, '/portal/applications', { width: 390, height: 844 })

      await page.getByRole('button', { name: 'Open navigation' }).click()
      await expect(page.getByRole('dialog').getByRole('navigation')).toBeVisible()

      return page
    },
  },
  {
    name: 'a dialog that is asked whether to throw away what was typed',
    async open() {
      const page = await portals.openAs(shown.newcomer, `/portal/catalog/${shown.askable.id}`)
      await page.getByRole('dialog').getByLabel('Reason').fill('Because.')

      await page.keyboard.press('Escape')
      await seen(page, 'Press Esc again to discard what you entered.')

      return page
    },
  },
]

test.each(moments)('$name: no finding in light or dark, and no sideways scrolling at 390 px', async ({ open }) => {
  const page = await open()

  expect(await inEveryLook(page)).toEqual(faultless)
})
