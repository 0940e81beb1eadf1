/** Both portals: how people come to a password of their own, and what administrators see and end of their credentials. */
import type { Page } from '@playwright/test'
import { describe, test } from 'vitest'
import { eventually } from '../support/service.ts'
import { made } from './support/company.ts'
import { expect, usePortals } from './support/portals.ts'

const portals = usePortals()
const next = 'four wet pine trees'

const addressOf = (name: string) => `${name.replaceAll(' ', '.').toLowerCase()}@example.test`

/** Where the newest mail with a link leads, once it has arrived. */
async function linkTo(email: string, subject: RegExp): Promise<string> {
  const mail = await eventually(async () =>
    (await portals.mailsTo({ email })).filter((each) => subject.test(each.subject)).at(-1),
  )
  return /http\S+\/set-password#[\w-]+/.exec(mail.text)?.[0] ?? ''
}

async function setPassword(page: Page, chosen = next): Promise<void> {
  await page.getByLabel('New password').fill(chosen)
  await page.getByRole('button', { name: 'Set password' }).click()
}

async function signIn(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

test('an invitation by mail lets a new person set their password and sign in', async () => {
  const name = portals.unique('Nele')
  const email = addressOf(name)
  const users = await portals.openAs(portals.me, '/admin/users')
  await users.getByRole('button', { name: 'Create user' }).first().click()
  const dialog = users.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Name' }).fill(name)
  await dialog.getByRole('textbox', { name: 'Email' }).fill(email)
  await expect(dialog.getByRole('checkbox', { name: 'Send an invitation' })).toBeChecked()
  await dialog.getByRole('button', { name: 'Create user' }).click()
  await expect(users.getByText(`${name} was created. An invitation is on its way to ${email}.`)).toBeVisible()

  const page = await portals.openAsStranger(await linkTo(email, /^Your account at Gatehouse/))
  await expect(page.getByRole('heading', { name: 'Set your password' })).toBeVisible()
  // The token is taken out of the address, and nothing here says whose it is.
  await expect(page).toHaveURL(/\/set-password$/)
  await expect(page.getByText(name)).toHaveCount(0)
  await setPassword(page, 'qwertyuiop')
  await expect(page.getByText(/^Is too easy to guess/)).toBeVisible()
  await setPassword(page)

  await expect(page.getByText(/^Your password is set/)).toBeVisible()
  await signIn(page, email, next)
  await expect(page.getByRole('heading', { level: 1, name: 'Applications' })).toBeVisible()
})

describe('a forgotten password', () => {
  test('is set anew by a mail, and the link works once', async () => {
    const person = await portals.person('Fern')
    const page = await portals.openAsStranger('/sign-in')
    await page.getByRole('link', { name: 'Forgot your password?' }).click()
    await expect(page.getByRole('heading', { name: 'Forgot your password?' })).toBeVisible()
    await expect(page.getByLabel('Email')).toBeFocused()
    await page.getByLabel('Email').fill(person.email)
    await page.getByRole('button', { name: 'Send the link' }).click()
    await expect(page.getByText(/a mail with a link is on its way/)).toBeVisible()
    const link = await linkTo(person.email, /^Set a new password/)

    await page.goto(link)
    await setPassword(page)
    await expect(page.getByText(/^Your password is set/)).toBeVisible()
    await signIn(page, person.email, next)
    await expect(page.getByRole('heading', { level: 1, name: 'Applications' })).toBeVisible()

    const again = await portals.openAsStranger(link)
    await setPassword(again, 'yet another four words')
    await expect(again.getByRole('alert')).toContainText('This link is of no use')
    await again.getByRole('link', { name: 'Ask for another link' }).click()
    await expect(again.getByRole('heading', { name: 'Forgot your password?' })).toBeVisible()
  })

  test('is answered alike for an address that nobody has', async () => {
    const page = await portals.openAsStranger('/forgot-password')

    await page.getByLabel('Email').fill('nobody.at.all@example.test')
    await page.getByRole('button', { name: 'Send the link' }).click()

    await expect(page.getByText(/^If somebody signs in as nobody.at.all@example.test/)).toBeVisible()
    expect(await portals.mailsTo({ email: 'nobody.at.all@example.test' })).toEqual([])
  })

  test('page without a link says so', async () => {
    const page = await portals.openAsStranger('/set-password')

    await setPassword(page)

    await expect(page.getByRole('alert')).toContainText('This link is of no use')
  })
})

test('a first password that an administrator chose leads to one page only, until it is changed', async () => {
  const person = await portals.person('Mona', { mustChangePassword: true })
  const page = await portals.openAsStranger('/portal/requests')
  await signIn(page, person.email, portals.password)
  const heading = page.getByRole('heading', { level: 1 })
  await expect(heading).toHaveText('Choose a new password')

  for (const path of ['/portal/catalog', '/admin/users', '/']) {
    await page.goto(path)
    await expect(heading).toHaveText('Choose a new password')
  }
  await page.goto('/portal/requests')
  await page.getByLabel('The password you were given').fill('not the one')
  await page.getByLabel('New password').fill(next)
  await page.getByRole('button', { name: 'Change password' }).click()
  await expect(page.getByText('Is wrong')).toBeVisible()
  await page.getByLabel('The password you were given').fill(portals.password)
  await page.getByRole('button', { name: 'Change password' }).click()

  await expect(heading).toHaveText('My requests')
  await page.goto('/new-password')
  await expect(heading).toHaveText('Applications')
})

test('who must change their password can sign out instead', async () => {
  const person = await portals.person('Mia', { mustChangePassword: true })
  const page = await portals.openAs(person, '/portal/requests')

  await page.getByRole('button', { name: 'Sign out' }).click()

  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sign in')
})

describe('the credentials of a user', () => {
  test('are listed for administrators, who end one or all', async () => {
    const person = await portals.person('Cora')
    const client = await portals.as(person)
    made(await client.post('/api-tokens', { name: 'Nightly export' }))
    const page = await portals.openAs(portals.me, `/admin/users/${person.id}`)

    await page.getByRole('tab', { name: 'Credentials' }).click()
    await expect(page.getByText('One that only they know.')).toBeVisible()
    await page.getByRole('button', { name: 'Revoke the token Nightly export' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'End' }).click()
    await expect(page.getByText(`“Nightly export” of ${person.name} has ended.`)).toBeVisible()
    await expect(page.getByText('No API tokens.')).toBeVisible()
    expect((await client.get('/me')).status).toBe(200)

    await page.getByRole('button', { name: 'End all' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'End all' }).click()
    await expect(page.getByText('Signed in nowhere.')).toBeVisible()
    expect((await client.get('/me')).status).toBe(401)
  })

  test('are set anew by the person: an administrator only sends the link', async () => {
    const person = await portals.person('Dora')
    const page = await portals.openAs(portals.me, `/admin/users/${person.id}?tab=credentials`)

    await page.getByRole('button', { name: 'Send password reset' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Send password reset' }).click()
    await expect(page.getByText(`The mail to ${person.email} is on its way.`)).toBeVisible()

    const stranger = await portals.openAsStranger(await linkTo(person.email, /^Set a new password/))
    await setPassword(stranger)
    await expect(stranger.getByText(/^Your password is set/)).toBeVisible()
  })
})
