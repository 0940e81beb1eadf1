/** Both portals: what was typed and not sent is there again, however the form was left. */
import type { Locator, Page } from '@playwright/test'
import { describe, test } from 'vitest'
import { faultless, inEveryLook } from './support/axe.ts'
import { made, type Person } from './support/company.ts'
import { expect, usePortals } from './support/portals.ts'

const portals = usePortals()

const restored = (place: Page | Locator) => place.getByText('Draft restored')
const discard = (place: Page | Locator) => place.getByRole('button', { name: 'Discard' }).click()
const nameField = (page: Page) => page.getByRole('textbox', { name: 'Name', exact: true })

/** How much of what was typed this tab still holds. */
const countKept = (page: Page) =>
  page.evaluate<number>(`Object.keys(sessionStorage).filter((key) => key.startsWith('gatehouse.draft')).length`)

/** As when nobody has used the browser for long. */
async function endSession(page: Page): Promise<void> {
  const { request } = page.context()
  const { csrfToken } = (await (await request.get('/api/v1/me')).json()) as { csrfToken: string }
  await request.delete('/api/v1/session', { headers: { 'x-csrf-token': csrfToken } })
}

async function signIn(page: Page, { name, email }: Person): Promise<void> {
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(portals.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('button', { name: `Account of ${name}` })).toBeVisible()
}

async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Account of/ }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page.getByLabel('Email')).toBeVisible()
}

