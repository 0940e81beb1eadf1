/** Admin Portal: saved views of the queue, in their menu: chosen, saved, shared, and the one that opens first. */
import type { Locator, Page } from '@playwright/test'
import { describe, test } from 'vitest'
import { faultless, inEveryLook } from './support/axe.ts'
import { made, type Person } from './support/company.ts'
import { englishPhrases, saidOn } from './support/english.ts'
import { expect, usePortals } from './support/portals.ts'
import { queueOn } from './support/queue.ts'

const portals = usePortals()

const locked = 'Default: Manual, Pending'

const anAdministrator = () => portals.person('Vera', { roles: ['admin'] })

type SavedView = Pick<Person, 'id' | 'name'>

/** A view that somebody has saved. */
async function saved(owner: Person, fields: object = {}): Promise<SavedView> {
  const client = await portals.as(owner)
  const view = { name: portals.unique('View'), search: { status: 'error' }, shared: false, ...fields }
  return made(await client.post('/views', view))
}

async function opensWith(person: Person, { id }: SavedView): Promise<void> {
  made(await (await portals.as(person)).put('/me/default-view', { viewId: id }))
}

const button = (page: Page) => page.getByRole('button', { name: /^Views/ })
const item = (page: Page, name: string | RegExp) => page.getByRole('menuitem', { name })

async function openMenu(page: Page): Promise<Locator> {
  await button(page).click()
  await expect(page.getByRole('menu')).toBeVisible()
  return page.getByRole('menu')
}

async function choose(page: Page, name: string | RegExp): Promise<void> {
  await openMenu(page)
  await item(page, name).click()
}

/** Chooses a view, and waits until the queue shows it. */
async function show(page: Page, { name }: SavedView): Promise<void> {
  await choose(page, new RegExp(name))
  await expect(button(page)).toHaveText(`Views: ${name}`)
}

async function saveAs(page: Page, name: string): Promise<void> {
  await choose(page, 'Save this view…')
  await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill(name)
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
}

/** The entry that is marked as the one that is shown. */
const marked = (page: Page) => page.getByRole('menu').locator('[aria-current]')

describe('choosing', () => {
  test('a view brings its tab, filters, search, sort and page size by the address, and Back returns', async () => {
    const vera = await anAdministrator()
    const search = { queue: 'others', status: 'error', approvalType: 'any', q: 'lab', sort: 'expiresAt', limit: '50' }
    const view = await saved(vera, { search })
    const page = await portals.openAs(vera, '/admin/requests')
    const queue = queueOn(page)

    await choose(page, view.name)

    await expect(queue.tab('Others')).toHaveAttribute('aria-selected', 'true')
    await expect(queue.chips()).toHaveText(['Error'])
    await expect(queue.search()).toHaveValue('lab')
    await expect(button(page)).toHaveText(`Views: ${view.name}`)
    for (const [key, value] of Object.entries(search)) await expect(page).toHaveURL(new RegExp(`${key}=${value}`))
    await openMenu(page)
    await expect(marked(page)).toHaveText(view.name)
    await page.keyboard.press('Escape')
    await page.goBack()
    await expect(queue.chips()).toHaveText(['Manual', 'Pending'])
    await openMenu(page)
    await expect(marked(page)).toContainText(locked)
  })

  test('a link to a view shows the same to somebody who may not see the view', async () => {
    const [vera, walter] = [await anAdministrator(), await anAdministrator()]
    const view = await saved(vera, { search: { status: 'denied', q: 'vault' } })
    const mine = await portals.openAs(vera, '/admin/requests')
    await choose(mine, view.name)
    await expect(mine).toHaveURL(new RegExp(`view=${view.id}`))

    const theirs = await portals.openAs(walter, new URL(mine.url()).pathname + new URL(mine.url()).search)

    await expect(queueOn(theirs).chips()).toHaveText(['Manual', 'Denied'])
    await expect(queueOn(theirs).search()).toHaveValue('vault')
    await expect(button(theirs)).toHaveText('Views')
    await openMenu(theirs)
    await expect(marked(theirs)).toHaveCount(0)
  })

  test('the menu goes by keyboard alone', async () => {
    const vera = await anAdministrator()
    const view = await saved(vera)
    const page = await portals.openAs(vera, '/admin/requests')

    await button(page).press('Enter')
    await expect(item(page, locked)).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('menu')).toHaveCount(0)
    await expect(button(page)).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(item(page, locked)).toBeFocused()
    await page.keyboard.press('ArrowDown')
    await expect(item(page, view.name)).toBeFocused()
    await page.keyboard.press('Enter')

    await expect(queueOn(page).chips()).toHaveText(['Manual', 'Error'])
    await expect(button(page)).toHaveText(`Views: ${view.name}`)
  })
})

