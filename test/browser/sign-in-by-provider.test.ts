/** Signing in by an identity provider as people see it: in, out, once more, and what went wrong on the way. */
import type { Page } from '@playwright/test'
import { describe, test } from 'vitest'
import { faultless, inEveryLook } from './support/axe.ts'
import { cutOn } from './support/cut.ts'
import { expect, usePortals } from './support/portals.ts'

const portals = usePortals({ passwordSignIn: 'administrators' })

/** Somebody with an account here and there. */
async function somebody(more: object = {}) {
  const person = await portals.person('Vera', more)
  portals.provider.people.push({ sub: person.id, name: person.name, email: person.email })
  return person
}

async function choose(page: Page, { name }: { name: string }): Promise<void> {
  await expect(page.getByRole('heading', { name: 'Who are you?' })).toBeVisible()
  await page.getByRole('button', { name: new RegExp(`^${name}`) }).click()
}

async function signInAs(person: { name: string }, path: string): Promise<Page> {
  const page = await portals.openAsStranger(path)
  await page.getByRole('link', { name: 'Sign in with Example Login' }).click()
  await choose(page, person)
  return page
}

test('somebody signs in, gets to where they were going, and signs out of both', async () => {
  const page = await signInAs(await somebody(), '/portal/approvals')

  await expect(page).toHaveURL(`${portals.base}/portal/approvals`)
  await page.getByRole('button', { name: /^Account of|menu/i }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.getByRole('button', { name: 'Sign out' }).click()

  await expect(page).toHaveURL(`${portals.base}/sign-in`)
  await page.getByRole('link', { name: 'Sign in with Example Login' }).click()
  await expect(page.getByRole('heading', { name: 'Who are you?' })).toBeVisible()
})

test('what asks for a fresh sign-in leads to the provider in another tab, and goes on once they are back', async () => {
  const person = await somebody()
  const page = await signInAs(person, '/portal/api-tokens')
  await expect(page).toHaveURL(`${portals.base}/portal/api-tokens`)
  await portals.letSignInsGrowOld()
  await page.getByRole('button', { name: /token/i }).first().click()
  const dialog = page.getByRole('dialog').first()
  await dialog.getByLabel('Name').fill('Nightly script')
  await dialog.getByRole('button', { name: /Create|Make/ }).click()

  const asked = page.getByRole('dialog', { name: 'Is it still you?' })
  await expect(asked.getByRole('textbox')).toHaveCount(0)
  const [tab] = await Promise.all([
    page.context().waitForEvent('page'),
    asked.getByRole('link', { name: 'Sign in at Example Login' }).click(),
  ])
  await choose(tab, person)

  await expect(tab.getByRole('heading', { name: 'It is you' })).toBeVisible()
  await expect(asked).toHaveCount(0)
  await expect(page.getByText('Nightly script').first()).toBeVisible()
})

test('whoever is not let in is told why, and what to do', async () => {
  const person = await somebody({ state: 'suspended' })

  const page = await signInAs(person, '/portal/requests')

  await expect(page.getByText('Your account here is suspended.')).toBeVisible()
  await expect(page.getByRole('link', { name: 'Try again' })).toHaveAttribute('href', /&again=1$/)
  await page.getByRole('link', { name: 'Other ways to sign in' }).click()
  await expect(page).toHaveURL(/\/sign-in\?next=\/portal\/requests$/)
})

describe('the pages', () => {
  test.each([
    ['the sign-in page', '/sign-in', 'Anmelden mit Example Login'],
    ['the page that says what went wrong', '/sign-in-problem?code=clock', 'Noch einmal versuchen'],
    ['the page of whoever has signed in once more', '/signed-in-again', 'Diesen Tab schließen'],
  ])('%s can be read by everybody, on a phone too', async (_, path, text) => {
    const page = await portals.openAsStranger(path, { locale: 'de-DE' })
    await expect(page.getByText(text)).toBeVisible()

    expect(await inEveryLook(page)).toEqual(faultless)
    expect(await cutOn(page)).toEqual([])
  })

  test.each(['/forgot-password', '/set-password#a-token'])(
    '%s says that passwords are off, where they are',
    async (path) => {
      const page = await portals.openAsStranger('/sign-in')
      await page.route('**/api/v1/session/options', async (route) => {
        const options = await (await route.fetch()).json()
        await route.fulfill({ json: { ...options, password: 'off' } })
      })

      await page.goto(portals.base + path)

      await expect(page.getByText('Passwords are switched off here')).toBeVisible()
      await expect(page.getByRole('button')).toHaveCount(0)
      await page.getByRole('link', { name: 'Back to sign-in' }).click()
      await expect(page).toHaveURL(`${portals.base}/sign-in`)
    },
  )

  test('what an address says of a problem is not shown', async () => {
    const page = await portals.openAsStranger('/sign-in-problem?code=<b>evil</b>&next=https://evil.example')

    await expect(page.getByText('Something went wrong on the way. Try again.')).toBeVisible()
    await expect(page.getByRole('link', { name: 'Try again' })).toHaveAttribute('href', '/auth/oidc/start?next=%2F')
    await expect(page.getByText('evil')).toHaveCount(0)
  })

  test('Settings > Sign-in shows what is set, tests it, and copies what is to be registered', async () => {
    const page = await portals.openAs(portals.me, '/admin/settings')
    await page.getByRole('link', { name: 'Sign-in' }).click()
    await expect(page.getByText(portals.provider.issuer, { exact: true }).first()).toBeVisible()

    await page.getByRole('button', { name: 'Test' }).click()

    await expect(page.getByText('All right')).toHaveCount(5)
    await page.getByRole('button', { name: 'Copy: Redirect address (callback)' }).click()
    await expect(page.getByText(`Copied: ${portals.base}/auth/oidc/callback`)).toBeVisible()
    expect(await inEveryLook(page)).toEqual(faultless)
    expect(await cutOn(page)).toEqual([])
  })
})

test('while the provider is away the page says so, and administrators come in with their password', async () => {
  const first = await portals.openAsStranger('/sign-in')
  await first.getByRole('button', { name: 'Administrators: sign in with a password' }).click()
  await expect(first.getByLabel('Email')).toBeVisible()
  await first.route('**/api/v1/session/options', async (route) => {
    const response = await route.fetch()
    const options = (await response.json()) as { provider: object }
    await route.fulfill({ json: { ...options, provider: { ...options.provider, reachable: false } } })
  })

  await first.reload()

  await expect(first.getByText('Example Login does not answer right now.')).toBeVisible()
  await first.getByLabel('Email').fill(portals.me.email)
  await first.getByLabel('Password', { exact: true }).fill('gatehouse-tests')
  await first.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(first).toHaveURL(/\/admin\/requests/)
})
