/** Admin Portal besides the queue: users, approval flows, active access, DI events. */
import { readFile } from 'node:fs/promises'
import { describe, test } from 'vitest'
import { made } from './support/company.ts'
import { expect, usePortals } from './support/portals.ts'

const portals = usePortals()

/** Timed access that somebody has. */
async function timedAccess(word: string) {
  const person = await portals.person(word)
  const flow = await portals.flow('Vault', { approvalType: 'automatic', approvers: [], durations: ['P10D'] })
  const request = await portals.ask(person, flow, { requestedDuration: 'P10D' })
  return { person, flow, request }
}

describe('users', () => {
  test('users are listed, searched by name or email, and filtered by state', async () => {
    const person = await portals.person('Ada', { department: 'Research', jobTitle: 'Chemist' })
    const suspended = await portals.person('Sue', { state: 'suspended' })
    const page = await portals.openAs(portals.me, '/admin/users')
    const rows = page.getByRole('table', { name: 'Users' }).locator('[data-row]')

    await page.getByRole('searchbox', { name: 'Search by name or email' }).fill(person.email)
    await expect(rows).toHaveText([new RegExp(`${person.name}.*${person.email}.*Research.*Chemist.*Activated`)])
    await page.getByRole('searchbox', { name: 'Search by name or email' }).fill('')
    await page.getByLabel('State').selectOption('Suspended')

    await expect(rows.filter({ hasText: suspended.name })).toBeVisible()
    await expect(rows.filter({ hasText: person.name })).toHaveCount(0)
  })

  test('a user is created with a manager, and can sign in', async () => {
    const manager = await portals.person('Mo')
    const name = portals.unique('Nina')
    const email = `${name.replace(' ', '.').toLowerCase()}@example.test`
    const page = await portals.openAs(portals.me, '/admin/users')

    await page.getByRole('button', { name: 'Create user' }).first().click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox', { name: 'Name' }).fill(name)
    await dialog.getByRole('textbox', { name: 'Email' }).fill(email)
    await dialog.getByRole('combobox', { name: 'Manager' }).fill(manager.name)
    await dialog.getByRole('option', { name: manager.name }).click()
    await dialog.getByLabel('Password', { exact: true }).fill(portals.password)
    await dialog.getByRole('button', { name: 'Create user' }).click()

    await expect(page.getByText(`${name} was created.`)).toBeVisible()
    const me = await (await portals.as({ email })).get('/me')
    expect(me.body.user).toMatchObject({ name })
    const found = await portals.admin.get(`/users?q=${email}`)
    expect(found.body.items[0].manager).toMatchObject({ id: manager.id })
  })

  test('the details of a user show groups and grants beside the employment information', async () => {
    const { person, flow } = await timedAccess('Ada')
    const application = portals.unique('Workbench')
    made(
      await portals.admin.post('/applications', {
        name: application,
        url: 'https://a.example.com',
        groupIds: [flow.groupId],
      }),
    )
    const page = await portals.openAs(portals.me, `/admin/users/${person.id}`)
    await expect(page.getByRole('heading', { name: 'Employment Information' })).toBeVisible()

    await page.getByRole('tab', { name: 'Groups' }).click()
    await expect(page.getByRole('table', { name: 'Groups of this user' })).toContainText('By approved request')
    await page.getByRole('tab', { name: 'Access' }).click()

    await expect(page.getByRole('table', { name: 'Applications' })).toContainText(application)
    await expect(page.getByRole('table', { name: 'Access by approved requests' })).toContainText(flow.name)
  })

  test('suspending a user asks first, and cancels their open requests with the cause shown', async () => {
    const person = await portals.person('Ada')
    const request = await portals.ask(person, await portals.flow('Vault'))
    const page = await portals.openAs(portals.me, `/admin/users/${person.id}`)

    await page.getByRole('button', { name: 'Suspend' }).click()
    await expect(page.getByRole('dialog')).toContainText('their open requests are canceled')
    await page.getByRole('dialog').getByRole('button', { name: 'Suspend' }).click()
    await expect(page.getByText('Suspended', { exact: true })).toBeVisible()
    await page.goto(`/admin/requests/${request.id}`)

    await expect(page.getByRole('main')).toContainText('Canceled')
    await expect(page.getByRole('main')).toContainText('The requester was suspended.')
  })
})

