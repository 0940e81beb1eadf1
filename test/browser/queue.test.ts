/** Admin Portal > Security Management > Access Requests: what the queue shows and how it is narrowed down. */
import { describe, test } from 'vitest'
import { expect, usePortals } from './support/portals.ts'
import { queueOn } from './support/queue.ts'

const portals = usePortals()

/** A request for administrators and one for assigned approvers, of one requester. */
async function twoRequests() {
  const manager = await portals.person('Mo')
  const requester = await portals.person('Ada', { department: 'Research', managerId: manager.id })
  const forAdministrators = await portals.flow('Vault')
  const forOthers = await portals.flow('Lab', {
    approvers: [{ kind: 'manager' }, { kind: 'user', userId: portals.me.id }],
    approvalRequirement: 'all',
  })
  return {
    manager,
    requester,
    flows: [forAdministrators, forOthers] as const,
    administrator: await portals.ask(requester, forAdministrators, { reason: 'Keys of the vault' }),
    others: await portals.ask(requester, forOthers, { reason: 'Samples' }),
  }
}

describe('tabs', () => {
  test('the tabs Administrator and Others each count the requests in them under the current filters', async () => {
    const { requester, administrator, others } = await twoRequests()
    const page = await portals.openAs(portals.me, `/admin/requests?requester=${requester.name}`)
    const queue = queueOn(page)

    await expect(queue.tab('Administrator')).toHaveText('Administrator1')
    await expect(queue.tab('Others')).toHaveText('Others1')
    await expect(queue.row(administrator)).toBeVisible()
    await queue.tab('Others').click()

    await expect(queue.row(others)).toBeVisible()
    await expect(queue.row(administrator)).toHaveCount(0)
  })

  test('a counter falls without a reload while somebody else decides', async () => {
    const { requester, administrator } = await twoRequests()
    const address = `/admin/requests?requester=${requester.name}`
    const [mine, theirs] = [await portals.openAs(portals.me, address), await portals.openAs(portals.me, address)]
    await expect(queueOn(mine).tab('Administrator')).toHaveText('Administrator1')

    await queueOn(theirs).choose(administrator, 'Grant Access')
    await queueOn(theirs).dialog().getByRole('button', { name: 'Grant Access' }).click()

    await expect(queueOn(mine).tab('Administrator')).toHaveText('Administrator0')
    await expect(queueOn(mine).row(administrator)).toContainText('Approved')
  })

  test('a new request is counted at once and shown on demand, so that no row moves under the pointer', async () => {
    const { requester, administrator } = await twoRequests()
    const page = await portals.openAs(portals.me, `/admin/requests?requester=${requester.name}`)
    const queue = queueOn(page)
    await expect(queue.row(administrator)).toBeVisible()

    const later = await portals.ask(requester, await portals.flow('Later'))
    await expect(queue.tab('Administrator')).toHaveText('Administrator2')
    await expect(queue.rows()).toHaveCount(1)
    await page.getByRole('button', { name: '1 new request – Show' }).click()

    await expect(queue.row(later)).toBeVisible()
  })
})

