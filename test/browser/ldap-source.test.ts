/** Administration > People sources: a directory server is set up and looked at. */
import { test } from 'vitest'
import { entry, peopleBase, reader, startSlapd } from '../support/slapd.ts'
import { faultless, inEveryLook } from './support/axe.ts'
import { expect, usePortals } from './support/portals.ts'

const portals = usePortals()

test('a directory server is connected, looked at, and read', async () => {
  const ada = { objectClass: 'inetOrgPerson', cn: 'Ada Slapd', sn: 'Ada', mail: 'ada@slapd.test' }
  const server = await startSlapd(entry(`uid=ada,${peopleBase}`, ada))
  const page = await portals.openAs(portals.me, '/admin/people-sources')

  await page.getByRole('button', { name: 'Connect a directory server' }).click()
  await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('Company LDAP')
  await page.getByRole('dialog').getByRole('button', { name: 'Connect a directory server' }).click()
  await page.getByLabel('Kind of server').selectOption('openldap')
  await page.getByLabel('Address').fill(server.url)
  await page.getByLabel('Signs in as').fill(reader.dn)
  await page.getByRole('textbox', { name: 'Password' }).fill(reader.password)
  await page.getByLabel('People are below').fill(peopleBase)
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('button', { name: 'See what would change' }).click()
  await expect(page.getByText('+ Ada Slapd (ada@slapd.test)')).toBeVisible()
  await page.getByRole('button', { name: 'Read everything now' }).click()
  await expect(page.getByText('1 entries read: 1 people created').nth(1)).toBeVisible()
  expect(await inEveryLook(page)).toEqual(faultless)
  await server.stop()
}, 90_000)