describe('saving', () => {
  test('what is shown is saved under a name, and is marked in the menu from then on', async () => {
    const vera = await anAdministrator()
    const page = await portals.openAs(vera, '/admin/requests?status=error&q=vault')
    const name = portals.unique('Vaults')

    await saveAs(page, name)

    await expect(page.getByText(`The view “${name}” is saved.`)).toBeVisible()
    await expect(button(page)).toHaveText(`Views: ${name}`)
    await openMenu(page)
    await expect(marked(page)).toHaveText(name)
    const { items } = made(await (await portals.as(vera)).get('/views?limit=200'))
    const kept = { name, search: { status: 'error', q: 'vault' }, shared: false }
    expect(items).toContainEqual(expect.objectContaining(kept))
  })

  test('Save this view is offered only while something else is shown than the chosen view holds', async () => {
    const vera = await anAdministrator()
    const view = await saved(vera)
    const page = await portals.openAs(vera, '/admin/requests')
    await openMenu(page)
    await expect(item(page, 'Save this view…')).toHaveCount(0)
    await item(page, view.name).click()
    await expect(queueOn(page).chips()).toHaveText(['Manual', 'Error'])
    await openMenu(page)
    await expect(item(page, 'Save this view…')).toHaveCount(0)
    await page.keyboard.press('Escape')

    await page.getByRole('button', { name: 'Remove Manual' }).click()
    await expect(queueOn(page).chips()).toHaveText(['Error'])
    await openMenu(page)

    await expect(item(page, 'Save this view…')).toBeVisible()
    await expect(marked(page)).toHaveText(new RegExp(`${view.name}.*changed`))
  })

  test('a name that exists already is refused in words at its field', async () => {
    const vera = await anAdministrator()
    const view = await saved(vera)
    const page = await portals.openAs(vera, '/admin/requests?q=something')
    const name = page.getByRole('dialog').getByRole('textbox', { name: 'Name' })

    await choose(page, 'Save this view…')
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
    await expect(name).toHaveAccessibleDescription('Fill this in')
    await name.fill(view.name.toUpperCase())
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()

    await expect(name).toHaveAccessibleDescription('You have a view of this name already.')
    await expect(name).toBeFocused()
    await name.fill(portals.unique('Another'))
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
    await expect(page.getByRole('dialog')).toHaveCount(0)
  })
})

