/** Where four eyes are required: one administrator wants a change, another one confirms it. */
import { test } from 'vitest'
import { expect, usePortals } from './support/portals.ts'

const portals = usePortals({ fourEyes: 'require' })

test('making an administrator waits, is shown to the others, and is done once one of them confirms it', async () => {
  const second = await portals.person('Ada', { roles: ['admin'] })
  await portals.letAccountsGrowOld()
  const person = await portals.person('Cleo')
  const founder = await portals.openAs(portals.me, `/admin/users/${person.id}`)

  await founder.getByRole('button', { name: 'Make administrator' }).click()
  await founder.getByRole('dialog').getByRole('button', { name: 'Make administrator' }).click()
  await expect(founder.getByText('This waits until another administrator confirms it.')).toBeVisible()
  expect((await portals.admin.get(`/users/${person.id}`)).body.roles).toEqual([])

  await founder.goto('/admin/users')
  await founder.getByRole('link', { name: 'View', exact: true }).click()
  await expect(founder.getByRole('button', { name: /^Reject/ })).toBeVisible()
  await expect(founder.getByRole('button', { name: /^Confirm/ })).toHaveCount(0)

  const page = await portals.openAs(second, '/admin/changes', { width: 390 })
  await page.getByRole('button', { name: `Confirm: Make ${person.name} an administrator` }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Confirm' }).click()
  await expect(page.getByText(`Done: the change for ${person.name} is confirmed.`)).toBeVisible()
  await expect(page.getByText('Nothing waits')).toBeVisible()
  expect((await portals.admin.get(`/users/${person.id}`)).body.roles).toEqual(['admin'])
  const mails = await portals.mailsTo(second)
  expect(mails.map(({ subject }) => subject)).toContain(`A change waits for a second administrator: ${person.name}`)
})
