/** Both portals: where one is signed in. */
import type { Page } from '@playwright/test'
import { describe, test } from 'vitest'
import { expect, usePortals } from './support/portals.ts'

const portals = usePortals()
const rows = (page: Page) => page.getByRole('table', { name: 'Sessions' }).getByRole('row')

test('changing the password ends the other sessions; a wrong one is said at its field', async () => {
  const person = await portals.person('Cleo')
  const other = await portals.as(person)
  const page = await portals.openAs(person, '/portal/sessions')
  const current = page.getByLabel('Current password')
  const next = page.getByLabel('New password')
  const change = page.getByRole('button', { name: 'Change password' })

  await change.click()
  await expect(current).toBeFocused()
  await expect(page.getByText('Fill this in')).toHaveCount(2)
  await current.fill('not the password')
  await next.fill('short')
  await change.click()
  await expect(page.getByText('Must be at least 10 characters long')).toBeVisible()
  await next.fill('quite another password')
  await change.click()
  await expect(page.getByText('Is wrong')).toBeVisible()
  await expect(current).toBeFocused()
  await current.fill(portals.password)
  await change.click()
  await expect(page.getByText(/^Your password is changed\./)).toBeVisible()

  await expect(rows(page)).toHaveCount(2)
  await expect(current).toHaveValue('')
  expect((await other.get('/me')).status).toBe(401)
})

describe('one’s own sessions', () => {
  test('the account menu leads to them in both portals, and this one is marked', async () => {
    for (const path of ['/portal/applications', '/admin/users']) {
      const page = await portals.openAs(portals.me, path)
      await page.getByRole('button', { name: /^Account of/ }).click()
      await page.getByRole('menuitem', { name: 'Sessions and password' }).click()

      const own = rows(page).filter({ hasText: 'This session' })
      await expect(own).toHaveCount(1)
      await expect(own).toContainText('Chrome on Linux')
      await expect(own.getByRole('button')).toHaveCount(0)
    }
  })

  test('one is ended after a question, and is signed out', async () => {
    const person = await portals.person('Ada')
    const other = await portals.as(person)
    const page = await portals.openAs(person, '/portal/sessions')
    const others = rows(page).filter({ has: page.getByRole('button') })
    await expect(others).not.toHaveCount(0)
    const count = await others.count()

    await others.first().getByRole('button').click()
    expect((await other.get('/me')).status).toBe(200)
    await page.getByRole('dialog').getByRole('button', { name: 'End' }).click()
    await expect(page.getByText(/^The session of .+ has ended\.$/)).toBeVisible()

    await expect(others).toHaveCount(count - 1)
    expect((await other.get('/me')).status).toBe(401)
  })

  test('all others are ended at once', async () => {
    const person = await portals.person('Ben')
    const other = await portals.as(person)
    const page = await portals.openAs(person, '/portal/sessions')

    await page.getByRole('button', { name: 'Sign out everywhere else' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Sign out everywhere else' }).click()
    await expect(page.getByText('You are signed out everywhere else.')).toBeVisible()

    await expect(rows(page).filter({ hasText: 'This session' })).toHaveCount(1)
    await expect(page.getByRole('button', { name: 'Sign out everywhere else' })).toHaveCount(0)
    await expect(page.getByText(/^You are signed in nowhere else/)).toBeVisible()
    expect((await other.get('/me')).status).toBe(401)
  })
})
