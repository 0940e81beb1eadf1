/** Admin Portal: forms that are edited while others edit the same, and left before they are saved. */
import { test } from 'vitest'
import { made } from './support/company.ts'
import { expect, usePortals } from './support/portals.ts'

const portals = usePortals()

test('saving Employment Information sends what was changed, and shows what others have changed meanwhile', async () => {
  const [person, manager] = [await portals.person('Ada'), await portals.person('Mara')]
  const page = await portals.openAs(portals.me, `/admin/users/${person.id}`)
  await page.getByLabel('Job title').fill('Engineer')
  made(await portals.admin.patch(`/users/${person.id}`, { department: 'Research', managerId: manager.id }))

  await page.getByRole('button', { name: 'Save' }).click()

  await expect(page.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible()
  await expect(page.getByLabel('Department')).toHaveValue('Research')
  expect((await portals.admin.get(`/users/${person.id}`)).body).toMatchObject({
    jobTitle: 'Engineer',
    department: 'Research',
    managerId: manager.id,
  })
})

test('leaving a form with changes asks first', async () => {
  const person = await portals.person('Ada')
  const page = await portals.openAs(portals.me, `/admin/users/${person.id}`)
  await page.getByLabel('Job title').fill('Engineer')

  await page.getByRole('link', { name: 'All users' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('Your changes are not saved.')
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByLabel('Job title')).toHaveValue('Engineer')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible()
  await page.getByRole('link', { name: 'All users' }).click()

  await expect(page).toHaveURL(/\/admin\/users$/)
})
