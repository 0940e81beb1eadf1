/** The whole life of a request, seen from both portals side by side. */
import { describe, test } from 'vitest'
import { eventually } from '../support/service.ts'
import { made } from './support/company.ts'
import { expect, usePortals } from './support/portals.ts'
import { queueOn } from './support/queue.ts'

const portals = usePortals()

async function anApplicationOf(groupId: string): Promise<{ name: string }> {
  const name = portals.unique('Workbench')
  return made(
    await portals.admin.post('/applications', { name, url: 'https://workbench.example.com', groupIds: [groupId] }),
  )
}

describe('a request, from both sides', () => {
  test('an employee asks, the administrator grants, the application appears, and revoking takes it away', async () => {
    const employee = await portals.person('Ada')
    const flow = await portals.flow('Workbench', { durations: ['P30D'] })
    const application = await anApplicationOf(flow.groupId)
    const mine = await portals.openAs(employee, `/portal/catalog?q=${flow.name}`)
    const theirs = await portals.openAs(portals.me, `/admin/requests?q=${flow.name}`)
    const queue = queueOn(theirs)
    await expect(theirs.getByRole('heading', { name: `Nothing found for “${flow.name}”` })).toBeVisible()

    await mine.getByRole('link', { name: `Ask for access to ${flow.name}` }).click()
    await mine.getByRole('dialog').getByLabel('Reason').fill('I build things.')
    await mine.getByRole('dialog').getByRole('button', { name: 'Send request' }).click()
    await expect(mine.getByRole('main')).toContainText('Pending')

    await expect(queue.tab('Administrator')).toHaveText('Administrator1')
    await theirs.getByRole('button', { name: '1 new request – Show' }).click()
    await queue
      .rows()
      .getByRole('button', { name: /^Actions for/ })
      .click()
    await theirs.getByRole('menuitem', { name: 'Grant Access' }).click()
    await queue.dialog().getByRole('button', { name: 'Grant Access' }).click()
    await expect(queue.rows()).toContainText('Approved')

    await expect(mine.getByRole('main')).toContainText('Approved')
    await mine.getByRole('link', { name: 'Applications' }).click()
    await expect(mine.getByRole('listitem').filter({ hasText: application.name })).toContainText('Access ends')

    await theirs.getByRole('link', { name: 'Active Access' }).click()
    await theirs.getByRole('button', { name: `Revoke the access of ${employee.name} to ${flow.name}` }).click()
    await theirs.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click()
    await expect(theirs.getByRole('row').filter({ hasText: employee.name })).toHaveCount(0)
    await mine.reload()
    await expect(mine.getByRole('heading', { name: 'You have no applications yet' })).toBeVisible()
  })

  test('two assigned approvers act one after the other, and everybody sees the progress move', async () => {
    const manager = await portals.person('Mo')
    const owner = await portals.person('Owen')
    const employee = await portals.person('Ada', { managerId: manager.id })
    const flow = await portals.flow('Lab', {
      approvers: [{ kind: 'manager' }, { kind: 'resource_owner', userId: owner.id }],
      approvalRequirement: 'sequential',
    })
    const request = await portals.ask(employee, flow)
    const watching = await portals.openAs(portals.me, `/admin/requests?queue=others&q=${request.id}`)
    const managing = await portals.openAs(manager, '/portal/approvals')
    const owning = await portals.openAs(owner, '/portal/approvals')
    await expect(owning.getByRole('heading', { name: 'Nothing waits for you' })).toBeVisible()

    await managing.getByRole('button', { name: `Approve the request of ${employee.name}` }).click()
    await managing.getByRole('dialog').getByRole('button', { name: 'Approve' }).click()
    await expect(queueOn(watching).row(request)).toContainText('1 of 2 approvals')
    const mail = await eventually(async () => (await portals.mailsTo(owner))[0])
    await owning.goto(/href="([^"]*\/portal\/approvals\/[^"]*)"/.exec(mail.html)?.[1] ?? 'no link')
    await owning.getByRole('button', { name: 'Approve the request' }).click()
    await owning.getByRole('dialog').getByRole('button', { name: 'Approve' }).click()

    await expect(queueOn(watching).row(request)).toContainText('2 of 2 approvals')
    await expect(queueOn(watching).row(request)).toContainText('Approved')
    const mine = await portals.openAs(employee, `/portal/requests/${request.id}`)
    await expect(mine.getByRole('main')).toContainText(`${manager.name} approved`)
    await expect(mine.getByRole('main')).toContainText(`${owner.name} approved`)
  })
})
