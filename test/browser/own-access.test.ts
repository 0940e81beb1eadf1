/** Access that one has: made longer, given back, and told as it is to those who decide. */
import { describe, test } from 'vitest'
import { made } from './support/company.ts'
import { expect, usePortals } from './support/portals.ts'

const portals = usePortals()
const automatic = { approvalType: 'automatic', approvers: [] }
const timed = { ...automatic, durations: ['P5D', 'P10D', 'P30D'] }

async function anApplicationOf(groupId: string): Promise<string> {
  const name = portals.unique('Tool')
  made(await portals.admin.post('/applications', { name, url: 'https://tool.example.com/', groupIds: [groupId] }))
  return name
}

describe('whoever has access', () => {
  test('extends it in a dialog that says so, with the present and the new end and only what lasts longer', async () => {
    const person = await portals.person('Ada')
    const flow = await portals.flow('Lab', timed)
    const application = await anApplicationOf(flow.groupId)
    await portals.ask(person, flow, { requestedDuration: 'P10D' })
    const page = await portals.openAs(person, '/portal/applications')

    await page.getByRole('button', { name: `Actions for ${application}` }).click()
    await page.getByRole('menuitem', { name: `Extend: ${flow.name}` }).click()

    const dialog = page.getByRole('dialog', { name: `Extend the access to ${flow.name}` })
    await expect(dialog).toContainText(/Ends now on.*Approved now, it ends on/s)
    // Ten days that begin now reach a moment further than ten days that began before.
    await expect(dialog.getByLabel('For how long').getByRole('option')).toHaveText(['10 days', '30 days'])
    await dialog.getByLabel('For how long').selectOption('30 days')
    await dialog.getByLabel('Reason').fill('The samples are not done.')
    await dialog.getByRole('button', { name: 'Send request' }).click()

    await expect(page.getByRole('main')).toContainText('Approved')
    await page.goto('/portal/applications')
    await expect(page.getByRole('main')).toContainText(/Access ends in (29|30) days|Access ends next month/)
  })

  test('returns it, and is told before what else goes with it', async () => {
    const person = await portals.person('Ada')
    const flow = await portals.flow('Lab', automatic)
    const [application, other] = [await anApplicationOf(flow.groupId), await anApplicationOf(flow.groupId)]
    await portals.ask(person, flow)
    const page = await portals.openAs(person, '/portal/applications')

    await page.getByRole('button', { name: `Actions for ${application}` }).click()
    await page.getByRole('menuitem', { name: 'Return access' }).click()
    const dialog = page.getByRole('dialog', { name: `Return your access to ${application}?` })
    await expect(dialog.getByRole('listitem')).toHaveText([other])
    await dialog.getByRole('button', { name: 'Return access' }).click()

    await expect(page.getByRole('main')).toContainText('You have no applications yet')
    await expect
      .poll(async () => (await portals.mailsTo(person)).map(({ subject }) => subject))
      .toContain(`Your access to ${flow.name} was returned`)
  })
})

test('an administrator sees access without an end, who gave it and why, and extends what ends', async () => {
  const person = await portals.person('Ada')
  const [lasting, ending] = [await portals.flow('Vault'), await portals.flow('Lab', timed)]
  const request = await portals.ask(person, lasting, { reason: 'I keep the keys.' })
  made(await portals.admin.post(`/access-requests/${request.id}/grant`, {}))
  await portals.ask(person, ending, { requestedDuration: 'P5D' })
  const page = await portals.openAs(portals.me, `/admin/access?q=${person.name}`)
  const row = (name: string) => page.locator('[data-row]').filter({ hasText: name })

  await expect(row(lasting.name)).toContainText(/No end date/)
  await expect(row(lasting.name)).toContainText(`${portals.me.name}I keep the keys.`)
  await expect(row(ending.name)).toContainText('Given automatically')
  await expect(row(lasting.name).getByRole('button', { name: /^Extend/ })).toHaveCount(0)
  await row(ending.name)
    .getByRole('button', { name: /^Extend/ })
    .click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText(/Ends now on.*Will end on/s)
  await dialog.getByLabel('Extend by').selectOption('30 days')
  await dialog.getByRole('button', { name: 'Extend' }).click()

  await expect(row(ending.name)).toContainText(/(34|35) days/)
  await page.getByLabel('Which access').selectOption('Without an end')
  await expect(row(ending.name)).toHaveCount(0)
  await expect(row(lasting.name)).toBeVisible()
})

test('an approver is told that the requester has just this access already', async () => {
  const approver = await portals.person('Olga')
  const person = await portals.person('Ada')
  const group = await portals.group()
  const approvers = [{ kind: 'user', userId: approver.id }]
  const asked = await portals.flow('Lab', { groupId: group.id, approvers })
  const request = await portals.ask(person, asked)
  await portals.ask(person, await portals.flow('Door', { ...automatic, groupId: group.id }))

  const page = await portals.openAs(approver, `/portal/approvals/${request.id}`)

  await expect(page.getByRole('main')).toContainText('has just this access already, without an end')
  await page.getByRole('main').getByRole('button', { name: 'Approve' }).first().click()
  await page.getByRole('dialog').getByRole('button', { name: 'Approve' }).click()
  await expect(page.getByRole('main')).toContainText('the approval changed nothing')
})

test('of a request that was granted it is not said that the requester has this access already', async () => {
  const granted = await portals.flow('Lab', automatic)
  const request = await portals.ask(await portals.person('Ada'), granted)
  const page = await portals.openAs(portals.me, `/admin/requests/${request.id}`)

  await expect(page.getByText('Already has', { exact: true })).toBeVisible()
  await expect(page.getByRole('main')).toContainText('No applications yet')
  await expect(page.getByRole('main')).not.toContainText('has just this access already')
})

test('a group that only ended access names is archived, and found among the archived ones', async () => {
  const group = await portals.group()
  const flow = await portals.flow('Lab', { ...automatic, groupId: group.id })
  await portals.admin.delete(`/approval-flows/${flow.id}?confirm=true`)
  const page = await portals.openAs(portals.me, `/admin/groups/${group.id}`)

  await page.getByRole('button', { name: 'Delete group' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete group' }).click()
  await expect(page).toHaveURL(/\/admin\/groups$/)
  await page.getByLabel('Which groups').selectOption('Archived groups')
  await page.getByRole('link', { name: group.name }).click()

  await expect(page.getByRole('main')).toContainText('This group was archived on')
  await expect(page.getByRole('button', { name: 'Delete group' })).toHaveCount(0)
})
