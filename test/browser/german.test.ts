/** The second language: complete, chosen by the browser or by hand, with its own dates, plurals and refusals. */
import type { Page } from '@playwright/test'
import { beforeAll, describe, test } from 'vitest'
import { made, type Person } from './support/company.ts'
import { englishPhrases, saidOn } from './support/english.ts'
import { expect, usePortals } from './support/portals.ts'
import { createShowcase, type Showcase } from './support/showcase.ts'

const portals = usePortals()
const german = { locale: 'de-DE' }
let shown: Showcase
let phrases: string[]

beforeAll(async () => {
  shown = await createShowcase(portals)
  phrases = await englishPhrases('de')
}, 60_000)

const heading = (page: Page) => page.getByRole('heading', { level: 1 })
const any = 'status=any&approvalType=any'

/** Words of loading are there before they are seen; those of a closed tab never are. */
const isLoading = `[...document.querySelectorAll('.gh-delayed')].some((each) => each.getClientRects().length > 0)`

/** What can be unfolded on the page, unfolded. */
async function unfold(page: Page): Promise<void> {
  await expect.poll(() => page.evaluate(isLoading), page.url()).toBe(false)
  const expanders = page.locator('[data-expander]')
  const ids = await Promise.all((await expanders.all()).map((each) => each.getAttribute('data-expander')))
  for (const id of ids) {
    await page.locator(`[data-expander="${id}"]`).press('Enter')
    await expect(page.locator(`#details-${id} :is(h2, dt)`).first(), page.url()).toBeVisible()
  }
}

describe('no English sentence is left', () => {
  const administration: [name: string, path: () => string][] = [
    ['Zugriffsanfragen', () => `/admin/requests?${any}`],
    ['Zugriffsanfragen, Andere', () => `/admin/requests?queue=others&${any}`],
    ['eine Anfrage', () => `/admin/requests/${shown.overridden.id}`],
    ['eine Anfrage mit Fehler', () => `/admin/requests/${shown.failed.id}`],
    ['eine Anfrage, der Angaben fehlen', () => `/admin/requests/${shown.missing.id}`],
    ['Übersicht', () => '/admin/overview'],
    ['Genehmigungsabläufe', () => '/admin/flows'],
    ['ein Genehmigungsablauf', () => `/admin/flows/${shown.flow.id}`],
    ['Aktive Zugriffe', () => '/admin/access'],
    ['Benutzer', () => '/admin/users'],
    ['ein Benutzer', () => `/admin/users/${shown.employee.id}`],
    ['seine Anmeldedaten', () => `/admin/users/${shown.employee.id}?tab=credentials`],
    ['Benutzergruppen', () => '/admin/groups'],
    ['eine Benutzergruppe', () => `/admin/groups/${shown.groupId}`],
    ['Anwendungen', () => '/admin/applications'],
    ['DI-Ereignisse', () => '/admin/events'],
    ['ein DI-Ereignis', () => `/admin/events/${shown.eventId}`],
    ['Einstellungen', () => '/admin/settings'],
    ['Konnektoren', () => '/admin/connectors'],
    ['Personenquellen', () => '/admin/people-sources'],
    ['API-Token', () => '/admin/api-tokens'],
    ['Sitzungen und Passwort', () => '/admin/sessions'],
    ['Sprache, Zeit und Mails', () => '/admin/preferences'],
    ['Mails', () => '/admin/mails'],
    ['Mails, nichts gefunden', () => '/admin/mails?q=nichts'],
    ['DI-Ereignisse, nichts gefunden', () => '/admin/events?q=nichts'],
    ['Zu bestätigende Änderungen', () => '/admin/changes'],
    ['eine Adresse, die es nicht gibt', () => '/admin/nothing'],
  ]
  const portal: [name: string, path: () => string][] = [
    ['Anwendungen', () => '/portal/applications'],
    ['Katalog', () => '/portal/catalog'],
    ['anfragen', () => `/portal/catalog/${shown.askable.id}`],
    ['Meine Anfragen', () => '/portal/requests'],
    ['meine Anfrage', () => `/portal/requests/${shown.pending.id}`],
    ['Genehmigungen', () => '/portal/approvals'],
    ['entschiedene', () => '/portal/approvals?state=decided'],
    ['eine Genehmigung', () => `/portal/approvals/${shown.waiting.id}`],
    ['eigene API-Token', () => '/portal/api-tokens'],
    ['eigene Sitzungen', () => '/portal/sessions'],
    ['eigene Sprache, Zeit und Mails', () => '/portal/preferences'],
    ['das Admin-Portal, verschlossen', () => '/admin/requests'],
  ]

  test('in the Admin Portal, nor on the way in', async () => {
    const page = await portals.openAsStranger('/sign-in', german)
    await expect(heading(page)).toHaveText('Anmelden')
    const found = { signIn: await saidOn(page, phrases) } as Record<string, string[]>
    for (const path of ['/forgot-password', '/set-password']) found[path] = await saidOf(page, path)
    const invited = await portals.openAs(shown.invited, '/portal/requests', german)
    found.firstPassword = await saidOn(invited, phrases)
    const signedIn = await portals.openAs(portals.me, '/admin/requests', german)

    for (const [name, path] of administration) found[name] = await saidOf(signedIn, path())

    expect(found).toEqual(Object.fromEntries(Object.keys(found).map((name) => [name, []])))
  })

  test('in the User Portal', async () => {
    const found: Record<string, string[]> = {}
    const page = await portals.openAs(shown.employee, '/portal/applications', german)

    for (const [name, path] of portal) found[name] = await saidOf(page, path())

    expect(found).toEqual(Object.fromEntries(portal.map(([name]) => [name, []])))
  })

  test('in what was typed before and is there again', async () => {
    const page = await portals.openAs(shown.newcomer, `/portal/catalog/${shown.askable.id}`, german)
    await page.getByLabel('Grund').fill('Für die Prüfung.')

    await page.reload()
    await expect(page.getByText('Entwurf wiederhergestellt')).toBeVisible()

    expect(await saidOn(page, phrases)).toEqual([])
  })

  async function saidOf(page: Page, path: string): Promise<string[]> {
    await page.goto(path)
    await expect(heading(page)).toBeVisible()
    await unfold(page)
    return saidOn(page, phrases)
  }
})