describe('active access', () => {
  test('timed grants are listed with the time left, and one is revoked after asking', async () => {
    const { person, flow } = await timedAccess('Ada')
    const page = await portals.openAs(portals.me, `/admin/access?q=${person.name}`)
    const rows = page.getByRole('table', { name: 'Active access' }).locator('[data-row]')
    await expect(rows).toHaveText([new RegExp(`${person.name}.*${flow.name}.*(9|10) days`)])

    await page.getByRole('button', { name: `Revoke the access of ${person.name}` }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
    await expect(rows).toHaveCount(1)
    await page.getByRole('button', { name: `Revoke the access of ${person.name}` }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click()

    await expect(rows).toHaveCount(0)
    expect((await portals.admin.get(`/user-groups/${flow.groupId}/members`)).body.items).toEqual([])
  })

  test('many grants are revoked at once, each with its result', async () => {
    const [first, second] = [await timedAccess('Rev'), await timedAccess('Rev')]
    const page = await portals.openAs(portals.me, '/admin/access?q=Rev')
    await expect(page.locator('[data-row]')).toHaveCount(2)

    await page.getByRole('checkbox', { name: 'Select all on this page' }).check()
    await page.getByRole('region', { name: 'Selected access' }).getByRole('button', { name: 'Revoke' }).click()
    const dialog = page.getByRole('dialog')
    await expect(dialog).toContainText('Revoke 2 grants?')
    await dialog.getByRole('button', { name: 'Revoke' }).click()

    await expect(dialog).toContainText('2 of 2 revoked')
    for (const { person, flow } of [first, second])
      await expect(dialog.getByRole('listitem').filter({ hasText: `${flow.name} for ${person.name}` })).toBeVisible()
    await dialog.getByRole('button', { name: 'Close' }).last().click()
    await expect(page.locator('[data-row]')).toHaveCount(0)
  })
})

describe('DI events', () => {
  test('events are searched and filtered, and the filters live in the address', async () => {
    const flow = await portals.flow('Watched')
    const person = await portals.person('Ada')
    await portals.ask(person, flow)
    const page = await portals.openAs(portals.me, '/admin/events')
    const rows = page.getByRole('table', { name: 'DI events' }).locator('[data-row]')

    await page.getByRole('searchbox', { name: 'Search person, resource, note or text' }).fill(flow.name)
    await page.getByLabel('Event type').selectOption('access_management_approval_flow_create')
    await expect(rows).toHaveText([new RegExp(`Approval flow created.*${portals.me.email}.*${flow.name}`)])
    await page.getByLabel('Event type').selectOption('access_management_access_request')
    await page.getByRole('searchbox', { name: 'Initiated by' }).fill(person.email)
    await expect(rows).toHaveText([new RegExp(`Request submitted or decided.*${person.email}`)])
    await page.reload()
    await expect(rows).toHaveCount(1)
    await page.getByRole('button', { name: 'Clear filters' }).click()

    await expect(rows).toHaveCount(20)
  })

  test('one event opens at its own address with all it holds', async () => {
    const { person, request } = await timedAccess('Ada')
    const query = `q=${request.approvalFlow.name}&eventType=access_management_access_request`
    const [event] = made(await portals.admin.get(`/directory-insights/events?${query}`)).items
    const page = await portals.openAs(portals.me, `/admin/events/${event.id}`)

    await expect(page.getByRole('heading', { level: 1, name: 'Request submitted or decided' })).toBeVisible()
    for (const text of [event.id, person.email, event.workflow.id, event.client_ip])
      await expect(page.getByRole('main')).toContainText(text)
    await page.getByRole('link', { name: request.id }).click()

    await expect(page).toHaveURL(new RegExp(`/admin/requests/${request.id}$`))
  })

  test('the export holds the events that the filters show', async () => {
    const flow = await portals.flow('Exported')
    await portals.ask(await portals.person('Ada'), flow)
    const page = await portals.openAs(portals.me, `/admin/events?q=${flow.name}`)
    const rows = page.getByRole('table', { name: 'DI events' }).locator('[data-row]')
    await expect(rows.first()).toBeVisible()
    const shown = await Promise.all((await rows.all()).map((row) => row.getAttribute('data-row')))

    const texts: string[] = []
    for (const format of ['JSON', 'CSV']) {
      await page.getByRole('button', { name: 'Export' }).click()
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('menuitem', { name: format }).click(),
      ])
      texts.push(await readFile(await file.path(), 'utf8'))
    }

    const [json = '', csv = ''] = texts
    expect((JSON.parse(json) as { id: string }[]).map(({ id }) => id)).toEqual(shown)
    expect(csv.trim().split('\n')).toHaveLength(shown.length + 1)
    for (const id of shown) expect(csv).toContain(String(id))
  })
})

describe('approval flows', () => {
  test('disabling a flow with open requests warns first, and cancels them; enabling needs no question', async () => {
    const flow = await portals.flow('Vault')
    const request = await portals.ask(await portals.person('Ada'), flow)
    const page = await portals.openAs(portals.me, `/admin/flows?q=${flow.name}`)
    const toggle = page.getByRole('checkbox', { name: `${flow.name} enabled` })

    await toggle.click()
    await expect(page.getByRole('dialog')).toContainText('1 open request will be canceled. Access already given stays.')
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
    await expect(toggle).toBeChecked()
    await toggle.click()
    await page.getByRole('dialog').getByRole('button', { name: 'Disable' }).click()
    await expect(toggle).not.toBeChecked()
    await expect.poll(async () => (await portals.request(request.id)).status).toBe('canceled')
    await toggle.click()

    await expect(toggle).toBeChecked()
    await expect(page.getByRole('dialog')).toHaveCount(0)
  })

  test('deleting a flow with open requests warns first, and the requester sees the cause', async () => {
    const flow = await portals.flow('Vault')
    const requester = await portals.person('Ada')
    const request = await portals.ask(requester, flow)
    const page = await portals.openAs(portals.me, `/admin/flows?q=${flow.name}`)

    await page.getByRole('button', { name: `Delete ${flow.name}` }).click()
    await expect(page.getByRole('dialog')).toContainText('1 open request will be canceled.')
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
    await expect(page.getByRole('heading', { name: 'No approval flows found' })).toBeVisible()
    const portal = await portals.openAs(requester, `/portal/requests/${request.id}`)

    await expect(portal.getByRole('main')).toContainText('Canceled')
    await expect(portal.getByRole('main')).toContainText('The approval flow was deleted.')
  })
})
