/** Both portals on a phone of 390 px. */
import { test } from 'vitest'
import { expect, usePortals } from './support/portals.ts'

const portals = usePortals()
const phone = { width: 390, height: 844 }

test('an administrator gets from one portal to the other and back on a phone', async () => {
  const page = await portals.openAs(portals.me, '/admin/requests', phone)
  const account = page.getByRole('button', { name: `Account of ${portals.me.name}` })

  await account.click()
  await page.getByRole('menuitem', { name: 'Go to the User Portal' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Applications' })).toBeVisible()
  await page.getByRole('button', { name: 'Open navigation' }).click()
  await page.getByRole('dialog').getByRole('link', { name: 'Approvals' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Approvals' })).toBeVisible()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await account.click()
  await page.getByRole('menuitem', { name: 'Go to the Admin Portal' }).click()

  await expect(page.getByRole('heading', { level: 1, name: 'Requests Queue' })).toBeVisible()
})

test('a request is decided on a phone, from its row to the answer', async () => {
  const request = await portals.ask(await portals.person('Ada'), await portals.flow('Vault'))
  const page = await portals.openAs(portals.me, `/admin/requests?q=${request.id}`, phone)
  const row = page.locator(`[data-row="${request.id}"]`)

  await row.getByRole('button', { name: /^Actions for/ }).click()
  await page.getByRole('menuitem', { name: 'Grant Access' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Grant Access' }).click()

  await expect(row).toContainText('Approved')
})

test('who is no administrator is not shown the way to the Admin Portal', async () => {
  const person = await portals.person('Ada')
  const page = await portals.openAs(person, '/portal/applications', phone)

  await page.getByRole('button', { name: `Account of ${person.name}` }).click()

  await expect(page.getByRole('menuitem', { name: 'Sign out' })).toBeVisible()
  await expect(page.getByRole('menuitem', { name: 'Go to the Admin Portal' })).toHaveCount(0)
})
