/** Both portals of one service, seen by as many people as a test needs. */
import { type Browser, type BrowserContext, chromium, type Page, expect as playwrightExpect } from '@playwright/test'
import { eq, sql } from 'drizzle-orm'
import type { ParsedMail } from 'mailparser'
import { afterAll, afterEach, beforeAll } from 'vitest'
import { accountActs } from '../../../src/features/directory/users/account-acts.table.ts'
import { accessRequests } from '../../../src/features/requests/requests.table.ts'
import { sessions } from '../../../src/features/sessions/sessions.table.ts'
import { signIn } from '../../support/service.ts'
import { type Company, createCompany } from './company.ts'
import { openPortalService, type PortalService } from './service.ts'

/** Waits for what a page is to show, instead of looking once. */
export const expect = playwrightExpect.configure({ timeout: 15_000 })

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
]

export interface View {
  width?: number
  height?: number
  scheme?: 'light' | 'dark'
  locale?: string
  /** A browser that has nothing of ours in its cache, and that no other test gets afterwards. */
  isFresh?: boolean
}

const usual = { width: 1280, height: 900, scheme: 'light', locale: 'en-GB', isFresh: false } as const

/** An address of the service without any script. */
const parkingPlace = '/favicon.svg'

/** A browser of the tests. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium', args: flags })
}

interface CaughtMail {
  subject: string
  html: string
  text: string
}

function isTo({ to = [] }: ParsedMail, email: string): boolean {
  return [to].flat().some(({ value }) => value.some(({ address }) => address === email))
}

function caught({ subject = '', html, text = '' }: ParsedMail): CaughtMail {
  return { subject, html: html || '', text }
}

export interface Portals extends Company {
  base: string
  /** What stands behind the portals, for states that no call leads to. */
  service: PortalService
  /** The identity provider beside it, where a test has asked for one. */
  provider: NonNullable<PortalService['provider']>
  /** A page of somebody's own browser, signed in and at `path`. */
  openAs(person: { email: string }, path: string, view?: View): Promise<Page>
  /** A page of a browser in which nobody has signed in. */
  openAsStranger(path: string, view?: View): Promise<Page>
  /** Another tab of the same browser. */
  openBeside(page: Page, path: string): Promise<Page>
  mailsTo(person: { email: string }): Promise<CaughtMail[]>
  /** The mail server refuses the next mail to them for good. */
  refuseMailTo(person: { email: string }): void
  /** As if everybody had signed in six minutes before. */
  letSignInsGrowOld(): Promise<void>
  /** As if accounts had been made and promoted two months before. */
  letAccountsGrowOld(): Promise<void>
  /** As if a request had come, or were to expire, at another time, such as `2026-11-27T09:00:00Z`. */
  setTimes(request: { id: string }, times: { createdAt?: string; expiresAt?: string }): Promise<void>
}

/**
 * A service and a browser for the tests of a file; pages are closed after each test.
 * A test fails when a page of it threw, broke the Content-Security-Policy, or asked another host for anything.
 */