/** Somebody who has begun to ask for a flow. */
async function asking() {
  const person = await portals.person('Ada')
  const flow = await portals.flow('Vault', { durations: ['P5D', 'P30D'] })
  const page = await portals.openAs(person, `/portal/catalog?q=${flow.name}`)
  await page.getByRole('link', { name: `Ask for access to ${flow.name}` }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Reason').fill('For the audit.')
  await dialog.getByLabel('For how long').selectOption('P30D')
  return { person, flow, page, dialog }
}

async function expectAsked(dialog: Locator): Promise<void> {
  await expect(restored(dialog)).toBeVisible()
  await expect(dialog.getByLabel('Reason')).toHaveValue('For the audit.')
  await expect(dialog.getByLabel('For how long')).toHaveValue('P30D')
}

describe('asking for access', () => {
  test('a reload and the end of the session lose neither the reason nor the duration, and sending ends the draft', async () => {
    const { person, page, dialog } = await asking()

    await page.reload()
    await expectAsked(dialog)
    await endSession(page)
    await dialog.getByRole('button', { name: 'Send request' }).click()
    await signIn(page, person)
    await expectAsked(dialog)
    await dialog.getByRole('button', { name: 'Send request' }).click()

    await expect(page.getByRole('main')).toContainText('For the audit.')
    await expect.poll(() => countKept(page)).toBe(0)
  })

  test('Back loses nothing, and Cancel is meant', async () => {
    const { flow, page, dialog } = await asking()

    await page.evaluate('history.back()')
    await expect(dialog.getByRole('status')).toHaveText('Press Esc again to discard what you entered.')
    await page.evaluate('history.back()')
    await expect(dialog).toHaveCount(0)
    await page.getByRole('link', { name: `Ask for access to ${flow.name}` }).click()
    await expectAsked(dialog)
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await expect(dialog).toHaveCount(0)
    await page.getByRole('link', { name: `Ask for access to ${flow.name}` }).click()

    await expect(dialog.getByLabel('Reason')).toHaveValue('')
    await expect(restored(dialog)).toHaveCount(0)
  })

  test('one Escape does not throw away what was restored; Discard empties the form, and writing goes on there', async () => {
    const { page, dialog } = await asking()
    await page.reload()
    await expectAsked(dialog)

    await page.keyboard.press('Escape')
    await expect(dialog.getByRole('status')).toHaveText('Press Esc again to discard what you entered.')
    await discard(dialog)

    await expect(restored(dialog)).toHaveCount(0)
    await expect(dialog.getByLabel('Reason')).toHaveValue('')
    await expect(dialog.getByLabel('Reason')).toBeFocused()
    await expect(dialog.getByLabel('For how long')).toHaveValue('P5D')
    await expect.poll(() => countKept(page)).toBe(0)
  })

  test('signing out leaves nothing behind, and nobody else finds what was typed', async () => {
    const { person, flow, page, dialog } = await asking()
    const other = await portals.person('Ben')
    const address = `/portal/catalog/${flow.id}`

    await endSession(page)
    await dialog.getByRole('button', { name: 'Send request' }).click()
    await signIn(page, other)
    await expect(dialog.getByLabel('Reason')).toHaveValue('')
    await expect.poll(() => countKept(page)).toBe(0)
    await dialog.getByLabel('Reason').fill('For me.')
    expect(await countKept(page)).toBe(1)
    await page.goto('/portal/requests')
    await signOut(page)

    await expect.poll(() => countKept(page)).toBe(0)
    await signIn(page, person)
    await page.goto(address)
    await expect(dialog.getByLabel('Reason')).toHaveValue('')
  })

  test('signing out in one tab takes the drafts of the others along', async () => {
    const { page } = await asking()
    const tab = await portals.openBeside(page, '/portal/requests')

    await signOut(tab)

    await expect.poll(() => countKept(page)).toBe(0)
  })

  test('what is restored has no fault that a checker finds, light, dark or on a phone', async () => {
    const { page, dialog } = await asking()
    await page.reload()
    await expectAsked(dialog)

    expect(await inEveryLook(page)).toEqual(faultless)
  })
})

describe('deciding', () => {
  const texts = ['Reason', 'Next steps', 'Internal notes']

  test('the reasons of Deny Access are there again after a reload, for this request only', async () => {
    const flow = await portals.flow('Vault')
    const [first, second] = [
      await portals.ask(await portals.person('Ada'), flow),
      await portals.ask(await portals.person('Ben'), flow),
    ]
    const page = await portals.openAs(portals.me, `/admin/requests/${first.id}`)
    const dialog = page.getByRole('dialog')
    const deny = () => page.getByRole('button', { name: 'Deny Access' }).click()
    await deny()
    for (const label of texts) await dialog.getByLabel(label).fill(`${label} of Ada`)

    await page.reload()
    await deny()
    await expect(restored(dialog)).toBeVisible()
    for (const label of texts) await expect(dialog.getByLabel(label)).toHaveValue(`${label} of Ada`)
    await page.goto(`/admin/requests/${second.id}`)
    await deny()
    await expect(dialog.getByLabel('Reason')).toHaveValue('')
    await page.goto(`/admin/requests/${first.id}`)
    await deny()
    await dialog.getByRole('button', { name: 'Deny Access' }).click()

    await expect(page.getByRole('main')).toContainText('Reason of Ada')
    await expect.poll(() => countKept(page)).toBe(0)
  })

  test('a duration of one’s own and the message of Grant Access are there again', async () => {
    const flow = await portals.flow('Vault', { durations: ['P30D'] })
    const request = await portals.ask(await portals.person('Ada'), flow, { requestedDuration: 'P30D' })
    const page = await portals.openAs(portals.me, `/admin/requests/${request.id}`)
    const dialog = page.getByRole('dialog')
    const grant = () => page.getByRole('button', { name: 'Grant Access' }).click()
    await grant()
    await dialog.getByLabel('Duration').selectOption({ label: 'Other' })
    await dialog.getByLabel('Amount').fill('3')
    await dialog.getByLabel(/^Message/).fill('Be quick.')

    await page.reload()
    await grant()
    await expect(dialog.getByLabel('Amount')).toHaveValue('3')
    await expect(dialog.getByLabel(/^Message/)).toHaveValue('Be quick.')
    await discard(dialog)

    await expect(dialog.getByLabel('Amount')).toHaveCount(0)
    await expect(dialog.getByLabel('Duration')).toHaveValue('P30D')
  })

  test('a reason for many is there again when the same ones are selected', async () => {
    const flow = await portals.flow('Fleet')
    for (const word of ['Ada', 'Ben']) await portals.ask(await portals.person(word), flow)
    const page = await portals.openAs(portals.me, `/admin/requests?q=${flow.name}`)
    const dialog = page.getByRole('dialog')
    async function denyAll(): Promise<void> {
      await page.getByRole('checkbox', { name: 'Select all on this page' }).check()
      await page.getByRole('region', { name: 'Selected requests' }).getByRole('button', { name: 'Deny Access' }).click()
    }
    await denyAll()
    await dialog.getByLabel('Reason').fill('All of them.')

    await page.reload()
    await denyAll()

    await expect(restored(dialog)).toBeVisible()
    await expect(dialog.getByLabel('Reason')).toHaveValue('All of them.')
  })
})

describe('the flow editor', () => {
  test('a link that leads away says that a draft stays, which is there again and can be discarded', async () => {
    const group = await portals.group()
    const page = await portals.openAs(portals.me, '/admin/flows')
    await page.getByRole('link', { name: 'Create' }).first().click()
    await nameField(page).fill('Telescope')
    await page.getByRole('combobox', { name: /^User group/ }).fill(group.name)
    await page.getByRole('option', { name: group.name }).click()
    await page.getByRole('radio', { name: 'Assigned approvers' }).check()
    await page.getByRole('button', { name: 'Add approver' }).click()
    await page.getByRole('menuitem', { name: "Requester's manager" }).click()

    await page.getByRole('link', { name: 'Applications' }).click()
    const leaving = page.getByRole('dialog', { name: 'Leave without saving?' })
    await expect(leaving).toContainText('They stay as a draft in this tab, until you sign out.')
    await leaving.getByRole('button', { name: 'Leave' }).click()
    await expect(page).toHaveURL(/\/admin\/applications$/)
    await page.goto('/admin/flows/new')

    await expect(restored(page)).toBeVisible()
    await expect(nameField(page)).toHaveValue('Telescope')
    await expect(page.getByRole('combobox', { name: /^User group/ })).toHaveValue(group.name)
    await expect(page.getByRole('listitem').filter({ hasText: "Requester's manager" }).first()).toBeVisible()
    await discard(page)
    await expect(nameField(page)).toHaveValue('')
    await expect(page.getByRole('combobox', { name: /^User group/ })).toHaveValue('')
    await page.goto('/admin/flows/new')
    await expect(nameField(page)).toHaveValue('')
    await expect(restored(page)).toHaveCount(0)
  })

  test('the draft of a flow that somebody else has changed meanwhile does not overwrite that', async () => {
    const flow = await portals.flow('Vault')
    const page = await portals.openAs(portals.me, `/admin/flows/${flow.id}`)
    await page.getByRole('textbox', { name: 'Description' }).fill('Mine')
    const {
      id: _,
      groupName: __,
      openRequests: ___,
      createdAt: ____,
      updatedAt: _____,
      ...now
    } = made(await portals.admin.get(`/approval-flows/${flow.id}`))
    made(await portals.admin.put(`/approval-flows/${flow.id}`, { ...now, description: 'Theirs' }))

    await page.reload()
    await expect(page.getByRole('textbox', { name: 'Description' })).toHaveValue('Mine')
    await page.getByRole('button', { name: 'Save' }).click()
    const again = page.getByRole('button', { name: 'Load again and drop my changes' })
    await expect(again).toBeVisible()
    expect(made(await portals.admin.get(`/approval-flows/${flow.id}`)).description).toBe('Theirs')
    await again.click()

    await expect(page.getByRole('textbox', { name: 'Description' })).toHaveValue('Theirs')
    await expect(restored(page)).toHaveCount(0)
    await expect.poll(() => countKept(page)).toBe(0)
  })
})

describe('making something', () => {
  test.each([
    { path: 'groups', act: 'Create group' },
    { path: 'applications', act: 'Create application' },
  ])('$act: what was typed is there again after a reload', async ({ path, act }) => {
    const page = await portals.openAs(portals.me, `/admin/${path}?create=true`)
    await nameField(page).fill('Telescope')

    await page.reload()
    await page.getByRole('button', { name: act }).first().click()

    await expect(restored(page.getByRole('dialog'))).toBeVisible()
    await expect(nameField(page)).toHaveValue('Telescope')
  })

  test('a secret is never kept', async () => {
    const page = await portals.openAs(portals.me, '/admin/connectors')
    await page.getByRole('button', { name: 'Create connector' }).first().click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Name').fill('Door')
    await dialog.getByLabel('Signing secret').fill('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw')
    await page.goto('/admin/users?create=true')
    await dialog.getByLabel('Email').fill('ada@example.test')
    await dialog.getByLabel('Password', { exact: true }).fill('correct-horse-battery')

    expect(await page.evaluate('JSON.stringify({ ...sessionStorage, ...localStorage })')).not.toMatch(/whsec|horse/)
  })
})
