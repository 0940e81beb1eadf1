/** User Portal: what I have, what I can ask for, what I have asked for, and what waits for me. */
import type { Page } from '@playwright/test'
import { afterEach, describe, test } from 'vitest'
import { eventually } from '../support/service.ts'
import { type Flow, made, type Person } from './support/company.ts'
import { expect, usePortals } from './support/portals.ts'

const portals = usePortals()
const automatic = { approvalType: 'automatic', approvers: [] }

const tile = (page: Page, { id }: Flow) => page.locator(`[data-flow="${id}"]`)

/** A flow that one person decides on, and somebody's request for it. */
async function aRequestFor(approver: Person, more: object = {}) {
  const requester = await portals.person('Ada', { department: 'Research' })
  const flow = await portals.flow('Lab', { approvers: [{ kind: 'user', userId: approver.id }], ...more })
  return { requester, flow, request: await portals.ask(requester, flow, { reason: 'Samples to analyse' }) }
}

describe('Applications', () => {
  test('Applications shows what I have, and until when', async () => {
    const person = await portals.person('Ada')
    const names = { timed: portals.unique('Workbench'), lasting: portals.unique('Notebook') }
    const timed = await portals.flow('Timed', { ...automatic, durations: ['P5D'] })
    const lasting = await portals.flow('Lasting', automatic)
    for (const [name, { groupId }] of [
      [names.timed, timed],
      [names.lasting, lasting],
    ] as const)
      made(await portals.admin.post('/applications', { name, url: 'https://tool.example.com/', groupIds: [groupId] }))
    await portals.ask(person, timed, { requestedDuration: 'P5D' })
    await portals.ask(person, lasting)

    const page = await portals.openAs(person, '/portal/applications')

    const item = (name: string) => page.getByRole('main').getByRole('listitem').filter({ hasText: name })
    await expect(item(names.timed)).toContainText(/Access ends in [45] days/)
    await expect(item(names.lasting)).toContainText('No end date')
    await expect(page.getByRole('link', { name: names.timed })).toHaveAttribute('href', 'https://tool.example.com/')
  })
})

