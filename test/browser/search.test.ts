/** Searching in the portals: people as others type their names, and events in words. */
import { describe, test } from 'vitest'
import { expect, usePortals } from './support/portals.ts'
import { queueOn } from './support/queue.ts'

const portals = usePortals()

let count = 0
/** Addresses have no accents. */
const person = (name: string, more: object = {}) =>
  portals.person(name, { email: `somebody.${++count}@example.test`, ...more })

describe('the queue', () => {
  test('finds a request by the name, department and flow without accents, in any order', async () => {
    const flow = await portals.flow('Älpen')
    const chloe = await person('Chloé Dupont', { department: 'Câblage' })
    const request = await portals.ask(chloe, flow)
    await portals.ask(await person('Bob'), flow)
    const page = await portals.openAs(portals.me, '/admin/requests')
    const queue = queueOn(page)

    await page.getByRole('searchbox', { name: 'Search requests' }).fill(`alpen cablage DUPONT chloe ${chloe.email}`)

    await expect(queue.rows()).toHaveCount(1)
    await expect(queue.row(request)).toBeVisible()
  })

  test('the Requester filter offers people by name and address, not everybody of a department', async () => {
    const ines = await person('Inês')
    const other = await person('Walter', { department: 'Engineering Ines' })
    const page = await portals.openAs(portals.me, '/admin/requests')
    const queue = queueOn(page)
    const request = await portals.ask(ines, await portals.flow('Tools'))
    await queue.openFilter()
    const field = queue.filter().getByRole('combobox', { name: 'Requester name' })

    await field.fill('ines')
    await expect(queue.filter().getByRole('option', { name: ines.name })).toBeVisible()
    await expect(queue.filter().getByRole('option', { name: other.name })).toHaveCount(0)
    await field.fill(ines.email.slice(0, -4).toUpperCase())
    await queue.filter().getByRole('option', { name: ines.name }).click()
    await queue.filter().getByRole('button', { name: 'Apply' }).click()

    await expect(queue.row(request)).toBeVisible()
    await expect(queue.rows()).toHaveCount(1)
  })
})

describe('DI events', () => {
  test.each([
    ['en-GB', 'Event type', 'Sign-in and tokens', 'User created', 'Type for programs'],
    ['de-DE', 'Ereignistyp', 'Anmeldung und Token', 'Benutzer angelegt', 'Typ für Programme'],
  ])('are named in words in %s, in list, details and filter, which is sorted by kind', async (...words) => {
    const [locale, filter, kind, created, code] = words
    const zoe = await person('Zoë')
    const page = await portals.openAs(portals.me, `/admin/events?q=${zoe.email}`, { locale })
    const row = page.locator('[data-row]').filter({ hasText: created })

    const types = page.getByLabel(filter, { exact: true })
    await expect(types.locator(`optgroup[label="${kind}"] option`)).toHaveCount(5)
    await expect(types.locator('option').filter({ hasText: 'access_management' })).toHaveCount(0)
    await types.selectOption({ label: created })
    await expect(row).toHaveCount(1)
    await row.getByRole('link').first().click()

    await expect(page.getByRole('heading', { level: 1, name: created })).toBeVisible()
    await expect(page.getByRole('main')).toContainText(code)
    await expect(page.getByRole('main')).toContainText('user_create')
  })

  test('are found by the person whom they concern, by name and address, and by the internal note', async () => {
    const flow = await portals.flow('Watched')
    const anais = await person('Anaïs')
    const request = await portals.ask(anais, flow)
    await portals.admin.post(`/access-requests/${request.id}/deny`, { reason: 'No.', internalNotes: 'Déjà-vu again' })
    const page = await portals.openAs(portals.me, '/admin/events')
    const rows = page.getByRole('table', { name: 'DI events' }).locator('[data-row]')
    const search = page.getByRole('searchbox', { name: 'Search person, resource, note or text' })

    await search.fill(`${flow.name} anais ${anais.email}`)
    await expect(rows.filter({ hasText: 'Decision on a request' })).toHaveCount(1)
    await search.fill(`deja-vu anais`)

    await expect(rows).toHaveCount(1)
    await expect(rows).toContainText('Decision on a request')
  })
})
