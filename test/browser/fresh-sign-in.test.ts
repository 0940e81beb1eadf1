/** Acts that ask for a password given a moment ago: the portal asks, and what was begun goes on. */
import { test } from 'vitest'
import { signIn } from '../support/service.ts'
import { expect, usePortals } from './support/portals.ts'

const portals = usePortals()
const adminPassword = signIn.password

test('what was begun goes on once the password is given; a wrong one is said at its field', async () => {
  const person = await portals.person('Cleo')
  const page = await portals.openAs(portals.me, `/admin/users/${person.id}`)
  await portals.letSignInsGrowOld()

  await page.getByRole('button', { name: 'Make administrator' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Make administrator' }).click()
  const asked = page.getByRole('dialog', { name: 'Is it still you?' })
  const password = asked.getByRole('textbox', { name: 'Password' })
  await expect(password).toBeFocused()
  await password.fill('not the password')
  await asked.getByRole('button', { name: 'Go on' }).click()
  await expect(asked.getByText('Is wrong')).toBeVisible()
  await password.fill(adminPassword)
  await asked.getByRole('button', { name: 'Go on' }).click()

  await expect(page.getByRole('dialog')).toHaveCount(0)
  expect((await portals.admin.get(`/users/${person.id}`)).body.roles).toEqual(['admin'])
})

test('whoever gives no password has changed nothing, and what was typed is still there', async () => {
  const page = await portals.openAs(portals.me, '/portal/api-tokens')
  await portals.letSignInsGrowOld()
  await page.getByRole('button', { name: /token/i }).first().click()
  const dialog = page.getByRole('dialog').first()
  await dialog.getByLabel('Name').fill('Nightly script')
  await dialog.getByRole('button', { name: /Create|Make/ }).click()
  await page.getByRole('dialog', { name: 'Is it still you?' }).getByRole('button', { name: 'Cancel' }).click()

  await expect(page.getByRole('dialog', { name: 'Is it still you?' })).toHaveCount(0)
  await expect(dialog.getByText('Give your password once more')).toBeVisible()
  await expect(dialog.getByLabel('Name')).toHaveValue('Nightly script')
  expect((await portals.admin.get('/api-tokens')).body.items).toEqual([])
})

test('the export of DI events asks before it is downloaded', async () => {
  const page = await portals.openAs(portals.me, '/admin/events')
  await portals.letSignInsGrowOld()

  await page.getByRole('button', { name: 'Export' }).click()
  await page.getByRole('menuitem', { name: 'CSV' }).click()
  const asked = page.getByRole('dialog', { name: 'Is it still you?' })
  await asked.getByRole('textbox', { name: 'Password' }).fill(adminPassword)
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    asked.getByRole('button', { name: 'Go on' }).click(),
  ])

  expect(download.suggestedFilename()).toMatch(/^directory-insights-events-\d{4}-\d\d-\d\d\.csv$/)
})

test('a flow is marked to ask for the password before a decision', async () => {
  const flow = await portals.flow('Vault')
  const page = await portals.openAs(portals.me, `/admin/flows/${flow.id}`)

  await page.getByLabel('Ask for the password before a decision').check()
  await page.getByRole('button', { name: /Save/ }).first().click()

  await expect.poll(async () => (await portals.admin.get(`/approval-flows/${flow.id}`)).body.freshSignIn).toBe(true)
})