describe('Requests', () => {
  test('the catalogue holds the flows visible to me, with search and with who approves', async () => {
    const manager = await portals.person('Mo')
    const owner = await portals.person('Owen')
    const person = await portals.person('Ada', { managerId: manager.id })
    const group = await portals.group()
    const approvers = [{ kind: 'manager' }, { kind: 'resource_owner', userId: owner.id }]
    const open = await portals.flow('Open lab', { approvers, description: 'Benches and hoods' })
    const atOnce = await portals.flow('Canteen', automatic)
    const closed = await portals.flow('Board', { visibleToGroupIds: [group.id] })
    const page = await portals.openAs(person, '/portal/catalog')

    await expect(tile(page, open)).toContainText(manager.name)
    await expect(tile(page, open)).toContainText(owner.name)
    await expect(tile(page, atOnce)).toContainText('Nobody: access is given at once')
    await expect(tile(page, closed)).toHaveCount(0)
    await page.getByRole('searchbox', { name: 'Search the catalogue' }).fill('benches')

    await expect(tile(page, atOnce)).toHaveCount(0)
    await expect(tile(page, open)).toBeVisible()
  })

  test('asking needs a reason, offers the durations of the flow, and leads to the request', async () => {
    const person = await portals.person('Ada')
    const flow = await portals.flow('Vault', { durations: ['P5D', 'P30D'] })
    const page = await portals.openAs(person, `/portal/catalog?q=${flow.name}`)

    await page.getByRole('link', { name: `Ask for access to ${flow.name}` }).click()
    const dialog = page.getByRole('dialog', { name: `Ask for ${flow.name}` })
    await dialog.getByRole('button', { name: 'Send request' }).click()
    await expect(dialog).toContainText('Say why you need it.')
    await dialog.getByLabel('Reason').fill('For the audit.')
    await dialog.getByLabel('For how long').selectOption({ label: '30 days' })
    await dialog.getByRole('button', { name: 'Send request' }).click()

    await expect(page).toHaveURL(/\/portal\/requests\//)
    for (const text of ['Pending', 'For the audit.', '30 days'])
      await expect(page.getByRole('main')).toContainText(text)
    const request = await portals.request(page.url().split('/').at(-1) ?? '')
    expect(request).toMatchObject({ requestedDuration: 'P30D', reason: 'For the audit.', requester: { id: person.id } })
  })

  test('my requests are searched by what was asked for, the reason and the id', async () => {
    const person = await portals.person('Ada')
    const [vault, lab] = [await portals.flow('Vault'), await portals.flow('Lab')]
    const first = await portals.ask(person, vault, { reason: 'Keys for the audit.' })
    await portals.ask(person, lab, { reason: 'A bench in spring.' })
    const page = await portals.openAs(person, '/portal/requests')
    const row = (flow: Flow) => page.getByRole('row').filter({ hasText: flow.name })
    const search = page.getByRole('searchbox', { name: 'Search my requests' })
    await expect(row(lab)).toBeVisible()

    for (const text of [vault.name, 'keys audit', first.id]) {
      await search.fill(text)
      await expect(row(lab)).toHaveCount(0)
      await expect(row(vault)).toBeVisible()
      await search.fill('')
      await expect(row(lab)).toBeVisible()
    }
    await search.fill('submarine')

    await expect(
      page.getByRole('status').filter({ hasText: 'None of your requests matches “submarine”.' }),
    ).toBeVisible()
    await expect(page).toHaveURL(/\?q=submarine$/)
  })

  test('an automatic flow gives access at once', async () => {
    const person = await portals.person('Ada')
    const flow = await portals.flow('Canteen', automatic)
    const page = await portals.openAs(person, `/portal/catalog/${flow.id}`)

    await page.getByRole('dialog').getByLabel('Reason').fill('Lunch.')
    await page.getByRole('dialog').getByRole('button', { name: 'Send request' }).click()

    await expect(page.getByRole('main')).toContainText('Approved')
    await expect(page.getByRole('main')).toContainText('Granted automatically')
    await page.goto('/portal/catalog')
    await expect(tile(page, flow)).toContainText('You have access')
  })

  test('asking again while a request is open or access is there is not offered', async () => {
    const person = await portals.person('Ada')
    const flow = await portals.flow('Vault')
    await portals.ask(person, flow)

    const page = await portals.openAs(person, `/portal/catalog?q=${flow.name}`)
    await expect(tile(page, flow)).toContainText('Requested')
    await expect(page.getByRole('link', { name: /^Ask/ })).toHaveCount(0)
    await page.goto(`/portal/catalog/${flow.id}`)

    await expect(page.getByRole('dialog')).toContainText('You have already asked for this.')
    await expect(page.getByRole('button', { name: 'Send request' })).toHaveCount(0)
  })

  test('an open request is withdrawn after asking, and can be asked for again', async () => {
    const person = await portals.person('Ada')
    const flow = await portals.flow('Vault')
    await portals.ask(person, flow)
    const page = await portals.openAs(person, '/portal/requests')

    await page.getByRole('button', { name: `Withdraw the request for ${flow.name}` }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Withdraw' }).click()

    await expect(page.getByRole('row').filter({ hasText: flow.name })).toContainText('Canceled')
    await expect(page.getByRole('row').filter({ hasText: flow.name })).toContainText('withdrew')
    await page.getByRole('link', { name: 'Catalogue' }).click()
    await expect(page.getByRole('link', { name: `Ask for access to ${flow.name}` })).toBeVisible()
  })

  describe('the progress', () => {
    const expose = async (exposeProgress: boolean) => {
      const { requestsEnabled, mails } = made(await portals.admin.get('/settings'))
      made(await portals.admin.put('/settings', { requestsEnabled, mails, exposeProgress }))
    }

    afterEach(() => expose(true))

    test('my requests show their progress only while it is exposed', async () => {
      const approver = await portals.person('Olga')
      const { requester, request } = await aRequestFor(approver)
      const page = await portals.openAs(requester, '/portal/requests')
      await expect(page.getByRole('table')).toContainText('0 of 1 approvals')
      await page.goto(`/portal/requests/${request.id}`)
      await expect(page.getByRole('main')).toContainText(`${approver.name}, since`)

      await expose(false)
      await page.reload()

      await expect(page.getByRole('main')).toContainText('Pending')
      await expect(page.getByRole('main')).not.toContainText(approver.name)
      await page.goto('/portal/requests')
      await expect(page.getByRole('table')).toContainText('Pending')
      await expect(page.getByRole('table')).not.toContainText('approvals')
    })
  })
})

describe('Approvals', () => {
  test('what waits for me is counted in the navigation, and approving it moves it to what I have decided', async () => {
    const approver = await portals.person('Olga')
    const { requester, flow } = await aRequestFor(approver)
    const page = await portals.openAs(approver, '/portal/applications')

    const entry = page.getByRole('navigation', { name: 'Main navigation' }).getByRole('link', { name: /^Approvals/ })
    await expect(entry).toContainText('1 request waits for you')
    await entry.click()
    const row = page.getByRole('row').filter({ hasText: requester.name })
    for (const text of [flow.name, 'Research', 'Samples to analyse']) await expect(row).toContainText(text)
    await row.getByRole('button', { name: /^Details of the request/ }).click()
    const details = page.getByRole('complementary', { name: 'Open request' })
    for (const text of ['Research', 'Samples to analyse', 'Already has']) await expect(details).toContainText(text)
    await row.getByRole('button', { name: /^Details of the request/ }).click()
    await row.getByRole('button', { name: /^Approve/ }).click()
    await page
      .getByRole('dialog')
      .getByLabel(/^Reason/)
      .fill('Good work.')
    await page.getByRole('dialog').getByRole('button', { name: 'Approve' }).click()

    await expect(row).toContainText('You approved')
    await expect(entry).not.toContainText('waits for you')
    await page.getByRole('tab', { name: 'Decided' }).click()
    await expect(row).toContainText('Good work.')
    await expect(row).toContainText('Approved')
  })

  test('denying needs a reason, which the requester reads', async () => {
    const approver = await portals.person('Olga')
    const { requester, request } = await aRequestFor(approver)
    const page = await portals.openAs(approver, `/portal/approvals/${request.id}`)

    await page.getByRole('button', { name: /^Deny/ }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Deny' }).click()
    await expect(page.getByRole('dialog')).toContainText('Say why. The requester will read it.')
    await expect(page.getByLabel(/^Internal notes/)).toHaveCount(0)
    await page.getByRole('dialog').getByLabel('Reason').fill('Not your department.')
    await page.getByRole('dialog').getByRole('button', { name: 'Deny' }).click()

    await expect(page.getByRole('main')).toContainText('You denied')
    const theirs = await portals.openAs(requester, `/portal/requests/${request.id}`)
    await expect(theirs.getByRole('main')).toContainText('Denied')
    await expect(theirs.getByRole('main')).toContainText('Not your department.')
  })

  test('an approver whose step an administrator overrode is told who decided', async () => {
    const approver = await portals.person('Olga')
    const { request } = await aRequestFor(approver)
    const page = await portals.openAs(approver, `/portal/approvals/${request.id}`)

    await page.getByRole('button', { name: /^Approve/ }).click()
    made(await portals.admin.post(`/access-requests/${request.id}/deny`, { reason: 'Closed.' }))
    await page.getByRole('dialog').getByRole('button', { name: 'Approve' }).click()

    await expect(page.getByRole('dialog')).toContainText(`${portals.me.name} decided first: Denied.`)
  })
})

describe('links in mails', () => {
  async function signIn(page: Page, { email }: { email: string }): Promise<void> {
    await page.getByLabel('Email').fill(email)
    await page.getByLabel('Password', { exact: true }).fill(portals.password)
    await page.getByRole('button', { name: 'Sign in' }).click()
  }

  /** Where the button of the mail about this flow leads. */
  async function linkIn(person: Person, flow: Flow): Promise<string> {
    const mail = await eventually(async () =>
      (await portals.mailsTo(person)).find(({ subject }) => subject.includes(flow.name)),
    )
    return /href="([^"]*)"/.exec(mail.html)?.[1] ?? ''
  }

  test('the button of an approver’s mail opens that request in the User Portal, through sign-in', async () => {
    const approver = await portals.person('Olga')
    const { requester, flow, request } = await aRequestFor(approver)
    const page = await portals.openAsStranger(await linkIn(approver, flow))
    await expect(page).toHaveURL(/\/sign-in\?next=/)

    await signIn(page, approver)

    await expect(page).toHaveURL(`${portals.base}/portal/approvals/${request.id}`)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(`${flow.name} for ${requester.name}`)
  })

  test('the button Admin Portal Login of an administrator’s mail opens that request', async () => {
    const administrator = await portals.person('Addi', { roles: ['admin'] })
    const flow = await portals.flow('Vault')
    const request = await portals.ask(await portals.person('Ada'), flow)
    const page = await portals.openAsStranger(await linkIn(administrator, flow))

    await signIn(page, administrator)

    await expect(page).toHaveURL(`${portals.base}/admin/requests/${request.id}`)
    await expect(page.getByRole('button', { name: 'Grant Access' })).toBeVisible()
  })

  test.each([
    'https://evil.example/',
    '//evil.example/',
    '/\\evil.example/',
    'javascript:alert(1)',
    '/%09/evil.example',
    '\thttps://evil.example/',
  ])('after signing in only local addresses are followed, not %s', async (next) => {
    const person = await portals.person('Ada')
    const page = await portals.openAsStranger(`/sign-in?next=${encodeURIComponent(next)}`)

    await signIn(page, person)

    await expect(
      page.getByRole('navigation', { name: 'Main navigation' }).or(page.getByText('There is nothing here')).first(),
    ).toBeVisible()
    expect(new URL(page.url()).origin).toBe(portals.base)
  })

  test('a wrong password is refused with one sentence, and the Admin Portal is closed to who is no administrator', async () => {
    const person = await portals.person('Ada')
    const page = await portals.openAsStranger('/admin/requests')

    await signIn(page, { email: `no.${person.email}` })
    await expect(page.getByRole('alert')).toHaveText('That email and password do not match.')
    await signIn(page, person)

    await expect(page.getByRole('heading', { name: 'This is not yours to see' })).toBeVisible()
    await expect(page.getByRole('table')).toHaveCount(0)
  })
})
