/** The first hours with a company that is empty: nothing has to be left in order to make something else. */
import type { Page } from '@playwright/test'
import { describe, test } from 'vitest'
import { faultless, inEveryLook } from './support/axe.ts'
import { made } from './support/company.ts'
import { expect, usePortals } from './support/portals.ts'

const portals = usePortals()

const field = (page: Page, label: string) => page.getByRole('combobox', { name: new RegExp(`^${label}`) })
const dialog = (page: Page, name: string) => page.getByRole('dialog', { name, exact: true })

/** Counts from now on how often somebody clicks, whatever page of the portal they are on. */
async function countClicks(page: Page): Promise<() => Promise<number>> {
  await page.evaluate("window.clicks = 0; addEventListener('click', () => window.clicks++, true)")
  return () => page.evaluate<number>('window.clicks')
}

/** Types what nothing is called, and takes the offer to make it. */
async function takeOffer(page: Page, label: string, name: string, offer: string): Promise<void> {
  await field(page, label).fill(name)
  await page.getByRole('option', { name: offer }).click()
}

describe('an empty list', () => {
  test('it says what it is for, and its button makes the first one', async () => {
    const page = await portals.openAs(portals.me, '/admin/groups')
    const lists = [
      ['groups', 'No user groups yet', 'Create group'],
      ['applications', 'No applications yet', 'Create application'],
      ['connectors', 'No connectors', 'Create connector'],
      ['api-tokens', 'You have no API tokens', 'Create token'],
    ] as const
    for (const [path, title, label] of lists) {
      await page.goto(`/admin/${path}`)
      const nothing = page.getByRole('status').filter({ has: page.getByRole('heading', { name: title }) })
      await nothing.getByRole('button', { name: label }).click()
      await expect(page.getByRole('dialog')).toBeVisible()
    }
    await page.goto('/portal/applications')
    await page.getByRole('link', { name: 'Ask for access' }).click()
    await page.getByRole('link', { name: 'Create an approval flow' }).click()

    await expect(page).toHaveURL(/\/admin\/flows\/new$/)
  })

  test('one that fills by itself says what will stand there, and leads on', async () => {
    const page = await portals.openAs(portals.me, '/admin/requests')
    const nothing = (title: string) =>
      page.getByRole('status').filter({ has: page.getByRole('heading', { name: title }) })

    await expect(nothing('No requests here')).toContainText('there is none yet')
    await nothing('No requests here').getByRole('link', { name: 'Create an approval flow' }).click()
    await expect(page).toHaveURL(/\/admin\/flows\/new$/)
    await page.goto('/admin/mails')
    await nothing('Every mail was sent').getByRole('button', { name: 'Send a test mail' }).click()
    await expect(page.getByRole('button', { name: 'Send a test mail to myself' })).toBeFocused()
    await page.goto('/admin/changes')
    await page.getByRole('link', { name: 'Open the users' }).click()

    await expect(page).toHaveURL(/\/admin\/users$/)
  })

  test('where a search or a filter hides everything, the list takes it back', async () => {
    const page = await portals.openAs(portals.me, '/admin/events?q=nothing-so&type=user_logout')
    const nothing = page.getByRole('status').filter({ has: page.getByRole('heading', { level: 2 }) })

    await expect(nothing).toContainText('No events found')
    await nothing.getByRole('button', { name: 'Clear filters' }).click()
    await expect(page.getByRole('table', { name: 'DI events' })).toBeVisible()
    await expect(page).toHaveURL(/\/admin\/events$/)
    await page.goto('/admin/mails?q=nothing-so&state=refused')
    await expect(nothing).toContainText('No such mail')
    await nothing.getByRole('button', { name: 'Clear' }).click()

    await expect(nothing).toContainText('Every mail was sent')
    await expect(page).toHaveURL(/\/admin\/mails$/)
  })
})