export function usePortals(settings: Parameters<typeof openPortalService>[0] = {}): Portals {
  let service: PortalService
  let browser: Browser
  let base = ''
  let faults: string[] = []
  const idle = new Map<string, BrowserContext[]>()
  const busy: { key: string; context: BrowserContext; isFresh: boolean }[] = []
  const portals = {} as Portals

  /**
   * A context of its own for each page that is open. Between tests they are emptied and used again, and so is their tab:
   * a new one is a new process, which costs four times as much as the page that is shown in it.
   */
  async function contextFor(view: View) {
    const { width, height, scheme, locale, isFresh } = { ...usual, ...view }
    const known = { viewport: { width, height }, colorScheme: scheme, locale }
    const key = JSON.stringify(known)
    const used = isFresh ? undefined : idle.get(key)?.pop()
    const context = used ?? (await browser.newContext({ ...known, baseURL: base, reducedMotion: 'reduce' }))
    busy.push({ key, context, isFresh })
    return context
  }

  /** A user has twenty sessions at most: those of pages that are closed must not push out what the test goes on with. */
  async function signOut({ request }: BrowserContext): Promise<void> {
    const me = await request.get('/api/v1/me')
    if (!me.ok()) return
    const { csrfToken } = (await me.json()) as { csrfToken: string }
    await request.delete('/api/v1/session', { headers: { 'x-csrf-token': csrfToken } })
  }

  async function empty(context: BrowserContext): Promise<void> {
    await context.setOffline(false)
    await signOut(context).catch(() => undefined)
    const [first, ...others] = context.pages()
    for (const page of others) await page.close()
    if (first) await park(first)
    await context.clearCookies()
  }

  /** Leaves a tab as a new one is, but for what its process knows of our scripts. */
  async function park(page: Page): Promise<void> {
    await page.unrouteAll({ behavior: 'ignoreErrors' })
    await page.mouse.move(0, 0)
    await page.evaluate('localStorage.clear(), sessionStorage.clear()')
    await page.goto(parkingPlace)
    page.removeAllListeners()
  }

  async function open(path: string, view: View, email?: string): Promise<Page> {
    const context = await contextFor(view)
    if (email) {
      const password = email === signIn.email ? signIn.password : portals.password
      const answer = await context.request.post('/api/v1/session', { data: { email, password } })
      expect(answer.status()).toBe(200)
    }
    return openFirstTab(context, path, view)
  }

  async function openTab(context: BrowserContext, path: string): Promise<Page> {
    const page = await context.newPage()
    watch(page)
    await page.goto(path)
    return page
  }

  /** The tab that a context was left with, as wide and as dark as `view` wants it; a new context gets its first one. */
  async function openFirstTab(context: BrowserContext, path: string, view: View): Promise<Page> {
    const [page] = context.pages()
    if (!page) return openTab(context, path)
    const { width, height, scheme } = { ...usual, ...view }
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
    await page.setViewportSize({ width, height })
    watch(page)
    await page.goto(path)
    return page
  }

  function watch(page: Page): void {
    page.on('pageerror', ({ message }) => faults.push(`threw ${message}`))
    page.on('console', (message) => {
      if (/Content Security Policy|Trusted ?(?:Types|HTML|Script)/.test(message.text())) faults.push(message.text())
    })
    page.on('request', (request) => {
      const url = request.url()
      if (service.provider && url.startsWith(`${service.provider.issuer}/`)) return
      if (!url.startsWith(`${base}/`) && !/^(blob|data):/.test(url)) faults.push(`asked for ${url}`)
    })
  }

  beforeAll(async () => {
    ;[service, browser] = await Promise.all([openPortalService(settings), launchChromium()])
    const { db, mails, mailServer } = service
    base = service.publicUrl
    Object.assign(portals, await createCompany(base), {
      base,
      service,
      provider: service.provider,
      openAs: ({ email }: { email: string }, path: string, view: View = {}) => open(path, view, email),
      openAsStranger: (path: string, view: View = {}) => open(path, view),
      openBeside: (page: Page, path: string) => openTab(page.context(), path),
      mailsTo: async ({ email }: { email: string }) => mails.filter((mail) => isTo(mail, email)).map(caught),
      refuseMailTo: ({ email }: { email: string }) => mailServer.refuse(550, { address: email }),
      letSignInsGrowOld: async () => {
        await db.update(sessions).set({ authenticatedAt: sql`now() - interval '6 minutes'` })
      },
      letAccountsGrowOld: async () => {
        await db.update(accountActs).set({ createdAt: sql`now() - interval '2 months'` })
      },
      setTimes: async ({ id }: { id: string }, times: { createdAt?: string; expiresAt?: string }) => {
        await db.update(accessRequests).set(times).where(eq(accessRequests.id, id))
      },
    })
  }, 180_000)

  afterEach(async () => {
    const seen = faults
    faults = []
    for (const { key, context, isFresh } of busy.splice(0)) {
      await empty(context)
      if (isFresh) await context.close()
      else idle.set(key, [...(idle.get(key) ?? []), context])
    }
    expect(seen).toEqual([])
  })

  afterAll(async () => {
    await browser.close()
    await service.close()
  })

  return portals
}