describe('search and filters', () => {
  test.each(['requester', 'flow', 'reason', 'id'] as const)('the search finds a request by its %s', async (by) => {
    const { requester, flows, administrator } = await twoRequests()
    const other = await portals.ask(await portals.person('Zoe'), flows[0], { reason: 'Other' })
    await portals.ask(requester, await portals.flow('Noise', { approvalType: 'automatic', approvers: [] }))
    const reason = `Because of ${portals.unique('inventory')}`
    const asked = await portals.ask(await portals.person('Una'), await portals.flow('Depot'), { reason })
    const words = { requester: asked.requester.name, flow: asked.approvalFlow.name, reason, id: asked.id }
    const queue = queueOn(await portals.openAs(portals.me, '/admin/requests'))
    await expect(queue.row(other)).toBeVisible()

    await queue.search().fill(words[by])

    await expect(queue.rows()).toHaveCount(1)
    await expect(queue.row(asked)).toBeVisible()
    await expect(queue.row(administrator)).toHaveCount(0)
  })

  test('the filters Requester name, Approval Type and Status narrow the list after Apply, and Clear All ends them', async () => {
    const { requester, administrator } = await twoRequests()
    const automatic = await portals.ask(
      requester,
      await portals.flow('Open', { approvalType: 'automatic', approvers: [] }),
    )
    const page = await portals.openAs(portals.me, '/admin/requests')
    const queue = queueOn(page)

    await queue.openFilter()
    await queue.filter().getByRole('combobox', { name: 'Requester name' }).fill(requester.name.slice(0, 7))
    await queue.filter().getByRole('option', { name: requester.name }).click()
    for (const name of ['Manual', 'Pending']) await queue.filter().getByRole('checkbox', { name }).uncheck()
    for (const name of ['Automatic', 'Approved']) await queue.filter().getByRole('checkbox', { name }).check()
    await expect(queue.row(administrator)).toBeVisible()
    await queue.filter().getByRole('button', { name: 'Apply' }).click()

    await expect(queue.chips()).toHaveText(['Automatic', 'Approved', `Requester: ${requester.name}`])
    await expect(queue.row(administrator)).toHaveCount(0)
    const tab = automatic.queue === 'others' ? 'Others' : 'Administrator'
    await queue.tab(tab).click()
    await expect(queue.rows()).toHaveCount(1)
    await expect(queue.row(automatic)).toBeVisible()

    await queue.openFilter()
    await queue.filter().getByRole('button', { name: 'Clear All' }).click()
    await queue.tab('Administrator').click()
    await expect(queue.chips()).toHaveCount(0)
    await expect(queue.row(administrator)).toBeVisible()
  })

  test('Apply is in sight on a laptop and on a phone, however many filters stand above it', async () => {
    await twoRequests()
    for (const view of [{ height: 720 }, { width: 390, height: 844 }]) {
      const page = await portals.openAs(portals.me, '/admin/requests', view)
      const queue = queueOn(page)
      await queue.openFilter()

      await expect(queue.filter().getByRole('button', { name: 'Apply' })).toBeInViewport({ ratio: 1 })
      await queue.filter().getByRole('checkbox', { name: 'Error' }).check()
      await expect(queue.filter().getByRole('button', { name: 'Apply' })).toBeInViewport({ ratio: 1 })
    }
  })

  test('the filter Date holds the first and the last day', async () => {
    const { requester, administrator } = await twoRequests()
    const page = await portals.openAs(portals.me, `/admin/requests?requester=${requester.name}`)
    const queue = queueOn(page)
    const day = (later: number) => new Date(Date.now() + later * 86_400_000).toLocaleDateString('sv')
    const choose = async (from: string, to: string) => {
      await queue.openFilter()
      await queue.filter().getByLabel('From', { exact: true }).fill(from)
      await queue.filter().getByLabel('To', { exact: true }).fill(to)
      await queue.filter().getByRole('button', { name: 'Apply' }).click()
    }

    await choose(day(0), day(0))
    await expect(queue.row(administrator)).toBeVisible()
    await choose(day(1), '')
    await expect(page.getByRole('heading', { name: /hidden by filters$/ })).toBeVisible()
    await choose('', day(-1))
    await expect(page.getByRole('heading', { name: /hidden by filters$/ })).toBeVisible()
    await choose(day(1), day(0))

    await expect(queue.filter()).toContainText('The first day is after the last one.')
  })

  test('the default filters Manual and Pending are shown as chips that can be removed with their x', async () => {
    const { requester, administrator, flows } = await twoRequests()
    const denied = await portals.ask(await portals.person('Dee'), flows[0])
    await portals.admin.post(`/access-requests/${denied.id}/deny`, { reason: 'No' })
    const page = await portals.openAs(portals.me, '/admin/requests')
    const queue = queueOn(page)

    await expect(queue.chips()).toHaveText(['Manual', 'Pending'])
    await expect(queue.row(administrator)).toBeVisible()
    await expect(queue.row(denied)).toHaveCount(0)
    await page.getByRole('button', { name: 'Remove Pending' }).click()
    await expect(queue.row(denied)).toBeVisible()
    await page.getByRole('button', { name: 'Remove Manual' }).click()

    await expect(queue.chips()).toHaveCount(0)
    await expect(queue.table).toContainText(requester.name)
  })

  test('an empty list says that the search finds nothing, and not that filters hide it', async () => {
    const { administrator } = await twoRequests()
    const page = await portals.openAs(portals.me, '/admin/requests?q=nothing-is-called-so')
    const queue = queueOn(page)

    await expect(page.getByRole('heading', { name: 'Nothing found for “nothing-is-called-so”' })).toBeVisible()
    await expect(page.getByText('hidden by filters')).toHaveCount(0)
    await page.getByRole('main').getByRole('button', { name: 'Clear search' }).last().click()

    await expect(queue.row(administrator)).toBeVisible()
  })

  test('an empty list says how many requests its filters hide, and shows them', async () => {
    const { administrator } = await twoRequests()
    const page = await portals.openAs(portals.me, '/admin/requests?from=2001-01-01&to=2001-01-02')
    const queue = queueOn(page)

    const { administrator: hidden } = (await portals.admin.get('/access-requests/counts')).body
    await expect(page.getByRole('heading', { name: `${hidden} hidden by filters` })).toBeVisible()
    await page.getByRole('button', { name: 'Show all' }).click()

    await expect(queue.chips()).toHaveCount(0)
    await expect(queue.row(administrator)).toBeVisible()
  })

  test('tab, filters, search and sort live in the address: a refresh keeps them, and Back takes the last one back', async () => {
    const { requester, others } = await twoRequests()
    const page = await portals.openAs(portals.me, `/admin/requests?requester=${requester.name}`)
    const queue = queueOn(page)

    await queue.tab('Others').click()
    await page.getByRole('button', { name: 'Remove Pending' }).click()
    await queue.search().fill('Samples')
    await expect(page).toHaveURL(/q=Samples/)
    await page.getByRole('button', { name: /^Requester/ }).click()
    await expect(page).toHaveURL(/queue=others.*sort=requesterName/)
    await page.reload()

    await expect(queue.tab('Others')).toHaveAttribute('aria-selected', 'true')
    await expect(queue.chips()).toHaveText(['Manual', `Requester: ${requester.name}`])
    await expect(queue.search()).toHaveValue('Samples')
    await expect(page.getByRole('columnheader', { name: 'Requester' })).toHaveAttribute('aria-sort', 'ascending')
    await expect(queue.row(others)).toBeVisible()
    await page.goBack()
    await expect(page.getByRole('columnheader', { name: 'Requester' })).toHaveAttribute('aria-sort', 'none')
    await page.goBack()
    await expect(queue.chips()).toHaveText(['Manual', 'Pending', `Requester: ${requester.name}`])
  })
})

