/** Admin Portal: overview, user groups, applications, settings and API tokens. */
import { afterEach, describe, test } from 'vitest'
import { startWebhookTarget } from '../connectors/webhook-target.ts'
import { createClient } from '../support/client.ts'
import { made } from './support/company.ts'
import { expect, usePortals } from './support/portals.ts'

const portals = usePortals()

const picture = '<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16"><rect width="16" height="16"/></svg>'

describe('the overview', () => {
  test('it shows open requests by age, the time to decision per flow, and who holds requests longest', async () => {
    const approver = await portals.person('Olga')
    const flow = await portals.flow('Lab', { approvers: [{ kind: 'user', userId: approver.id }] })
    const decided = await portals.ask(await portals.person('Ada'), flow)
    made(await (await portals.as(approver)).post(`/access-requests/${decided.id}/decisions`, { decision: 'approve' }))
    await portals.ask(await portals.person('Ben'), flow)
    const page = await portals.openAs(portals.me, '/admin/overview')

    await expect(page.getByRole('table', { name: 'Open requests by age' })).toContainText('Today')
    await expect(page.getByRole('table', { name: 'Time to decision' })).toContainText(flow.name)
    const holder = page
      .getByRole('table', { name: 'Who holds requests longest' })
      .getByRole('row')
      .filter({ hasText: approver.name })

    await expect(holder).toContainText('1')
  })
})

describe('user groups and applications', () => {
  test('a group is created, gets a member, and gives them the application bound to it', async () => {
    const person = await portals.person('Ada')
    const names = { group: portals.unique('Crew'), application: portals.unique('Console') }
    const page = await portals.openAs(portals.me, '/admin/groups')

    await page.getByRole('button', { name: 'Create group' }).first().click()
    await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill(names.group)
    await page.getByRole('dialog').getByRole('button', { name: 'Create group' }).click()
    await expect(page.getByText(`${names.group} was created.`)).toBeVisible()
    await page.goto(`/admin/groups?q=${names.group}`)
    await page.getByRole('link', { name: names.group }).click()
    await page.getByRole('combobox', { name: 'User' }).fill(person.name)
    await page.getByRole('option', { name: person.name }).click()
    await page.getByRole('button', { name: 'Add member' }).click()
    await expect(page.getByRole('table', { name: 'Members' })).toContainText(person.name)

    await page.goto('/admin/applications')
    await page.getByRole('button', { name: 'Create application' }).first().click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox', { name: 'Name' }).fill(names.application)
    await dialog.getByRole('textbox', { name: 'Address', exact: true }).fill('https://console.example.com')
    await dialog.getByLabel('Groups').and(dialog.locator('input')).first().fill(names.group)
    await page.getByRole('option', { name: names.group }).click()
    await dialog.getByRole('button', { name: 'Create application' }).click()
    await expect(page.getByText(`${names.application} was created.`)).toBeVisible()

    const portal = await portals.openAs(person, '/portal/applications')
    await expect(portal.getByRole('link', { name: names.application })).toBeVisible()
  })

  test('logos are shown from our own address, and initials where there is none to be had', async () => {
    const host = await startWebhookTarget(({ url }, response) =>
      url === '/logo.svg' ? response.setHeader('content-type', 'image/svg+xml').end(picture) : response.destroy(),
    )
    const group = await portals.group()
    const make = async (name: string, path: string) => {
      const fields = { name: portals.unique(name), url: 'https://app.example.com', groupIds: [group.id] }
      return made(await portals.admin.post('/applications', { ...fields, logoUrl: new URL(path, host.url).href }))
    }
    const [pictured, broken] = [await make('Pictured', '/logo.svg'), await make('Broken', '/none.svg')]
    const person = await portals.person('Ada')
    made(await portals.admin.put(`/user-groups/${group.id}/members/${person.id}`))

    const page = await portals.openAs(person, '/portal/applications')
    const tile = (name: string) => page.getByRole('listitem').filter({ hasText: name })
    const logo = tile(pictured.name).locator('img')
    await expect(tile(broken.name)).toContainText(/^B\d/)

    await expect(logo).toHaveAttribute('src', new RegExp(`^/api/v1/applications/${pictured.id}/logo\\?v=`))
    await expect(logo).toHaveJSProperty('naturalWidth', 16)
    const policy = (await page.reload())?.headers()['content-security-policy']
    expect(policy).toContain("img-src 'self' data:;")
    await host.close()
  })
})