describe('the checklist', () => {
  test('an administrator of an empty company is told the first steps, and led to the form of each', async () => {
    const page = await portals.openAs(portals.me, '/admin/overview')
    const steps = page.getByRole('region', { name: 'First steps' })
    const markOf = (step: string) => steps.getByRole('listitem').filter({ hasText: step }).getByRole('img')
    await expect(steps).toContainText(/[1-7] of 8 done/)
    await expect(markOf('Choose your own password')).toHaveAccessibleName('Done')
    await expect(markOf('Create an application')).toHaveAccessibleName('Not done yet')
    await expect(steps.getByRole('link', { name: 'Create an approval flow' })).toHaveAttribute('href', /flows\/new$/)
    await expect(steps.getByRole('link', { name: 'To the settings' })).toHaveAttribute('href', /settings$/)

    await steps.getByRole('link', { name: 'Create an application' }).click()
    const upper = dialog(page, 'Create application')
    await upper.getByRole('textbox', { name: 'Name' }).fill(portals.unique('Wiki'))
    await upper.getByRole('textbox', { name: 'Address', exact: true }).fill('https://wiki.example.test')
    await upper.getByRole('button', { name: 'Create application' }).click()
    await expect(upper).toHaveCount(0)
    await expect(page).toHaveURL(/applications$/)
    await page.goto('/admin/overview')

    await expect(markOf('Create an application')).toHaveAccessibleName('Done')
    await expect(steps.getByRole('link', { name: 'Create an application' })).toHaveCount(0)
    for (const [link, title] of [
      ['Create a user', 'Create user'],
      ['Create a group', 'Create group'],
    ] as const) {
      await steps.getByRole('link', { name: link }).click()
      await expect(dialog(page, title)).toBeVisible()
      await page.goto('/admin/overview')
    }
    await expect(steps).toBeVisible()
    expect(await inEveryLook(page)).toEqual(faultless)
  })

  test('it goes for who hides it, and for nobody else', async () => {
    const other = await portals.person('Otto', { roles: ['admin'] })
    const page = await portals.openAs(portals.me, '/admin/overview')

    await page.getByRole('button', { name: 'Hide for me' }).click()
    await expect(page.getByRole('region', { name: 'First steps' })).toHaveCount(0)
    await page.reload()

    await expect(page.getByRole('heading', { name: 'No requests yet' })).toBeVisible()
    await expect(page.getByRole('region', { name: 'First steps' })).toHaveCount(0)
    const others = await portals.openAs(other, '/admin/overview')
    await expect(others.getByRole('region', { name: 'First steps' })).toBeVisible()
  })
})

describe('the first flow', () => {
  test('it takes at most six clicks on one page to make it with its group and its application', async () => {
    const page = await portals.openAs(portals.me, '/admin/flows')
    const clicks = await countClicks(page)

    await page.getByRole('link', { name: 'Create' }).first().click()
    await expect(page.getByRole('checkbox', { name: 'New group, called like the flow' })).toBeChecked()
    await page.getByRole('textbox', { name: 'Name' }).click()
    await page.keyboard.type('Telescope')
    await field(page, 'Application').click()
    await page.getByRole('option', { name: 'Create application “Telescope”' }).click()
    await expect(
      dialog(page, 'Create application').getByRole('textbox', { name: 'Address', exact: true }),
    ).toBeFocused()
    await page.keyboard.type('https://telescope.example.test')
    await dialog(page, 'Create application').getByRole('button', { name: 'Create application' }).click()
    await expect(field(page, 'Application')).toHaveValue('Telescope')
    await page.getByRole('button', { name: 'Create', exact: true }).click()

    await expect(page.getByText('Telescope was created.').last()).toBeVisible()
    await expect(page).toHaveURL(/\/admin\/flows$/)
    expect(await clicks()).toBeLessThanOrEqual(6)
    const [flow] = made(await portals.admin.get('/approval-flows?q=Telescope')).items
    const [application] = made(await portals.admin.get('/applications?q=Telescope')).items
    expect(flow.groupName).toBe('Telescope')
    expect(application).toMatchObject({ url: 'https://telescope.example.test', groupIds: [flow.groupId] })
  })

  test('a group of that name is not made twice: the form says so and keeps everything', async () => {
    const group = await portals.group()
    const page = await portals.openAs(portals.me, '/admin/flows/new')

    await page.getByRole('textbox', { name: 'Name' }).fill(group.name)
    await page.getByRole('checkbox', { name: 'New group, called like the flow' }).check()
    await page.getByRole('button', { name: 'Create', exact: true }).click()

    await expect(page.getByText('There is a group of this name')).toBeVisible()
    await expect(page.getByRole('textbox', { name: 'Name' })).toHaveValue(group.name)
    expect(made(await portals.admin.get(`/approval-flows?q=${group.name}`)).items).toEqual([])
  })
})