describe('rows', () => {
  test('the columns are received, flow, requester, department, approval type, status, expiry and, under Others, the progress', async () => {
    const { requester, flows, administrator, others } = await twoRequests()
    const page = await portals.openAs(portals.me, `/admin/requests?requester=${requester.name}`, {
      width: 1920,
    })
    const queue = queueOn(page)
    const shown = ['Received', 'Approval flow', 'Requester', 'Department', 'Status', 'Expires']

    await expect(queue.row(administrator)).toBeVisible()
    const headers = await queue.table.getByRole('columnheader').allInnerTexts()
    await expect(queue.row(administrator)).toContainText(
      new RegExp(`${flows[0].name}.*${requester.name}.*Research.*Pending.*in 30 days`),
    )
    await queue.tab('Others').click()
    await expect(queue.row(others)).toContainText('0 of 2 approvals')
    const headersOfOthers = await queue.table.getByRole('columnheader').allInnerTexts()

    await page.getByRole('button', { name: 'Remove Manual' }).click()
    await expect(queue.table.getByRole('columnheader', { name: 'Approval type' })).toBeVisible()

    const words = (texts: string[]) => texts.map((text) => text.replace(/[↑↓\s]+$/, ''))
    expect(words(headers)).toEqual(['Request Details', ...shown, 'Actions'])
    expect(words(headersOfOthers)).toEqual(['Request Details', ...shown, 'Progress', 'Actions'])
  })

  test('a row expands to its details, and to the progress of its approval as a timeline', async () => {
    const { requester, manager, others } = await twoRequests()
    const client = await portals.as(manager)
    await client.post(`/access-requests/${others.id}/decisions`, { decision: 'approve', reason: 'Good work' })
    const page = await portals.openAs(portals.me, `/admin/requests?queue=others&requester=${requester.name}`)
    const queue = queueOn(page)
    const expander = page.getByRole('button', { name: `Details of the request of ${requester.name}` })
    await expect(expander).toHaveAttribute('aria-expanded', 'false')

    await expander.click()

    await expect(expander).toHaveAttribute('aria-expanded', 'true')
    const details = queue.details(others)
    for (const title of ['Request Details', 'Approval Progress'])
      await expect(details.getByRole('heading', { name: title })).toBeVisible()
    await expect(details.getByRole('heading', { name: 'Reason' })).toBeVisible()
    for (const fact of ['Requester', "Requester's Manager", 'Approver', 'Status', 'Received', 'Expires'])
      await expect(details.getByRole('term').filter({ hasText: new RegExp(`^${fact}$`) })).toBeVisible()
    for (const text of [requester.email, manager.email, 'Samples']) await expect(details).toContainText(text)
    await expect(details.getByRole('list').getByRole('listitem')).toHaveText([
      new RegExp(`${requester.name} asked for access`),
      new RegExp(`Requester's manager.*Approved.*${manager.name} approved.*Good work`),
      new RegExp(`${portals.me.name}.*Awaited.*${portals.me.name}, since`),
    ])
    await expect(details.getByRole('button', { name: 'Grant Access' })).toBeVisible()
    await expect(details.getByRole('button', { name: 'Deny Access' })).toBeVisible()
  })

  test('each request links to its workflow in the Temporal UI, which answers there', async () => {
    const { administrator } = await twoRequests()
    const page = await portals.openAs(portals.me, `/admin/requests?q=${administrator.id}`)

    await queueOn(page).expand(administrator)
    const link = queueOn(page).details(administrator).getByRole('link', { name: 'Workflow in Temporal' })
    const address = (await link.getAttribute('href')) ?? ''

    expect(address).toContain(administrator.id)
    expect((await fetch(address)).status).toBe(200)
  })
})
