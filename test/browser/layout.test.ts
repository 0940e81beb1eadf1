/** Words without end, in both languages and at every width: nothing scrolls sideways, nothing is cut off. */
import type { Page } from '@playwright/test'
import { beforeAll, test } from 'vitest'
import { cutOn } from './support/cut.ts'
import { createEndless, type Endless } from './support/endless.ts'
import { expect, usePortals } from './support/portals.ts'

const portals = usePortals()
let endless: Endless

beforeAll(async () => {
  endless = await createEndless(portals)
}, 60_000)

const widths = [320, 390, 800, 1024, 1280]
const languages = ['en-GB', 'de-DE']

type Who = 'administrator' | 'person'

interface Screen {
  name: string
  who: Who
  path: () => string
  /** In the page once it has what it shows. */
  sign: string
}

const rows = '[data-row]'
const every = 'status=any&approvalType=any'

const screens: Screen[] = [
  { name: 'the queue', who: 'administrator', path: () => `/admin/requests?${every}`, sign: rows },
  {
    name: 'the queue, Others, details open',
    who: 'administrator',
    path: () => `/admin/requests?${every}&queue=others&open=${endless.overridden.id}`,
    sign: 'ol [data-state="overridden"]',
  },
  { name: 'a request', who: 'administrator', path: () => `/admin/requests/${endless.granted.id}`, sign: 'ol' },
  { name: 'the Overview', who: 'administrator', path: () => '/admin/overview', sign: rows },
  { name: 'Approval Flows', who: 'administrator', path: () => '/admin/flows', sign: rows },
  { name: 'an approval flow', who: 'administrator', path: () => `/admin/flows/${endless.flowId}`, sign: 'form' },
  { name: 'Active Access', who: 'administrator', path: () => '/admin/access', sign: rows },
  { name: 'Users', who: 'administrator', path: () => '/admin/users', sign: rows },
  { name: 'a user', who: 'administrator', path: () => `/admin/users/${endless.person.id}`, sign: 'form' },
  {
    name: 'the credentials of a user',
    who: 'administrator',
    path: () => `/admin/users/${endless.person.id}?tab=credentials`,
    sign: rows,
  },
  { name: 'User Groups', who: 'administrator', path: () => '/admin/groups', sign: rows },
  { name: 'a user group', who: 'administrator', path: () => `/admin/groups/${endless.groupId}`, sign: rows },
  { name: 'Applications', who: 'administrator', path: () => '/admin/applications', sign: rows },
  { name: 'DI Events', who: 'administrator', path: () => '/admin/events', sign: rows },
  { name: 'the catalogue', who: 'person', path: () => '/portal/catalog', sign: '[data-flow]' },
  { name: 'asking', who: 'person', path: () => `/portal/catalog/${endless.flowId}`, sign: '[role="dialog"] form' },
  { name: 'my requests', who: 'person', path: () => '/portal/requests', sign: rows },
  { name: 'one of my requests', who: 'person', path: () => `/portal/requests/${endless.pending.id}`, sign: 'ol' },
  { name: 'Approvals', who: 'person', path: () => '/portal/approvals', sign: '[data-row]' },
  { name: 'one approval', who: 'person', path: () => `/portal/approvals/${endless.waiting[0]?.id}`, sign: 'ol' },
]

function open(who: Who, path: string, locale: string): Promise<Page> {
  return portals.openAs(who === 'person' ? endless.person : portals.me, path, { locale })
}

async function expectNothingCut(page: Page): Promise<void> {
  for (const width of widths) {
    await page.setViewportSize({ width, height: width < 700 ? 844 : 900 })
    await expect.poll(() => cutOn(page), `at ${width} px`).toEqual([])
  }
}

const cases = languages.flatMap((locale) => screens.map((screen) => ({ ...screen, locale })))

test.each(cases)('$name, $locale: nothing is cut off from 320 to 1280 px', async ({ who, path, sign, locale }) => {
  const page = await open(who, path(), locale)
  await expect(page.locator(sign).first()).toBeVisible()

  await expectNothingCut(page)
})

test('the dialogs of the queue hold long names, and so do the results of many and the messages', async () => {
  const page = await open('administrator', `/admin/requests?queue=others`, 'en-GB')
  const row = page.locator(`[data-row="${endless.waiting[1]?.id}"]`)

  await row.getByRole('button', { name: /^Actions for/ }).click()
  await page.getByRole('menuitem', { name: 'Deny Access' }).click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await expectNothingCut(page)
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
  await row.getByRole('checkbox').check()
  await page.getByRole('region', { name: 'Selected requests' }).getByRole('button', { name: 'Grant Access' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Grant Access' }).click()
  await expect(page.getByText('1 approved')).toBeVisible()
  await expectNothingCut(page)
})

test('at 1280 px the queue is a table in both languages, and below its words it is cards', async () => {
  const company = await portals.flow('Adobe Creative Cloud', {
    approvers: [{ kind: 'user', userId: endless.person.id }],
  })
  const asker = await portals.person('Engelbert', { department: 'Information Technology' })
  await portals.ask(asker, company)

  for (const locale of languages) {
    const page = await open('administrator', '/admin/requests?queue=others&q=Adobe', locale)
    const header = page.getByRole('columnheader', { name: /^(Department|Abteilung)$/ })
    await expect(header).toBeVisible()

    await page.setViewportSize({ width: 1024, height: 900 })

    await expect(header).toBeHidden()
    await page.setViewportSize({ width: 1280, height: 900 })
    await expect(header).toBeVisible()
  }
})
