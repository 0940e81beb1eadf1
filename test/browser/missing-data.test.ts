/** Admin Portal: a request whose approver cannot be found, from the banner to the approver's mail. */
import { describe, test } from 'vitest'
import { eventually } from '../support/service.ts'
import { made } from './support/company.ts'
import { expect, usePortals } from './support/portals.ts'
import { queueOn } from './support/queue.ts'

const portals = usePortals()

/** A request that waits for a manager nobody has set. */
async function aRequestWithoutManager() {
  const requester = await portals.person('Ada')
  const flow = await portals.flow('Lab', { approvers: [{ kind: 'manager' }] })
  const request = await portals.ask(requester, flow)
  return { requester, flow, request }
}

describe('missing data', () => {
  test('the banner counts the requests with missing data though the default filters hide them, and View shows them', async () => {
    const { request } = await aRequestWithoutManager()
    const { missingData } = (await portals.admin.get('/access-requests/counts')).body
    const page = await portals.openAs(portals.me, '/admin/requests')
    const queue = queueOn(page)
    const words = missingData === 1 ? '1 request has missing data' : `${missingData} requests have missing data`

    await expect(page.getByRole('note').filter({ hasText: words })).toBeVisible()
    await expect(queue.chips()).toHaveText(['Manual', 'Pending'])
    await expect(queue.row(request)).toHaveCount(0)
    await page.getByRole('button', { name: 'View', exact: true }).click()

    await expect(queue.chips()).toHaveText(['Missing Data'])
    await expect(queue.tab('Others')).toHaveAttribute('aria-selected', 'true')
    await expect(queue.row(request)).toContainText('Missing Data')
  })

  test('Add in Users leads to the Manager field of the requester, and saving it lets the request go on by itself', async () => {
    const { requester, flow, request } = await aRequestWithoutManager()
    const manager = await portals.person('Mo')
    const page = await portals.openAs(portals.me, `/admin/requests?queue=others&status=missing_data&q=${request.id}`)
    const queue = queueOn(page)

    await queue.expand(request)
    await expect(queue.details(request)).toContainText('Missing Data')
    await queue
      .details(request)
      .getByRole('link', { name: /^Add in Users/ })
      .click()
    await expect(page.getByRole('heading', { level: 1, name: requester.name })).toBeVisible()
    await expect(page.getByRole('heading', { name: 'Employment Information' })).toBeVisible()
    const field = page.getByRole('combobox', { name: 'Manager' })
    await expect(field).toBeFocused()
    await field.fill(manager.name)
    await page.getByRole('option', { name: manager.name }).click()
    await page.getByRole('button', { name: 'Save' }).click()
    await expect(page.getByRole('status').filter({ hasText: 'The request goes on by itself.' })).toBeVisible()
    await page.getByRole('link', { name: 'Back to the request' }).last().click()

    await expect(page).toHaveURL(new RegExp(`/admin/requests/${request.id}$`))
    await expect(page.getByRole('main')).toContainText('Pending')
    await expect(page.getByRole('main')).toContainText(`${manager.name}, since`)
    const mail = await eventually(async () =>
      (await portals.mailsTo(manager)).find(({ html }) => html.includes(flow.name)),
    )
    expect(mail.html).toContain(`/portal/approvals/${request.id}`)
  })

  test('a request heals on the open screen by whatever route the manager is set', async () => {
    const { requester, request } = await aRequestWithoutManager()
    const manager = await portals.person('Mo')
    const page = await portals.openAs(portals.me, `/admin/requests/${request.id}`)
    await expect(page.getByRole('main')).toContainText('Missing Data')

    made(await portals.admin.patch(`/users/${requester.id}`, { managerId: manager.id }))

    await expect(page.getByRole('main')).toContainText(`${manager.name}, since`)
    await expect(page.getByRole('link', { name: /^Add in Users/ })).toHaveCount(0)
  })

  test('an administrator may grant a request with missing data instead', async () => {
    const { request } = await aRequestWithoutManager()
    const page = await portals.openAs(portals.me, `/admin/requests?queue=others&status=missing_data&q=${request.id}`)
    const queue = queueOn(page)

    await queue.choose(request, 'Grant Access')
    await queue.dialog().getByRole('button', { name: 'Grant Access' }).click()

    await expect(queue.row(request)).toContainText('Approved')
  })

  test('the only approver being the requester is missing data too, and named so', async () => {
    const requester = await portals.person('Ada')
    const flow = await portals.flow('Lab', { approvers: [{ kind: 'user', userId: requester.id }] })
    const request = await portals.ask(requester, flow)

    const page = await portals.openAs(portals.me, `/admin/requests/${request.id}`)

    await expect(page.getByRole('main')).toContainText('Missing Data')
    await expect(page.getByRole('main')).toContainText(request.missingData[0].detail)
  })
})
