/** Addresses that somebody mistyped, cut off or kept for too long still open their page. */
import { beforeAll, describe, test } from 'vitest'
import { expect, usePortals } from './support/portals.ts'

const portals = usePortals()

beforeAll(async () => {
  await portals.ask(await portals.person('Ada'), await portals.flow('Vault'))
}, 60_000)

const lists = [
  { name: 'the queue', path: '/admin/requests' },
  { name: 'DI Events', path: '/admin/events' },
]
const days = ['from=abc', 'from=20266-01-01', 'from=2026-99-99', 'to=99999-01-01', 'from=2026-02-30&to=x']

describe('a day that is none', () => {
  test.each(lists.flatMap((list) => days.map((day) => ({ ...list, day }))))(
    '$name with ?$day shows its list, and the days are left out',
    async ({ path, day }) => {
      const page = await portals.openAs(portals.me, `${path}?${day}`)

      await expect(page.locator('[data-row]').first()).toBeVisible()
      await expect(page.getByRole('button', { name: /^Remove (From|Until)/ })).toHaveCount(0)
      await expect(page.getByRole('alert')).toHaveCount(0)
    },
  )

  test('one typed into the filter with a digit too many is said to be none, and the queue stays', async () => {
    const page = await portals.openAs(portals.me, '/admin/requests')
    await page.getByRole('button', { name: /^Filter/ }).click()
    const filter = page.getByRole('dialog', { name: 'Filter' })

    await filter.getByLabel('From', { exact: true }).fill('20266-01-01')
    await filter.getByRole('button', { name: 'Apply' }).click()

    await expect(filter.or(page.locator('[data-row]').first()).first()).toBeVisible()
    await expect(page.getByRole('heading', { level: 1, name: 'Requests Queue' })).toBeVisible()
    await page.reload()
    await expect(page.locator('[data-row]').first()).toBeVisible()
  })
})

describe('a page that is none', () => {
  test.each([
    ...lists,
    { name: 'Users', path: '/admin/users' },
    { name: 'Approval Flows', path: '/admin/flows' },
    { name: 'User Groups', path: '/admin/groups' },
  ])('$name with a made-up cursor shows its first page, or the way to it', async ({ path }) => {
    const page = await portals.openAs(portals.me, `${path}?cursor=made-up`)
    const rows = page.locator('[data-row]')
    const retry = page.getByRole('button', { name: 'Try again' })

    await expect(rows.first().or(retry)).toBeVisible()
    if (await retry.isVisible()) await retry.click()

    await expect(rows.first()).toBeVisible()
    await expect(page).not.toHaveURL(/cursor=/)
  })
})
