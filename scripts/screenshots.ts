/**
 * `npm run screenshots`: every screen of both portals at 1280 and 390 px, light, some of them dark too, into docs/screenshots/.
 * Starts a service of its own with the demo data; `BASE` names one that runs already and was seeded so (some of its requests are decided).
 * `ONLY=portal-ask` takes only the screens whose name holds that.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, expect, type Page } from '@playwright/test'
import { freePort } from '../src/platform/net/ports.ts'
import { ensureChromium } from './lib/chromium.mjs'
import { people, type Screen, screens } from './lib/screens.ts'

const root = join(import.meta.dirname, '..')
const folder = join(root, 'docs', 'screenshots')
const password = 'gatehouse-demo'
const sizes = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } }

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

/** Words of loading are there before they are seen, those of a closed tab never are; a fact without words is still on its way. */
const isLoading = `[...document.querySelectorAll('[aria-busy="true"], .gh-delayed, dd:empty')].some((each) => each.getClientRects().length > 0)`

/** One picture: nothing loads any more, nothing moves, no message hides a part. */
async function shoot(page: Page, { path, before, act, shows }: Screen, file: string): Promise<void> {
  await before?.(page)
  await page.goto(path)
  await page.waitForLoadState('load')
  await page.getByRole('heading', { level: 1 }).waitFor()
  await act?.(page)
  await shows?.(page).first().scrollIntoViewIfNeeded()
  await expect.poll(() => page.evaluate(isLoading)).toBe(false)
  await page.evaluate('document.fonts.ready')
  await page.screenshot({ path: join(folder, `${file}.jpg`), type: 'jpeg', quality: 80, animations: 'disabled' })
  await page.context().setOffline(false)
  await page.unrouteAll()
}

interface Round {
  who: Screen['who']
  size: keyof typeof sizes
  scheme: 'light' | 'dark'
  screens: Screen[]
}

function rounds(): Round[] {
  const wanted = screens.filter(({ name }) => name.includes(process.env['ONLY'] ?? ''))
  const looks = (['desktop', 'phone'] as const).flatMap((size) => [
    { size, scheme: 'light' as const },
    { size, scheme: 'dark' as const },
  ])
  return [false, true].flatMap((isLast) =>
    looks.flatMap((look) => {
      const some = wanted.filter(({ isDeciding = false }) => isDeciding === isLast)
      const these = some.filter(
        ({ isDarkToo, isDesktopOnly }) =>
          (look.scheme === 'light' || isDarkToo) && (look.size === 'desktop' || !isDesktopOnly),
      )
      return [...byPerson(these)].map(([who, theirs]) => ({ ...look, who, screens: theirs }))
    }),
  )
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
