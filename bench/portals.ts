/**
 * `npm run bench:portals`: how long people look at nothing. For screens of both portals, in Chromium against the
 * service at BENCH_URL (default http://localhost:3000): milliseconds until something is painted, and until what the
 * page is for is there; once with an empty browser cache, once as on every later visit. Writes nothing.
 */
import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test'
import { ensureChromium } from '../scripts/lib/chromium.mjs'
import { hasToBeLocal, summary } from './http.ts'

const base = process.env['BENCH_URL'] ?? 'http://localhost:3000'
const email = process.env['ADMIN_EMAIL'] ?? 'admin@example.test'
const password = process.env['ADMIN_PASSWORD'] ?? 'gatehouse-demo'
const rounds = 10
const screens = { queue: '/admin/requests', overview: '/admin/overview', applications: '/portal/applications' }

hasToBeLocal(base)

/** Milliseconds from the start of the visit, by the browser's own clock. */
async function visit(page: Page, path: string): Promise<{ painted: number; useful: number }> {
  await page.goto(base + path, { waitUntil: 'commit' })
  await page.locator('main:has(h1):not(:has(.gh-delayed))').waitFor()
  const useful = await page.evaluate('performance.now()')
  const painted = await page.evaluate(`performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0`)
  return { painted: Number(painted), useful: Number(useful) }
}

async function signedIn(browser: Browser): Promise<BrowserContext> {
  const context = await browser.newContext()
  const res = await context.request.post(`${base}/api/v1/session`, { data: { email, password } })
  if (!res.ok()) throw new Error(`sign-in as ${email} answered ${res.status()}: is the service running at ${base}?`)
  return context
}

const browser = await chromium.launch({
  executablePath: await ensureChromium(),
  args: ['--no-sandbox', '--disable-gpu'],
})
const table: Record<string, unknown> = {}
for (const [name, path] of Object.entries(screens)) {
  const first = []
  const later = []
  for (let round = 0; round < rounds; round++) {
    const context = await signedIn(browser)
    const page = await context.newPage()
    first.push(await visit(page, path))
    later.push(await visit(page, path))
    await context.close()
  }
  for (const [when, visits] of Object.entries({ first, later }))
    for (const what of ['painted', 'useful'] as const)
      table[`${name}, ${when} visit, ${what}`] = summary(visits.map((each) => each[what]))
}
await browser.close()
console.table(table)
