/**
 * `npm run screenshots`: every screen of both portals at 1280 and 390 px, light, some of them dark too, into docs/screenshots/.
 * Starts a service of its own with the demo data; `BASE` names one that runs already and was seeded so.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, expect, type Locator, type Page } from '@playwright/test'
import { ensureChromium } from './lib/chromium.mjs'

const root = join(import.meta.dirname, '..')
const folder = join(root, 'docs', 'screenshots')
const password = 'gatehouse-demo'
const people = {
  administrator: 'admin@example.test',
  employee: 'hana.kim@example.test',
  approver: 'lukas.weber@example.test',
}
const sizes = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } }

interface Screen {
  name: string
  who?: keyof typeof people
  path: string
  act?: (page: Page) => Promise<void>
  /** What `act` brings up, when it comes late. */
  shows?: (page: Page) => Locator
  isDarkToo?: boolean
}

const press = (name: string | RegExp) => (page: Page) =>
  page.getByRole('button', { name }).locator('visible=true').first().click()
const openTab = (name: string) => (page: Page) => page.getByRole('tab', { name }).click()
const follow = (table: string) => (page: Page) =>
  page.getByRole('table', { name: table }).getByRole('link').first().click()

async function chooseInRow(page: Page, entry: string): Promise<void> {
  await press(/^Actions for/)(page)
  await page.getByRole('menuitem', { name: entry }).click()
}

const dialog = (page: Page) => page.getByRole('dialog')
const text = (words: string) => (page: Page) => page.getByText(words).first()

const admin = (name: string, path: string, more: Partial<Screen> = {}): Screen => ({
  name: `admin-${name}`,
  who: 'administrator',
  path: `/admin/${path}`,
  ...more,
})
const portal = (name: string, path: string, more: Partial<Screen> = {}): Screen => ({
  name: `portal-${name}`,
  who: 'employee',
  path: `/portal/${path}`,
  ...more,
})

const screens: Screen[] = [
  { name: 'sign-in', path: '/sign-in' },
  admin('overview', 'overview', { isDarkToo: true }),
  admin('queue', 'requests', { isDarkToo: true }),
  admin('queue-others', 'requests?queue=others'),
  admin('queue-details', 'requests?queue=others', { act: press(/^Details of/), isDarkToo: true }),
  admin('queue-missing-data', 'requests?queue=others&status=missing_data', { act: press(/^Details of/) }),
  admin('queue-error', 'requests?status=error&approvalType=any', { act: press(/^Details of/) }),
  admin('queue-filter', 'requests', {
    act: press(/^Filter/),
    shows: (page) => page.getByRole('button', { name: 'Apply' }),
  }),
  admin('queue-empty', 'requests?q=nothing'),
  admin('grant', 'requests', { act: (page) => chooseInRow(page, 'Grant Access'), shows: dialog }),
  admin('deny-override', 'requests?queue=others', { act: (page) => chooseInRow(page, 'Deny Access'), shows: dialog }),
  admin('flows', 'flows'),
  admin('flow-editor', 'flows', {
    act: follow('Approval flows'),
    shows: text('What people see'),
    isDarkToo: true,
  }),
  admin('active-access', 'access'),
  admin('users', 'users'),
  admin('user', 'users', { act: follow('Users') }),
  admin('groups', 'groups'),
  admin('group', 'groups', { act: follow('User groups') }),
  admin('applications', 'applications'),
  admin('events', 'events'),
  admin('event-details', 'events?type=access_management_access_request_approval', { act: press(/^Details of/) }),
  admin('settings', 'settings'),
  admin('connectors', 'connectors'),
  admin('api-tokens', 'api-tokens'),
  portal('applications', 'applications', { isDarkToo: true }),
  portal('catalogue', 'catalog'),
  portal('ask', 'catalog', {
    act: (page) =>
      page
        .getByRole('link', { name: /^Ask for access/ })
        .first()
        .click(),
    shows: dialog,
  }),
  portal('requests', 'requests'),
  portal('request', 'requests', { act: follow('My requests') }),
  portal('approvals', 'approvals', { who: 'approver', isDarkToo: true }),
  portal('approvals-decided', 'approvals', { who: 'approver', act: openTab('Decided') }),
]

