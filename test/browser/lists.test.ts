/** Lists stay calm and in reach: nothing moves or can be pressed by mistake, and what is not found is told. */
import { beforeAll, test } from 'vitest'
import { hold } from './support/hold.ts'
import { expect, usePortals } from './support/portals.ts'
import { queueOn } from './support/queue.ts'

const portals = usePortals()
let approver: Awaited<ReturnType<typeof portals.person>>

beforeAll(async () => {
  approver = await portals.person('Ada')
})

const every = 'status=any&approvalType=any'

test('a request that comes to lack data moves nothing below its announcement, which leads to it', async () => {
  const owner = await portals.person('Owner')
  const flow = await portals.flow('Vault', { approvers: [{ kind: 'resource_owner', userId: owner.id }] })
  const request = await portals.ask(await portals.person('Zoe'), flow)
  const page = await portals.openAs(portals.me, '/admin/requests?queue=others')
  const queue = queueOn(page)
  const banner = page.locator('[data-banner="missing-data"]')
  await expect(queue.row(request)).toBeVisible()
  const before = await queue.table.boundingBox()

  await portals.admin.patch(`/users/${owner.id}`, { state: 'suspended' })

  await expect(banner).toContainText('1 request has missing data')
  expect(await queue.table.boundingBox()).toEqual(before)
  await banner.getByRole('button', { name: /View$/ }).click()
  await expect(queue.row(request).getByText('Missing Data')).toBeVisible()
  const viewed = await queue.table.boundingBox()
  await portals.admin.patch(`/users/${owner.id}`, { state: 'activated' })
  await expect(page.getByText('No request has missing data any more.')).toBeVisible()
  expect(await queue.table.boundingBox()).toEqual(viewed)
})

test('while another tab is read, the rows of the last one are gone', async () => {
  const request = await portals.ask(await portals.person('Zoe'), await portals.flow('Archive'))
  const page = await portals.openAs(portals.me, '/admin/requests')
  const queue = queueOn(page)
  await expect(queue.row(request)).toBeVisible()
  const reading = await hold(page, '/access-requests?*', { method: 'GET' })

  await queue.tab('Others').click()

  await expect(queue.rows()).toHaveCount(0)
  await reading.release()
  await expect(
    page
      .getByText(/hidden by filters|No requests here/)
      .or(queue.rows().first())
      .first(),
  ).toBeVisible()
})

test('while another page is read, nothing can be done with the rows of the last one', async () => {
  const flow = await portals.flow('Archive')
  const request = await portals.ask(await portals.person('Zoe'), flow)
  const page = await portals.openAs(portals.me, `/admin/requests?q=${request.id}`)
  const queue = queueOn(page)
  await expect(queue.row(request)).toBeVisible()
  const reading = await hold(page, '/access-requests?*', { method: 'GET' })

  await page.getByRole('columnheader', { name: 'Requester' }).getByRole('button').click()

  await expect(queue.table.locator('tbody')).toHaveAttribute('inert')
  await expect(queue.row(request)).toBeVisible()
  await reading.release()
  await expect(queue.table.locator('tbody')).not.toHaveAttribute('inert')
})

test('the filter leads back to the default filters', async () => {
  const page = await portals.openAs(portals.me, `/admin/requests?${every}`)
  const queue = queueOn(page)
  await queue.openFilter()

  await queue.filter().getByRole('button', { name: 'Default filters' }).click()

  await expect(queue.chips()).toHaveText(['Manual', 'Pending'])
  await queue.openFilter()
  await expect(queue.filter().getByRole('button', { name: 'Apply' })).toBeVisible()
  await expect(queue.filter().getByRole('button', { name: 'Default filters' })).toHaveCount(0)
})

test('the next page is read from its beginning', async () => {
  for (let count = 0; count < 25; count += 1) await portals.group()
  const page = await portals.openAs(portals.me, '/admin/groups', { height: 500 })
  await expect(page.locator('[data-row]')).toHaveCount(20)

  await page.getByRole('button', { name: 'Next' }).click()

  await expect(page).toHaveURL(/cursor=/)
  await expect(page.locator('[data-row]').first()).toBeInViewport()
  await expect(page.getByRole('table')).toBeFocused()
})

test('a search that finds nothing is told', async () => {
  const page = await portals.openAs(approver, '/portal/catalog')
  await page.getByRole('searchbox').fill('nothing of that name')

  await expect(page.getByRole('status').filter({ hasText: 'Nothing found' })).toBeVisible()
})

test('a long reason leaves the buttons near, and is shown in full on demand', async () => {
  const flow = await portals.flow('Lab', { approvers: [{ kind: 'user', userId: approver.id }] })
  const request = await portals.ask(await portals.person('Zoe'), flow, { reason: 'A long story. '.repeat(200) })
  const page = await portals.openAs(approver, `/portal/approvals/${request.id}`)

  await expect(page.getByRole('button', { name: /^Approve/ })).toBeInViewport()
  await page.getByRole('button', { name: 'Show all' }).click()

  await expect(page.getByRole('button', { name: 'Show less' })).toHaveAttribute('aria-expanded', 'true')
  await expect(page.getByRole('button', { name: /^Approve/ })).not.toBeInViewport()
})

test('an overridden request counts no approvals, and administrators are marked among the users', async () => {
  const flow = await portals.flow('Board', { approvers: [{ kind: 'user', userId: approver.id }] })
  const request = await portals.ask(await portals.person('Zoe'), flow)
  await portals.admin.post(`/access-requests/${request.id}/grant`)

  const page = await portals.openAs(portals.me, `/admin/requests?${every}&queue=others&q=${request.id}`)
  await expect(queueOn(page).row(request).getByText('Overridden')).toBeVisible()
  await page.goto('/admin/users?q=admin@')
  await expect(page.locator(`[data-row="${portals.me.id}"]`).getByText('Administrator').last()).toBeVisible()
})
