/** Administration > People sources, and how what comes from one is shown. */
import { test } from 'vitest'
import { createProvider } from '../support/scim.ts'
import { expect, usePortals } from './support/portals.ts'

const portals = usePortals()

test('a system is connected, its token shown once, ended and made anew; deleted, its people stay', async () => {
  const page = await portals.openAs(portals.me, '/admin/people-sources')

  await page.getByRole('button', { name: 'Connect a system by SCIM' }).first().click()
  await page.getByRole('textbox', { name: 'Name' }).fill('Okta')
  await page.getByRole('dialog').getByRole('button', { name: 'Connect a system by SCIM' }).click()
  await page.getByRole('button', { name: 'New token', exact: true }).click()
  const token = await page.getByLabel('Token', { exact: true }).inputValue()
  const address = await page.getByLabel('Base address').inputValue()
  const okta = createProvider(portals.base, token)
  const person = await okta.person({ displayName: 'Ann Lee' })
  await page.getByRole('button', { name: 'I have saved it' }).click()
  await page.reload()
  const card = page.getByRole('region', { name: 'Okta' })

  expect(address).toContain('/scim/v2')
  await expect(card).toContainText('1 person')
  await expect(card).toContainText('with whose credentials it ends')
  await expect(page.getByText(token)).toHaveCount(0)

  await card.getByRole('button', { name: 'End the token Okta' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'End', exact: true }).click()
  await expect(card).toContainText('No token is valid')
  expect((await okta.get('/Users?count=0')).status).toBe(401)

  await card.getByRole('button', { name: 'Delete Okta' }).click()
  await expect(page.getByRole('dialog')).toContainText('stay as they are')
  await page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click()
  await expect(page.getByText('No people sources')).toBeVisible()
  await page.goto(`/admin/users/${person.id}`)
  await expect(page.getByRole('textbox', { name: 'Name' })).toHaveValue('Ann Lee')
})

test('a person and a group that come from a source are shown as managed, to be read; suspending is left', async () => {
  const { body: source } = await portals.admin.post('/people-sources', { name: 'Entra ID', kind: 'scim' })
  const { body: made } = await portals.admin.post('/api-tokens', {
    name: 'Entra',
    scopes: ['scim'],
    sourceId: source.id,
  })
  const entra = createProvider(portals.base, made.token)
  const person = await entra.person({ displayName: 'Bo Kim', title: 'Clerk' })
  const group = await entra.group({ members: [{ value: person.id }] })

  const page = await portals.openAs(portals.me, `/admin/users/${person.id}`)
  await expect(page.getByText('Managed by Entra ID').first()).toBeVisible()
  await expect(page.getByText('Clerk')).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Name' })).toHaveCount(0)
  await page.getByRole('button', { name: 'Suspend' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Suspend' }).click()
  await expect(page.getByText('Suspended', { exact: true })).toBeVisible()

  await page.goto(`/admin/groups/${group.id}`)
  await expect(page.getByText('Direct members are managed by Entra ID')).toBeVisible()
  await expect(page.getByRole('button', { name: /Remove|Delete/ })).toHaveCount(0)
  await page.getByRole('tab', { name: 'Details' }).click()
  await expect(page.getByRole('textbox', { name: 'Name' })).toHaveAttribute('readonly')
})