/** The demo service of this run. `close` ends it and takes its data away. */
async function startDemo(): Promise<{ base: string; close: () => Promise<void> }> {
  const port = await freePort()
  const data = mkdtempSync(join(tmpdir(), 'gatehouse-screenshots-'))
  const env = { ...process.env, SEED: 'demo', PORT: String(port), DATA_DIR: data }
  for (const name of ['POSTGRES_PORT', 'TEMPORAL_PORT', 'TEMPORAL_UI_PORT', 'SMTP_PORT', 'MAIL_UI_PORT'])
    Object.assign(env, { [name]: '0' })
  const child = spawn(process.execPath, [join(root, 'scripts', 'start.mjs')], { cwd: root, env })
  await ready(child)
  return {
    base: `http://127.0.0.1:${port}`,
    async close() {
      child.kill('SIGTERM')
      await new Promise((resolve) => child.once('exit', resolve))
      rmSync(data, { recursive: true, force: true })
    },
  }
}

function ready(child: ChildProcess): Promise<void> {
  let output = ''
  return new Promise((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      output += chunk.toString()
      if (output.includes('Ready after')) resolve()
    }
    child.stdout?.on('data', hear)
    child.stderr?.on('data', hear)
    child.once('exit', (code) => reject(new Error(`the service ended with ${code}:\n${output}`)))
  })
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => void server.close(resolve))
  return port
}

/** One picture: nothing loads any more, nothing moves, no message hides a part. */
async function shoot(page: Page, { path, act, shows }: Screen, file: string): Promise<void> {
  await page.goto(path)
  await page.waitForLoadState('load')
  await page.getByRole('heading', { level: 1 }).waitFor()
  await act?.(page)
  await shows?.(page).waitFor()
  await expect(page.locator('[aria-busy="true"], .gh-late').locator('visible=true')).toHaveCount(0)
  await page.evaluate('document.fonts.ready')
  await page.screenshot({ path: join(folder, `${file}.jpg`), type: 'jpeg', quality: 80, animations: 'disabled' })
}

interface Round {
  who: Screen['who']
  size: keyof typeof sizes
  scheme: 'light' | 'dark'
  screens: Screen[]
}

function rounds(): Round[] {
  const looks = (['desktop', 'phone'] as const).flatMap((size) => [
    { size, scheme: 'light' as const },
    { size, scheme: 'dark' as const },
  ])
  return looks.flatMap((look) => {
    const some = screens.filter(({ isDarkToo }) => look.scheme === 'light' || isDarkToo)
    return [...byPerson(some)].map(([who, theirs]) => ({ ...look, who, screens: theirs }))
  })
}

async function shootRound(browser: Browser, baseURL: string, round: Round): Promise<void> {
  const { who, size, scheme } = round
  const look = { viewport: sizes[size], colorScheme: scheme, locale: 'en-GB', timezoneId: 'UTC' }
  const context = await browser.newContext({ ...look, baseURL, reducedMotion: 'reduce' })
  if (who) await context.request.post('/api/v1/session', { data: { email: people[who], password } })
  const page = await context.newPage()
  for (const screen of round.screens) {
    const file = [screen.name, ...(size === 'phone' ? ['phone'] : []), ...(scheme === 'dark' ? ['dark'] : [])].join('-')
    await shoot(page, screen, file)
    console.log(file)
  }
  await context.close()
}

function byPerson(some: Screen[]): Map<Screen['who'], Screen[]> {
  const groups = new Map<Screen['who'], Screen[]>()
  for (const screen of some) groups.set(screen.who, [...(groups.get(screen.who) ?? []), screen])
  return groups
}

mkdirSync(folder, { recursive: true })
const flags = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run']
const executablePath = await ensureChromium()
const named = process.env['BASE']
const demo = named ? { base: named, close: async () => {} } : await startDemo()
const browser = await chromium.launch({ executablePath, args: flags })
try {
  for (const round of rounds()) await shootRound(browser, demo.base, round)
} finally {
  await browser.close()
  await demo.close()
}
