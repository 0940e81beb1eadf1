/** Admin Portal > Approval Flows: creating, editing, copying, and the preview of who would have to approve. */
import type { Page } from '@playwright/test'
import { describe, test } from 'vitest'
import { made } from './support/company.ts'
import { expect, usePortals } from './support/portals.ts'

const portals = usePortals()

/** Types into a type-ahead field and takes what it offers. */
async function pick(page: Page, label: string, name: string): Promise<void> {
  const field = page.getByRole('combobox', { name: new RegExp(`^${label}`) })
  await field.fill(name)
  await page.getByRole('option', { name }).click()
}

const add = async (page: Page, kind: string) => {
  await page.getByRole('button', { name: 'Add approver' }).click()
  await page.getByRole('menuitem', { name: kind }).click()
}

const preview = (page: Page) => page.getByRole('region', { name: 'Preview' })

describe('the editor', () => {
  test('a flow is created with a group, durations and approvers in their order, and can be asked for', async () => {
    const group = await portals.group()
    const owner = await portals.person('Owen')
    const name = portals.unique('Telescope')
    const page = await portals.openAs(portals.me, '/admin/flows')

    await page.getByRole('link', { name: 'Create' }).first().click()
    await page.getByRole('textbox', { name: 'Name' }).fill(name)
    await page.getByRole('textbox', { name: 'Description' }).fill('Nights on the roof')
    await pick(page, 'User group', group.name)
    await page.getByRole('checkbox', { name: '30 days' }).check()
    await page.getByRole('radio', { name: 'Assigned approvers' }).check()
    await page.getByRole('radio', { name: 'Sequential' }).check()
    await add(page, "Requester's manager")
    await add(page, 'Resource owner')
    await pick(page, 'Person', owner.name)
    await page.getByRole('button', { name: 'Move up approver 2, Resource owner' }).click()
    await page.getByRole('button', { name: 'Create' }).click()

    await expect(page.getByText(`${name} was created.`)).toBeVisible()
    const [flow] = made(await portals.admin.get(`/approval-flows?q=${name}`)).items
    expect(flow).toMatchObject({
      groupId: group.id,
      durations: ['P30D'],
      approvalRequirement: 'sequential',
      approvers: [{ kind: 'resource_owner', userId: owner.id }, { kind: 'manager' }],
    })
    const asking = await portals.openAs(await portals.person('Ada'), `/portal/catalog?q=${name}`)
    await expect(asking.getByRole('link', { name: `Ask for access to ${name}` })).toBeVisible()
  })

  test('Administrator does not mix with other approvers: choosing it takes their list away', async () => {
    const page = await portals.openAs(portals.me, '/admin/flows/new')

    await page.getByRole('radio', { name: 'Assigned approvers' }).check()
    await add(page, "Requester's manager")
    await page.getByRole('button', { name: 'Add approver' }).click()
    await expect(page.getByRole('menuitem', { name: 'Administrator' })).toHaveCount(0)
    await expect(page.getByRole('menuitem', { name: "Requester's manager" })).toBeDisabled()
    await page.keyboard.press('Escape')
    await page.getByRole('radio', { name: 'Administrators' }).check()

    await expect(page.getByRole('button', { name: 'Add approver' })).toHaveCount(0)
    await expect(page.getByRole('radiogroup', { name: 'Approver requirement' })).toHaveCount(0)
  })

  test('saving too early names every field that is not filled in, and goes to the first', async () => {
    const page = await portals.openAs(portals.me, '/admin/flows/new')

    await page.getByRole('button', { name: 'Create' }).click()

    await expect(page.getByRole('textbox', { name: 'Name' })).toBeFocused()
    await expect(page.getByText('Fill this in.')).toBeVisible()
    await expect(page.getByText('Choose a user group.')).toBeVisible()
  })

  test('editing a flow with open requests asks for confirmation, and leaves them alone', async () => {
    const flow = await portals.flow('Vault')
    const request = await portals.ask(await portals.person('Ada'), flow)
    const page = await portals.openAs(portals.me, `/admin/flows/${flow.id}`)

    await page.getByRole('textbox', { name: 'Name' }).fill(`${flow.name} renamed`)
    await page.getByRole('button', { name: 'Save' }).click()
    const dialog = page.getByRole('dialog', { name: 'This flow has 1 open request' })
    await expect(dialog).toContainText('It keeps the flow as it was when it was submitted.')
    await dialog.getByRole('button', { name: 'Save' }).click()

    await expect(page.getByText(`${flow.name} renamed is saved.`)).toBeVisible()
    expect(await portals.request(request.id)).toMatchObject({ status: 'pending', approvalFlow: { name: flow.name } })
  })

  test('a copy starts with everything of its flow and is one of its own', async () => {
    const flow = await portals.flow('Vault', { durations: ['P5D'], description: 'Keys' })
    const page = await portals.openAs(portals.me, `/admin/flows?q=${flow.name}`)

    await page.getByRole('link', { name: `Copy ${flow.name}` }).click()
    await expect(page.getByRole('textbox', { name: 'Name' })).toHaveValue(`Copy of ${flow.name}`)
    await page.getByRole('button', { name: 'Create' }).click()
    await expect(page.getByText(`Copy of ${flow.name} was created.`)).toBeVisible()

    const { items } = made(await portals.admin.get(`/approval-flows?q=${flow.name}`))
    const copied = items.map(({ groupId, durations, description }: Record<string, unknown>) => ({
      groupId,
      durations,
      description,
    }))
    expect(copied).toEqual(Array(2).fill({ groupId: flow.groupId, durations: ['P5D'], description: 'Keys' }))
  })
})

describe('the preview', () => {
  test('it shows who would have to approve if somebody asked, and names what would be missing', async () => {
    const manager = await portals.person('Mo')
    const owner = await portals.person('Owen')
    const [managed, alone] = [await portals.person('Ada', { managerId: manager.id }), await portals.person('Ben')]
    const flow = await portals.flow('Lab', {
      approvers: [{ kind: 'manager' }, { kind: 'resource_owner', userId: owner.id }],
      approvalRequirement: 'all',
    })
    const page = await portals.openAs(portals.me, `/admin/flows/${flow.id}`)

    await pick(page, 'If this person asked', managed.name)
    await expect(preview(page)).toContainText('The request would wait for its approvers.')
    await expect(preview(page).getByRole('listitem')).toHaveText([new RegExp(manager.name), new RegExp(owner.name)])
    await pick(page, 'If this person asked', alone.name)

    await expect(preview(page)).toContainText('The request would have Missing Data')
    await expect(preview(page)).toContainText('The manager is not set, or cannot decide.')
    await expect(preview(page).getByRole('link', { name: 'Add in Users' })).toHaveAttribute(
      'href',
      new RegExp(alone.id),
    )
  })

  test('it follows the flow as it stands in the editor, saved or not', async () => {
    const person = await portals.person('Ada')
    const flow = await portals.flow('Lab', { approvers: [{ kind: 'manager' }] })
    const page = await portals.openAs(portals.me, `/admin/flows/${flow.id}`)
    await pick(page, 'If this person asked', person.name)
    await expect(preview(page)).toContainText('The request would have Missing Data')

    await page.getByRole('radio', { name: 'Automatic' }).check()

    await expect(preview(page)).toContainText('Granted at once. Nobody has to approve.')
    expect(made(await portals.admin.get(`/approval-flows/${flow.id}`)).approvalType).toBe('manual')
  })
})
