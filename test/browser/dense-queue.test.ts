/** Admin Portal: what a row of the queue says without being opened, and how its columns and pages are chosen. */
import { test } from 'vitest'
import { faultless, inEveryLook } from './support/axe.ts'
import { made } from './support/company.ts'
import { expect, usePortals } from './support/portals.ts'
import { queueOn } from './support/queue.ts'

const portals = usePortals()

test('a row shows its reason on one line, its steps as dots, whom it waits for since when, and when it expires', async () => {
  const manager = await portals.person('Mo')
  const requester = await portals.person('Ada', { managerId: manager.id })
  const approvers = [{ kind: 'manager' }, { kind: 'user', userId: portals.me.id }]
  const flow = await portals.flow('Lab', { approvers, approvalRequirement: 'sequential' })
  const reason = `Samples for the study. ${'And so on. '.repeat(60)}`
  const request = await portals.ask(requester, flow, { reason })
  const page = await portals.openAs(portals.me, `/admin/requests?queue=others&q=${request.id}`)
  const row = queueOn(page).row(request)

  await expect(row.getByRole('img', { name: "Requester's manager: Awaited" })).toBeVisible()
  await expect(row.getByRole('img', { name: `${portals.me.name}: Not yet its turn` })).toBeVisible()
  await expect(row).toContainText(`Waits for ${manager.name} since now`)
  await expect(row).toContainText('in 30 days')
  const line = row.locator('[data-reason]')
  await expect(line).toContainText('Samples for the study.')
  const words = row.getByText('0 of 2 approvals')
  const heights = await Promise.all([line, words].map(async (each) => (await each.boundingBox())?.height ?? 99))
  expect(Math.max(...heights)).toBeLessThan(30)
})

test('the head of the list stays in sight, and the pager says which rows of how many are shown', async () => {
  const { id: groupId } = await portals.group()
  const word = portals.unique('Row')
  const client = await portals.as(await portals.person('Ada'))
  for (let index = 0; index < 23; index++) {
    const rules = { approvalType: 'manual', approvers: [{ kind: 'administrator' }] }
    const flow = made(await portals.admin.post('/approval-flows', { name: `${word} ${index}`, groupId, ...rules }))
    made(await client.post('/access-requests', { approvalFlowId: flow.id, reason: 'Because.' }))
  }
  const page = await portals.openAs(portals.me, `/admin/requests?q=${word}`)
  const queue = queueOn(page)
  const pager = page.getByRole('navigation', { name: 'Pages' })
  await expect(pager).toContainText('1-20 of 23')

  await page.mouse.wheel(0, 500)
  await expect(queue.table.getByRole('columnheader', { name: 'Requester' })).toBeInViewport()
  await pager.getByRole('button', { name: 'Next' }).click()
  await expect(pager).toContainText('21-23 of 23')
  await pager.getByRole('combobox', { name: 'Rows per page' }).selectOption('50')

  await expect(pager).toContainText('1-23 of 23')
  await expect(queue.rows()).toHaveCount(23)
  await expect(page).toHaveURL(/limit=50/)
})

test('columns and density are chosen per account, and kept in this browser', async () => {
  const request = await portals.ask(await portals.person('Ada'), await portals.flow('Vault'))
  const page = await portals.openAs(portals.me, `/admin/requests?q=${request.id}`)
  const queue = queueOn(page)
  await expect(queue.row(request)).toBeVisible()

  await page.getByRole('button', { name: 'Columns and density' }).click()
  const menu = page.getByRole('dialog', { name: 'Columns and density' })
  await expect(menu).toContainText('Kept for your account in this browser.')
  await menu.getByRole('checkbox', { name: 'Department' }).uncheck()
  await menu.getByRole('switch', { name: 'Compact rows' }).click()
  await expect(queue.table.getByRole('columnheader', { name: 'Department' })).toHaveCount(0)
  await page.reload()

  await expect(queue.row(request)).toBeVisible()
  await expect(queue.table.getByRole('columnheader', { name: 'Department' })).toHaveCount(0)
  await expect(queue.table).toHaveAttribute('data-compact', 'true')
  expect(await inEveryLook(page)).toEqual(faultless)
})