describe('changing one’s own', () => {
  test('a view is renamed', async () => {
    const vera = await anAdministrator()
    const view = await saved(vera)
    const page = await portals.openAs(vera, '/admin/requests')
    await show(page, view)
    const name = portals.unique('Renamed')

    await choose(page, 'Rename or share…')
    await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill(name)
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()

    await expect(button(page)).toHaveText(`Views: ${name}`)
    await openMenu(page)
    await expect(item(page, name)).toBeVisible()
    await expect(item(page, view.name)).toHaveCount(0)
  })

  test('a view is updated to what is shown, which can be taken back', async () => {
    const vera = await anAdministrator()
    const view = await saved(vera)
    const searchOf = async () => made(await (await portals.as(vera)).get(`/views/${view.id}`)).search
    const page = await portals.openAs(vera, '/admin/requests')
    await show(page, view)
    await page.getByRole('button', { name: 'Remove Manual' }).click()
    await expect(queueOn(page).chips()).toHaveText(['Error'])

    await choose(page, `Update “${view.name}” to what is shown`)

    await expect(page.getByText(`“${view.name}” shows from now on what you see.`)).toBeVisible()
    expect(await searchOf()).toEqual({ status: 'error', approvalType: 'any' })
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect(page.getByText(`“${view.name}” is as it was.`)).toBeVisible()
    expect(await searchOf()).toEqual({ status: 'error' })
  })

  test('a shared view is seen by another administrator with who made it, who cannot change it, until it is shared no more', async () => {
    const [vera, walter] = [await anAdministrator(), await anAdministrator()]
    const view = await saved(vera)
    const mine = await portals.openAs(vera, '/admin/requests')
    const theirs = await portals.openAs(walter, '/admin/requests')
    await openMenu(theirs)
    await expect(item(theirs, new RegExp(view.name))).toHaveCount(0)
    const setShared = async (isShared: boolean) => {
      await choose(mine, 'Rename or share…')
      const dialog = mine.getByRole('dialog')
      await dialog.getByRole('checkbox', { name: 'Share with other administrators' }).setChecked(isShared)
      await dialog.getByRole('button', { name: 'Save' }).click()
      await expect(dialog).toHaveCount(0)
    }
    await show(mine, view)

    await setShared(true)
    await theirs.reload()
    await openMenu(theirs)
    await expect(theirs.getByRole('group', { name: 'Shared by others' })).toContainText(`by ${vera.name}`)
    await item(theirs, new RegExp(view.name)).click()
    await expect(button(theirs)).toHaveText(`Views: ${view.name}`)
    await theirs.getByRole('button', { name: 'Remove Manual' }).click()
    await openMenu(theirs)
    for (const name of [/^Rename or share/, /^Delete/, /^Update/]) await expect(item(theirs, name)).toHaveCount(0)
    await expect(item(theirs, 'Save this view…')).toBeVisible()

    await setShared(false)
    await theirs.goto('/admin/requests')
    await openMenu(theirs)
    await expect(item(theirs, new RegExp(view.name))).toHaveCount(0)
  })

  test('a view is deleted after asking: Cancel keeps it, Delete leaves what is shown as it is', async () => {
    const vera = await anAdministrator()
    const view = await saved(vera)
    const page = await portals.openAs(vera, '/admin/requests')
    await show(page, view)

    await choose(page, 'Delete this view…')
    await expect(page.getByRole('dialog', { name: `Delete the view “${view.name}”?` })).toBeVisible()
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
    await expect(button(page)).toHaveText(`Views: ${view.name}`)
    await choose(page, 'Delete this view…')
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()

    await expect(page.getByText(`The view “${view.name}” is deleted.`)).toBeVisible()
    await expect(button(page)).toHaveText('Views')
    await expect(queueOn(page).chips()).toHaveText(['Manual', 'Error'])
    await openMenu(page)
    await expect(item(page, view.name)).toHaveCount(0)
  })
})

