/** Groups that approval flows name: deleting one, and flows whose groups are gone. */
import { eq } from 'drizzle-orm'
import { describe, test } from 'vitest'
import { userGroups } from '../../src/features/directory/groups/groups.table.ts'
import { made } from './support/company.ts'
import { expect, usePortals } from './support/portals.ts'

const portals = usePortals()
const german = { locale: 'de-DE' }

async function aNamedGroup() {
  const group = await portals.group()
  const asks = await portals.flow('Vault', { approvers: [{ kind: 'user_group', groupId: group.id }] })
  const shown = await portals.flow('Door', { visibleToGroupIds: [group.id] })
  return { group, asks, shown }
}

/** As from a version that let groups go although flows named them. */
async function aFlowWithoutItsGroup(more: object = {}) {
  const group = await portals.group()
  const flow = await portals.flow('Lab', { approvers: [{ kind: 'user_group', groupId: group.id }], ...more })
  await portals.service.db.delete(userGroups).where(eq(userGroups.id, group.id))
  return flow
}

describe('a group that flows name', () => {
  test('is not deleted: the dialog names the flows, says what the group is in them, and leads there', async () => {
    const { group, asks, shown } = await aNamedGroup()
    const page = await portals.openAs(portals.me, `/admin/groups/${group.id}`)

    await page.getByRole('button', { name: 'Delete group' }).click()
    const dialog = page.getByRole('dialog')
    await expect(dialog).toContainText('It cannot be deleted while approval flows name it.')
    await expect(dialog.getByRole('listitem')).toHaveText([
      `${shown.name} (Visible to it)`,
      `${asks.name} (Its members approve)`,
    ])
    await expect(dialog.getByRole('button', { name: 'Delete group' })).toHaveCount(0)
    await dialog.getByRole('link', { name: asks.name }).click()

    await expect(page).toHaveURL(new RegExp(`/admin/flows/${asks.id}$`))
  })

  test('is said so in German, too', async () => {
    const { group } = await aNamedGroup()
    const page = await portals.openAs(portals.me, `/admin/groups/${group.id}`, german)

    await page.getByRole('button', { name: 'Gruppe löschen' }).click()

    await expect(page.getByRole('dialog')).toContainText('solange Genehmigungsabläufe sie nennen')
    await expect(page.getByRole('dialog')).toContainText('(Ihre Mitglieder genehmigen)')
  })
})

describe('a flow whose group is gone', () => {
  test('is switched off in the list, and when it is switched on again the list says why it stays off', async () => {
    const flow = await aFlowWithoutItsGroup()
    const page = await portals.openAs(portals.me, `/admin/flows?q=${flow.name}`)
    const toggle = page.getByRole('checkbox', { name: `${flow.name} enabled` })

    await toggle.click()
    await page.getByRole('dialog').getByRole('button', { name: 'Disable' }).click()
    await expect(page.getByText(`${flow.name} is disabled.`)).toBeVisible()
    await expect(toggle).not.toBeChecked()
    await toggle.click()

    await expect(page.getByText('Step 1 names a user group that does not exist any more.')).toBeVisible()
    await expect(toggle).not.toBeChecked()
    expect(made(await portals.admin.get(`/approval-flows/${flow.id}`)).enabled).toBe(false)
  })

  test('stays off in German as well, saying where to look', async () => {
    const flow = await aFlowWithoutItsGroup({ enabled: false })
    const page = await portals.openAs(portals.me, `/admin/flows?q=${flow.name}`, german)

    await page.getByRole('checkbox', { name: flow.name }).click()

    await expect(page.getByText('Der Ablauf nennt eine Gruppe oder Person, die es nicht mehr gibt.')).toBeVisible()
  })

  test('shows in its editor which group has to be chosen anew', async () => {
    const flow = await aFlowWithoutItsGroup()
    const page = await portals.openAs(portals.me, `/admin/flows/${flow.id}`)

    await page.getByRole('textbox', { name: 'Description' }).fill('Nights on the roof')
    await page.getByRole('button', { name: 'Save' }).click()

    await expect(page.getByText('Does not exist any more')).toBeVisible()
  })
})

test('an approval that a departure completes says whose decision it was', async () => {
  const [stays, leaves] = [await portals.person('Ann'), await portals.person('Ben')]
  const group = await portals.group()
  for (const { id } of [stays, leaves]) made(await portals.admin.put(`/user-groups/${group.id}/members/${id}`))
  const approvers = [{ kind: 'user_group', groupId: group.id, required: 'all' }]
  const request = await portals.ask(await portals.person('Ada'), await portals.flow('Vault', { approvers }))
  const client = await portals.as(stays)
  made(await client.post(`/access-requests/${request.id}/decisions`, { decision: 'approve' }))
  const page = await portals.openAs(portals.me, `/admin/requests/${request.id}`)
  await expect(page.getByRole('main')).toContainText(`${stays.name} approved`)

  made(await portals.admin.delete(`/user-groups/${group.id}/members/${leaves.id}`))

  await expect(page.getByRole('main')).toContainText(`Access granted by ${stays.name}`)
  await expect(page.getByRole('main')).toContainText(
    'What was decided before became enough when the directory changed.',
  )
})
