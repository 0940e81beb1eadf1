/** Ways from one thing to another: the search of everything, names as links with a card, and a person's page. */
import { describe, test } from 'vitest'
import { faultless, inEveryLook } from './support/axe.ts'
import { made } from './support/company.ts'
import { expect, usePortals } from './support/portals.ts'

const portals = usePortals()

async function aRequest() {
  const person = await portals.person('Noé', { department: 'Research' })
  const flow = await portals.flow('Lab', { description: 'Benches and hoods' })
  return { person, flow, request: await portals.ask(person, flow, { reason: 'Samples' }) }
}

describe('the search of everything', () => {
  test('finds by keyboard alone, and opens what is chosen', async () => {
    const { person, flow, request } = await aRequest()
    const page = await portals.openAs(portals.me, '/admin/overview')

    await expect(page.getByRole('button', { name: 'Search everything' })).toBeVisible()
    await page.keyboard.press('Control+k')
    const field = page.getByRole('combobox', { name: 'Search everything' })
    await expect(field).toBeFocused()
    await field.pressSequentially(`${person.name.split(' ')[1]} noe`)
    await expect(page.getByRole('group', { name: 'People' }).getByRole('option')).toContainText([person.name])
    await expect(page.getByRole('group', { name: 'Requests' }).getByRole('option')).toContainText([flow.name])
    expect(await inEveryLook(page)).toEqual(faultless)
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(new RegExp(`/admin/requests/${request.id}`))

    await page.getByRole('button', { name: 'Search everything' }).click()
    await field.fill('overview')
    await page.getByRole('option', { name: 'Overview' }).click()
    await expect(page).toHaveURL(/\/admin\/overview/)
  })

  test('says that it finds nothing', async () => {
    const page = await portals.openAs(portals.me, '/admin/overview', { width: 390 })

    await page.getByRole('button', { name: 'Search everything' }).click()
    await page.getByRole('combobox', { name: 'Search everything' }).fill('nobody is called so')

    await expect(page.getByRole('status').filter({ hasText: 'Nothing found for' })).toBeVisible()
  })
})

test('a name leads to whom it names, and shows a card of them before', async () => {
  const { person, request } = await aRequest()
  const page = await portals.openAs(portals.me, `/admin/requests/${request.id}`)
  const name = page.getByRole('main').getByRole('link', { name: person.name })

  await name.first().hover()
  await expect(page.getByText('No manager', { exact: true }).last()).toBeVisible()
  expect(await inEveryLook(page)).toEqual(faultless)
  await name.first().click()

  await expect(page).toHaveURL(new RegExp(`/admin/users/${person.id}`))
})

test('in the User Portal a name is no link', async () => {
  const approver = await portals.person('Olga')
  const person = await portals.person('Ada')
  const flow = await portals.flow('Lab', { approvers: [{ kind: 'user', userId: approver.id }] })
  const request = await portals.ask(person, flow)

  const page = await portals.openAs(approver, `/portal/approvals/${request.id}`)

  await expect(page.getByRole('main')).toContainText(person.name)
  await expect(page.getByRole('main').getByRole('link', { name: person.name })).toHaveCount(0)
})

test("a person's page has what they asked for and decided, and when they signed in", async () => {
  const approver = await portals.person('Olga')
  const flow = await portals.flow('Lab', { approvers: [{ kind: 'user', userId: approver.id }] })
  const request = await portals.ask(await portals.person('Ada'), flow)
  const own = await portals.ask(approver, await portals.flow('Vault'))
  const theirs = await portals.as(approver)
  made(await theirs.post(`/access-requests/${request.id}/decisions`, { decision: 'approve' }))

  const page = await portals.openAs(portals.me, `/admin/users/${approver.id}?tab=activity`)

  await expect(page.getByRole('region', { name: 'Requests' }).getByRole('link')).toContainText([own.approvalFlow.name])
  await expect(page.getByRole('region', { name: 'Approvals' })).toContainText(flow.name)
  await expect(page.getByRole('region', { name: 'Sign-ins' })).toContainText(approver.email)
  await page.getByRole('link', { name: 'All: Approvals' }).click()
  await expect(page).toHaveURL(new RegExp(`/admin/events\\?.*by=${approver.id}`))
})