describe('the view that opens first', () => {
  test('is shown at the plain address, while a link with parameters stays what it is', async () => {
    const vera = await anAdministrator()
    const view = await saved(vera)
    const page = await portals.openAs(vera, '/admin/requests')
    await show(page, view)

    await choose(page, 'Open with this view')
    await expect(page.getByText(`The queue opens with “${view.name}” from now on.`)).toBeVisible()
    await page.goto('/admin/requests')

    await expect(queueOn(page).chips()).toHaveText(['Manual', 'Error'])
    await expect(button(page)).toHaveText(`Views: ${view.name}`)
    await page.getByRole('link', { name: 'Users' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Users' })).toBeVisible()
    await page.getByRole('link', { name: 'Access Requests' }).click()
    await expect(queueOn(page).chips()).toHaveText(['Manual', 'Error'])
    await page.goto('/admin/requests?queue=others')
    await expect(queueOn(page).tab('Others')).toHaveAttribute('aria-selected', 'true')
    await expect(queueOn(page).chips()).toHaveText(['Manual', 'Pending'])
  })

  test('is the locked default again once that is wanted', async () => {
    const vera = await anAdministrator()
    const view = await saved(vera)
    await opensWith(vera, view)
    const page = await portals.openAs(vera, '/admin/requests')
    await expect(queueOn(page).chips()).toHaveText(['Manual', 'Error'])

    await choose(page, 'Open with the default again')
    await expect(page.getByText('The queue opens with the default from now on.')).toBeVisible()
    await page.goto('/admin/requests')

    await expect(queueOn(page).chips()).toHaveText(['Manual', 'Pending'])
  })

  test.each([
    { became: 'deleted', method: 'DELETE' },
    { became: 'shared no more', method: 'PUT' },
  ])('is the locked default, without any error, when it was $became', async ({ method }) => {
    const [vera, walter] = [await anAdministrator(), await anAdministrator()]
    const view = await saved(vera, { shared: true })
    await opensWith(walter, view)
    const page = await portals.openAs(walter, '/admin/requests')
    await expect(button(page)).toHaveText(`Views: ${view.name}`)

    const body = method === 'PUT' && { body: { name: view.name, search: {}, shared: false } }
    made(await (await portals.as(vera)).send(method, `/views/${view.id}`, body || {}))
    await page.goto('/admin/requests')

    await expect(queueOn(page).chips()).toHaveText(['Manual', 'Pending'])
    await expect(button(page)).toHaveText('Views')
    await expect(page.getByRole('alert')).toHaveCount(0)
  })

  test('leaves the locked default to be chosen, and filters that are emptied where they are', async () => {
    const vera = await anAdministrator()
    await opensWith(vera, await saved(vera, { search: { status: 'denied' } }))
    const page = await portals.openAs(vera, '/admin/requests?q=vault')
    await expect(queueOn(page).search()).toHaveValue('vault')

    await queueOn(page).search().fill('')
    await expect(page).not.toHaveURL(/q=/)
    await expect(queueOn(page).chips()).toHaveText(['Manual', 'Pending'])
    await page.goto('/admin/requests')
    await expect(queueOn(page).chips()).toHaveText(['Manual', 'Denied'])
    await choose(page, locked)

    await expect(queueOn(page).chips()).toHaveText(['Manual', 'Pending'])
    await openMenu(page)
    await expect(marked(page)).toHaveText(locked)
  })
})

test('the locked default stands first, and nobody can change or delete it', async () => {
  const vera = await anAdministrator()
  await saved(vera, { name: portals.unique('Aa') })
  const page = await portals.openAs(vera, '/admin/requests')

  await openMenu(page)

  await expect(page.getByRole('menuitem').first()).toContainText(locked)
  await expect(marked(page)).toContainText(locked)
  for (const name of [/^Rename or share/, /^Delete/, /^Update/]) await expect(item(page, name)).toHaveCount(0)
})

describe('no finding in light or dark, and no sideways scrolling at 390 px', () => {
  test.each(['the menu', 'Save this view…', 'Rename or share…', 'Delete this view…'])('%s', async (moment) => {
    const [vera, walter] = [await anAdministrator(), await anAdministrator()]
    const view = await saved(vera, {
      name: portals.unique('A view whose name goes on and on '.repeat(2).trim()),
      shared: true,
    })
    await saved(walter, { shared: true })
    const page = await portals.openAs(vera, '/admin/requests')
    await show(page, view)
    await page.getByRole('button', { name: 'Remove Manual' }).click()
    await expect(queueOn(page).chips()).toHaveText(['Error'])

    await openMenu(page)
    if (moment !== 'the menu') await item(page, moment).click()
    await expect(page.getByRole(moment === 'the menu' ? 'menu' : 'dialog')).toBeVisible()

    expect(await inEveryLook(page)).toEqual(faultless)
  })
})

test('in German the menu and its dialogs hold no English sentence', async () => {
  const vera = await anAdministrator()
  const view = await saved(vera, { shared: true })
  const page = await portals.openAs(vera, '/admin/requests', { locale: 'de-DE' })
  const phrases = await englishPhrases('de')
  const open = async () => {
    await page.getByRole('button', { name: /^Ansichten/ }).click()
    await expect(page.getByRole('menu')).toBeVisible()
  }

  await open()
  await expect(item(page, 'Standard: Manuell, Ausstehend')).toBeVisible()
  expect(await saidOn(page, phrases)).toEqual([])
  await item(page, new RegExp(view.name)).click()
  await expect(page.getByRole('button', { name: `Ansichten: ${view.name}` })).toBeVisible()
  await page.getByRole('button', { name: 'Manuell entfernen' }).click()
  for (const name of ['Diese Ansicht speichern …', 'Umbenennen oder teilen …', 'Diese Ansicht löschen …']) {
    await open()
    await item(page, name).click()
    await expect(page.getByRole('dialog')).toBeVisible()
    expect(await saidOn(page, phrases)).toEqual([])
    await page.getByRole('dialog').getByRole('button', { name: 'Abbrechen' }).click()
    await expect(page.getByRole('dialog')).toHaveCount(0)
  }
})