describe('settings', () => {
  afterEach(async () => {
    const { mails } = made(await portals.admin.get('/settings'))
    const all = Object.fromEntries(Object.keys(mails as object).map((kind) => [kind, true]))
    made(await portals.admin.put('/settings', { requestsEnabled: true, exposeProgress: true, mails: all }))
  })

  test('switching access requests off stops new ones, and each kind of mail can be switched off', async () => {
    const person = await portals.person('Ada')
    const flow = await portals.flow('Vault')
    const page = await portals.openAs(portals.me, '/admin/settings')

    await page.getByRole('checkbox', { name: 'People can ask for access' }).uncheck()
    await page.getByRole('checkbox', { name: 'Their request was denied' }).uncheck()
    await expect(page.getByText('2 changes not saved')).toBeVisible()
    await page.getByRole('button', { name: 'Save settings' }).click()
    await expect(page.getByText('The settings are saved.')).toBeVisible()

    const refused = await (await portals.as(person)).post('/access-requests', {
      approvalFlowId: flow.id,
      reason: 'Now.',
    })
    expect(refused.status).toBe(403)
    const settings = made(await portals.admin.get('/settings'))
    expect(settings).toMatchObject({ requestsEnabled: false, mails: { request_denied: false, request_approved: true } })
  })
})

describe('the company', () => {
  afterEach(async () => {
    const now = made(await portals.admin.get('/settings'))
    const plain = { companyName: null, companyColor: null, companyLogoUrl: null }
    made(await portals.admin.put('/settings', { ...now, ...plain }))
  })

  test('its name, logo and colour appear in both portals and in mails', async () => {
    const host = await startWebhookTarget((_, response) =>
      response.setHeader('content-type', 'image/svg+xml').end(picture),
    )
    const [person, flow] = [await portals.person('Ada'), await portals.flow('Vault')]
    const page = await portals.openAs(portals.me, '/admin/settings')
    const company = page.getByRole('region', { name: 'Company' })
    await company.getByLabel('What the service is called').fill('Acme Access')
    await company.getByLabel('Colour of buttons').fill('#7a1f5c')
    await company.getByLabel('Address of the logo').fill(new URL('/logo.svg', host.url).href)

    await page.getByRole('button', { name: 'Save settings' }).click()
    await expect(page.getByText('The settings are saved.')).toBeVisible()

    const portal = await portals.openAs(person, `/portal/catalog/${flow.id}`)
    const button = portal.getByRole('button', { name: 'Send request' })
    await expect(button).toHaveCSS('background-color', 'rgb(122, 31, 92)')
    for (const shown of [page, portal]) {
      const brand = shown.getByRole('link', { name: 'Acme Access', includeHidden: true })
      await expect(brand.locator('img')).toHaveJSProperty('naturalWidth', 16)
    }
    await portal.getByLabel('Reason').fill('For the audit.')
    await button.click()
    const mail = async () => (await portals.mailsTo(person)).find(({ text }) => text.includes(flow.name))?.html ?? ''
    for (const part of ['Acme Access', '#7a1f5c', `${portals.base}/api/v1/company/logo`])
      await expect.poll(mail).toContain(part)
    await host.close()
  })
})

describe('API tokens', () => {
  test('a token is shown once, works within its scopes, and is refused after it was revoked', async () => {
    const name = portals.unique('Export')
    const page = await portals.openAs(portals.me, '/admin/api-tokens')

    await page.getByRole('button', { name: 'Create token' }).first().click()
    await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill(name)
    await page.getByRole('combobox', { name: 'Scopes' }).selectOption({ label: 'Only these' })
    await page.getByRole('checkbox', { name: 'Read DI events' }).check()
    await page.getByRole('dialog').getByRole('button', { name: 'Create token' }).click()
    await expect(page.getByText('Copy it now: you will not see it again.')).toBeVisible()
    const token = await page.getByRole('dialog').getByRole('textbox', { name: 'Token' }).inputValue()
    await page.getByRole('button', { name: 'I have saved it' }).click()
    const client = createClient(portals.base, { token })
    const statuses = [
      (await client.get('/directory-insights/events?limit=1')).status,
      (await client.get('/access-requests?limit=1')).status,
    ]
    await expect(page.getByRole('table', { name: 'API tokens' })).toContainText(name)
    expect(await page.content()).not.toContain(token)
    await page.getByRole('button', { name: `Revoke the token ${name}` }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click()
    await expect(page.getByText(`The token “${name}” is revoked.`)).toBeVisible()

    expect([...statuses, (await client.get('/directory-insights/events?limit=1')).status]).toEqual([200, 403, 401])
  })
})
