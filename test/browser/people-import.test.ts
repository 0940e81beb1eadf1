/** User Management > Users > Import: a file of people is looked at line by line, and taken as a whole. */
import { readFileSync } from 'node:fs'
import { describe, test } from 'vitest'
import { faultless, inEveryLook } from './support/axe.ts'
import { expect, usePortals } from './support/portals.ts'

const portals = usePortals()

const aFile = (text: string, name = 'people.csv') => ({
  name,
  mimeType: 'text/csv',
  buffer: Buffer.from(text, 'latin1'),
})

describe('a file of people', () => {
  test('shows what would come of each line, is mended, and then imported', async () => {
    const there = await portals.person('Ada', { department: 'Sales' })
    const [boss, report] = [portals.unique('boss'), portals.unique('report')].map(
      (name) => `${name.toLowerCase().replaceAll(' ', '.')}@example.com`,
    )
    const lines = [
      'Name;Email;Manager email;Department',
      `Rüdiger Neu;${report};${boss};Vertrieb`,
      `;${there.email};;Einkauf`,
    ]
    const page = await portals.openAs(portals.me, '/admin/users')

    await page.getByRole('link', { name: 'Import' }).click()
    await page.locator('input[type=file]').setInputFiles(aFile(lines.join('\r\n')))
    const table = page.getByRole('table', { name: 'Lines of the file' })
    await expect(page.getByText('people.csv: 0 to create, 1 to change, 0 as they are, 1 refused')).toBeVisible()
    await expect(table).toContainText('Manager’s email: is not a user')
    await expect(page.getByRole('button', { name: /^Import \d/ })).toHaveCount(0)

    await page.locator('input[type=file]').setInputFiles(aFile([...lines, `The Boss;${boss};;`].join('\r\n')))
    await expect(page.getByText('2 to create, 1 to change')).toBeVisible()
    await expect(table.getByRole('row').filter({ hasText: there.name })).toContainText('Department: Sales → Einkauf')
    await expect(table.getByRole('row').filter({ hasText: 'Rüdiger Neu' })).toContainText('Manager: The Boss')
    await page.getByRole('button', { name: 'Import 3 people' }).click()
    await expect(page.getByText('2 created, 1 changed')).toBeVisible()

    await page.goto(`/admin/users?q=${report}`)
    await expect(page.getByRole('table', { name: 'Users' })).toContainText('The Boss')
  })

  test('of another program is told so, in German as well', async () => {
    const page = await portals.openAs(portals.me, '/admin/users/import', { locale: 'de-DE' })

    await page.locator('input[type=file]').setInputFiles(aFile('PK\u0003\u0004 workbook', 'people.xlsx'))

    await expect(page.getByRole('alert')).toContainText('keine CSV-Datei, sondern eine Excel- oder OpenDocument-Mappe')
    await page.locator('input[type=file]').setInputFiles(aFile('Email,Gehalt\na@x.test,1'))
    await expect(page.getByRole('alert')).toContainText('unbekannte Spalten: “Gehalt”')
  })

  test('is looked at in every look', async () => {
    const page = await portals.openAs(portals.me, '/admin/users/import')
    await page.locator('input[type=file]').setInputFiles(aFile('Email,Name\na@x.test,Ada\nnobody,Eve'))
    await expect(page.getByRole('table', { name: 'Lines of the file' })).toBeVisible()

    expect(await inEveryLook(page)).toEqual(faultless)
  })

  test('begins with the template', async () => {
    const page = await portals.openAs(portals.me, '/admin/users/import')
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download a template' }).click(),
    ])

    expect(readFileSync(await download.path(), 'utf8')).toContain('Name,Email,Manager’s email,Department')
  })
})