describe('a field that finds nothing', () => {
  test('the group that a flow gives is made above the flow, and nothing typed there is lost', async () => {
    const name = portals.unique('Observatory')
    await portals.group()
    const page = await portals.openAs(portals.me, '/admin/flows/new')
    await page.getByRole('textbox', { name: 'Name' }).fill('Night shift')
    await page.getByRole('textbox', { name: 'Description' }).fill('On the roof')

    await takeOffer(page, 'User group', name, `Create group “${name}”`)
    await expect(dialog(page, 'Create group').getByRole('textbox', { name: 'Name' })).toHaveValue(name)
    await dialog(page, 'Create group').getByRole('button', { name: 'Create group' }).click()

    await expect(dialog(page, 'Create group')).toHaveCount(0)
    await expect(field(page, 'User group')).toHaveValue(name)
    await expect(page.getByRole('textbox', { name: 'Name' })).toHaveValue('Night shift')
    await expect(page.getByRole('textbox', { name: 'Description' })).toHaveValue('On the roof')
    expect(made(await portals.admin.get(`/user-groups?q=${name}`)).items).toHaveLength(1)
  })

  test('groups that see a flow, approving groups and people are made in their fields as well', async () => {
    const [seeing, deciding, person] = [portals.unique('Viewers'), portals.unique('Council'), portals.unique('Pia')]
    const page = await portals.openAs(portals.me, '/admin/flows/new')
    const add = async (kind: string) => {
      await page.getByRole('button', { name: 'Add approver' }).click()
      await page.getByRole('menuitem', { name: kind }).click()
    }

    await takeOffer(page, 'Visible to', seeing, `Create group “${seeing}”`)
    await dialog(page, 'Create group').getByRole('button', { name: 'Create group' }).click()
    await expect(page.getByRole('button', { name: `Remove ${seeing}` })).toBeVisible()
    await page.getByRole('radio', { name: 'Assigned approvers' }).check()
    await add('User group')
    await page.getByRole('listitem').getByRole('combobox', { name: 'User group' }).fill(deciding)
    await page.getByRole('option', { name: `Create group “${deciding}”` }).click()
    await dialog(page, 'Create group').getByRole('button', { name: 'Create group' }).click()
    await expect(page.getByRole('listitem').getByRole('combobox', { name: 'User group' })).toHaveValue(deciding)
    await add('Named user')
    await takeOffer(page, 'Person', person, `Create user “${person}”`)
    await dialog(page, 'Create user').getByRole('textbox', { name: 'Email' }).fill('pia@example.test')
    await dialog(page, 'Create user').getByRole('button', { name: 'Create user' }).click()

    await expect(field(page, 'Person')).toHaveValue(`${person} (pia@example.test)`)
  })

  test('the groups of an application and the manager of a user are made above their dialogs', async () => {
    const [group, manager] = [portals.unique('Readers'), portals.unique('Mara')]
    const page = await portals.openAs(portals.me, '/admin/applications')
    await page.getByRole('button', { name: 'Create application' }).first().click()
    await dialog(page, 'Create application').getByRole('textbox', { name: 'Name' }).fill('Library')
    await takeOffer(page, 'Groups', group, `Create group “${group}”`)
    await dialog(page, 'Create group').getByRole('button', { name: 'Create group' }).click()
    await expect(dialog(page, 'Create application').getByText(group)).toBeVisible()
    await expect(dialog(page, 'Create application').getByRole('textbox', { name: 'Name' })).toHaveValue('Library')

    await page.goto('/admin/users')
    await page.getByRole('button', { name: 'Create user' }).first().click()
    await takeOffer(page, 'Manager', manager, `Create user “${manager}”`)
    await expect(dialog(page, 'Create user')).toHaveCount(2)
    const upper = dialog(page, 'Create user').last()
    await upper.getByRole('textbox', { name: 'Email' }).fill('mara@example.test')
    await upper.getByRole('button', { name: 'Create user' }).click()
    await expect(dialog(page, 'Create user')).toHaveCount(1)
    await expect(field(page, 'Manager')).toHaveValue(`${manager} (mara@example.test)`)
  })

  test('who is not there yet is made where members are added', async () => {
    const [group, name] = [await portals.group(), portals.unique('Nils')]
    const page = await portals.openAs(portals.me, `/admin/groups/${group.id}`)

    await page.getByRole('combobox').first().fill(name)
    await page.getByRole('option', { name: `Create user “${name}”` }).click()
    await dialog(page, 'Create user').getByRole('textbox', { name: 'Email' }).fill('nils@example.test')
    await dialog(page, 'Create user').getByRole('button', { name: 'Create user' }).click()
    await expect(page.getByRole('combobox').first()).toHaveValue(`${name} (nils@example.test)`)
    await page.getByRole('button', { name: 'Add member', exact: true }).click()

    await expect(page.getByRole('row', { name: new RegExp(name) })).toBeVisible()
  })

  test('Escape closes the dialog on top, and leaves the one below as it is', async () => {
    const page = await portals.openAs(portals.me, '/admin/applications')
    await page.getByRole('button', { name: 'Create application' }).first().click()
    await takeOffer(page, 'Groups', 'Zebra', 'Create group “Zebra”')
    await expect(dialog(page, 'Create group')).toBeVisible()

    await page.keyboard.press('Escape')

    await expect(dialog(page, 'Create group')).toHaveCount(0)
    await expect(dialog(page, 'Create application')).toBeVisible()
    await expect(page.getByText('Press Esc again')).toHaveCount(0)
  })

  test('a dialog above a form has no fault that a checker finds, light, dark or on a phone', async () => {
    const page = await portals.openAs(portals.me, '/admin/flows/new')
    await takeOffer(page, 'Application', 'Zebra', 'Create application “Zebra”')
    await expect(dialog(page, 'Create application')).toBeVisible()

    expect(await inEveryLook(page)).toEqual(faultless)
  })
})

describe('a company that has everything', () => {
  test('its Overview has no checklist', async () => {
    const person = await portals.person('Ada')
    const { name, groupId } = await portals.flow('Vault')
    const application = { name, url: 'https://vault.example.test', groupIds: [groupId] }
    made(await portals.admin.post('/applications', application))
    await portals.ask(person, await portals.flow('Lab'))
    const open = async () => Object.entries(made(await portals.admin.get('/setup'))).filter(([, isDone]) => !isDone)
    // A name is not needed.
    await expect.poll(open).toEqual([['company', false]])
    const page = await portals.openAs(portals.me, '/admin/users')
    const steps = page.waitForResponse('**/api/v1/setup')

    await page.getByRole('link', { name: 'Overview' }).click()
    await steps

    await expect(page.getByRole('table', { name: 'Open requests by age' })).toBeVisible()
    await expect(page.getByRole('region', { name: 'First steps' })).toHaveCount(0)
  })
})