test('the same look finds English sentences where the portal speaks English', async () => {
  const page = await portals.openAs(shown.employee, '/portal/requests')
  await expect(heading(page)).toHaveText('My requests')

  expect(await saidOn(page, phrases)).toContain('My requests')
})

test('the language is switched by hand and remembered: after a reload, and for the sign-in page', async () => {
  const person = await portals.person('Ada')
  const page = await portals.openAs(person, '/portal/catalog')
  await expect(heading(page)).toHaveText('Catalogue')

  await page.getByRole('button', { name: `Account of ${person.name}` }).click()
  await page.getByRole('menuitemradio', { name: 'Deutsch' }).click()
  await expect(heading(page)).toHaveText('Katalog')
  await page.reload()
  await expect(heading(page)).toHaveText('Katalog')
  await expect(page.locator('html')).toHaveAttribute('lang', 'de')
  await page.getByRole('button', { name: `Konto von ${person.name}` }).click()
  await page.getByRole('menuitem', { name: 'Abmelden' }).click()
  await expect(heading(page)).toHaveText('Anmelden')
  await page.getByLabel('Sprache').selectOption('English')

  await expect(heading(page)).toHaveText('Sign in')
})

describe('dates, counts and refusals', () => {
  async function requestsFor(approver: Person, count: number): Promise<void> {
    for (let index = 0; index < count; index++)
      await portals.ask(
        await portals.person('Ada'),
        await portals.flow('Lab', { approvers: [{ kind: 'user', userId: approver.id }] }),
      )
  }

  test.each([
    { count: 1, words: '1 Anfrage wartet auf Sie' },
    { count: 2, words: '2 Anfragen warten auf Sie' },
  ])('$count are counted as “$words”', async ({ count, words }) => {
    const approver = await portals.person('Olga')
    await requestsFor(approver, count)

    const page = await portals.openAs(approver, '/portal/approvals', german)

    await expect(page.getByRole('navigation', { name: 'Hauptnavigation' })).toContainText(words)
  })

  test('days are written as the reader writes them', async () => {
    const today = new Date().toLocaleDateString('sv')
    const words = today.split('-').reverse().join('.')

    const page = await portals.openAs(portals.me, `/admin/requests?from=${today}`, german)
    await expect(page.getByRole('list', { name: 'Aktive Filter' })).toContainText(words)
    await page.goto(`/admin/requests/${shown.pending.id}`)

    await expect(page.getByText(`${words}, `).first()).toBeVisible()
  })

  test('what is wrong with a field is said in German', async () => {
    const page = await portals.openAs(portals.me, '/admin/users', german)
    await page.getByRole('button', { name: 'Benutzer anlegen' }).click()
    const dialog = page.getByRole('dialog')

    await dialog.getByRole('textbox', { name: 'Name' }).fill('Ada')
    await dialog.getByRole('textbox', { name: 'E-Mail' }).fill('no address')
    await dialog.getByRole('button', { name: 'Benutzer anlegen' }).click()

    const field = dialog.getByRole('textbox', { name: 'E-Mail' })
    await expect(field).toHaveAttribute('aria-invalid', 'true')
    await expect(field).toHaveAccessibleDescription('Das ist keine E-Mail-Adresse.')
    await expect(dialog).not.toContainText(/must be|invalid|expected|required/i)
  })

  test('how a request ended is said once, in German, and not as if somebody had said it', async () => {
    const person = await portals.person('Ada')
    const request = await portals.ask(person, await portals.flow('Vault'))
    made(await (await portals.as(person)).post(`/access-requests/${request.id}/withdraw`))

    const page = await portals.openAs(person, '/portal/requests', german)
    const row = page.getByRole('row').filter({ hasText: request.approvalFlow.name })

    await expect(row).toContainText('zurückgezogen')
    await expect(row).not.toContainText(/The requester|withdrew|[“”„]/)
    await page.goto(`/portal/requests/${request.id}`)
    await expect(page.getByRole('main')).toContainText('zurückgezogen')
    await expect(page.getByRole('main')).not.toContainText(/The requester|withdrew/)
  })
})
