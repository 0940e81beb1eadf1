/** Whose portal it is: one browser has one session for all its tabs, and nothing is done or shown under another name. */
import type { Page } from '@playwright/test'
import { describe, test } from 'vitest'
import { made, type Person } from './support/company.ts'
import { hold } from './support/hold.ts'
import { expect, usePortals } from './support/portals.ts'
import { queueOn } from './support/queue.ts'

const portals = usePortals()

const account = (page: Page, { name }: Person) => page.getByRole('button', { name: `Account of ${name}` })

async function fillIn(page: Page, { email }: Person): Promise<void> {
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(portals.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

/** Signs `before` out and `after` in, in another tab. */
async function changeTo(page: Page, before: Person, after: Person): Promise<Page> {
  const tab = await portals.openBeside(page, '/portal/applications')
  await account(tab, before).click()
  await tab.getByRole('menuitem', { name: 'Sign out' }).click()
  await fillIn(tab, after)
  await expect(account(tab, after)).toBeVisible()
  return tab
}

/** As another application at the same host would do it: no tab hears of it. */
async function changeSilentlyTo(page: Page, { email }: Person): Promise<void> {
  const answer = await page.context().request.post('/api/v1/session', { data: { email, password: portals.password } })
  expect(answer.status()).toBe(200)
}

const requestsOf = async (person: Person) => made(await (await portals.as(person)).get('/me/requests')).items

describe('somebody else signs in, in another tab of the same browser', () => {
  test.each(['seen by the other tab', 'unseen'])(
    'a request that is being written is not sent in their name (%s)',
    async (how) => {
      const [emma, helena] = [await portals.person('Emma'), await portals.person('Helena')]
      const flow = await portals.flow('Vault')
      const page = await portals.openAs(emma, `/portal/catalog/${flow.id}`)
      await page.getByRole('dialog').getByLabel('Reason').fill('For the audit.')

      if (how === 'unseen') {
        await changeSilentlyTo(page, helena)
        await page.getByRole('dialog').getByRole('button', { name: 'Send request' }).click()
      } else await changeTo(page, emma, helena)

      await expect(account(page, helena)).toBeVisible()
      await expect(account(page, emma)).toHaveCount(0)
      expect([await requestsOf(emma), await requestsOf(helena)]).toEqual([[], []])
    },
  )

  test('a decision that is being made is not made in their name', async () => {
    const [admin, other] = [
      await portals.person('Addi', { roles: ['admin'] }),
      await portals.person('Bea', { roles: ['admin'] }),
    ]
    const request = await portals.ask(await portals.person('Ada'), await portals.flow('Vault'))
    const page = await portals.openAs(admin, `/admin/requests?q=${request.id}`)
    await queueOn(page).choose(request, 'Grant Access')

    // Whatever the page asks would tell it of the other one, and take the dialog away before it is used.
    const questions = await hold(page, '/**', { method: 'GET' })
    await changeSilentlyTo(page, other)
    await queueOn(page).dialog().getByRole('button', { name: 'Grant Access' }).click()
    await questions.release()

    await expect(account(page, other)).toBeVisible()
    expect(await portals.request(request.id)).toMatchObject({ status: 'pending', version: request.version })
  })

  test.each(['seen by the other tab', 'unseen'])(
    'what is theirs is not shown under the first name (%s)',
    async (how) => {
      const [emma, helena] = [await portals.person('Emma'), await portals.person('Helena')]
      const flow = await portals.flow('Secret')
      await portals.ask(helena, flow)
      const page = await portals.openAs(emma, '/portal/catalog')
      await expect(account(page, emma)).toBeVisible()

      if (how === 'unseen') await changeSilentlyTo(page, helena)
      else await changeTo(page, emma, helena)
      await page.getByRole('link', { name: 'My requests' }).click()

      await expect(page.getByRole('row').filter({ hasText: flow.name })).toBeVisible()
      await expect(account(page, helena)).toBeVisible()
      await expect(account(page, emma)).toHaveCount(0)
    },
  )
})

describe('signing in', () => {
  test('Back after signing in does not show the form again', async () => {
    const person = await portals.person('Ada')
    const page = await portals.openAsStranger('/sign-in')
    await page.goto('/portal/catalog')
    await fillIn(page, person)
    await expect(page.getByRole('heading', { level: 1, name: 'Catalogue' })).toBeVisible()
    await page.getByRole('link', { name: 'Approvals' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Approvals' })).toBeVisible()

    await page.goBack()
    await expect(page.getByRole('heading', { level: 1, name: 'Catalogue' })).toBeVisible()
    await page.goBack()

    await expect(page.getByRole('heading', { level: 1, name: 'Applications' })).toBeVisible()
    await expect(page).toHaveURL(`${portals.base}/portal/applications`)
  })

  test.each([
    { next: '', to: '/portal/applications' },
    { next: '/portal/approvals', to: '/portal/approvals' },
    { next: '/sign-in?next=/sign-in', to: '/portal/applications' },
    { next: 'https://evil.example/', to: '/portal/applications' },
    { next: '//evil.example/portal', to: '/portal/applications' },
  ])('who is signed in already needs no form: with next “$next” they are led to $to', async ({ next, to }) => {
    const person = await portals.person('Ada')

    const page = await portals.openAs(person, `/sign-in${next && `?next=${encodeURIComponent(next)}`}`)

    await expect(account(page, person)).toBeVisible()
    await expect(page).toHaveURL(`${portals.base}${to}`)
  })

  test('a form that names itself as the next page leads on all the same', async () => {
    const page = await portals.openAsStranger(`/sign-in?next=${encodeURIComponent('/sign-in?next=/sign-in')}`)
    const person = await portals.person('Ada')

    await fillIn(page, person)

    await expect(account(page, person)).toBeVisible()
  })
})
