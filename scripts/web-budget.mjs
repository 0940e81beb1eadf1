/** Measures what a first visit of each page loads (entry, frame, page, one language; JS and CSS, as brotli) and fails above the budget. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'

/** Kilobytes: before anybody has signed in, and for a page of a portal with its frame. The queue, with a panel beside its list, is the largest. */
const budgets = { outside: 180, portal: 242 }
const budgetOf = (page) =>
  /^(sign-in|forgot-password|set-password)-page/.test(page) ? budgets.outside : budgets.portal
const folder = join(import.meta.dirname, '..', 'dist', 'web')
const manifestFile = join(folder, '.vite', 'manifest.json')
if (!existsSync(manifestFile)) {
  console.error('web-budget: dist/web is not built: run npm run build')
  process.exit(1)
}
const manifest = JSON.parse(readFileSync(manifestFile, 'utf8'))

const sizes = new Map()
function sizeOf(file) {
  if (!sizes.has(file)) sizes.set(file, brotliCompressSync(readFileSync(join(folder, file))).length)
  return sizes.get(file)
}

/** The files of a chunk and of everything it imports at once. */
function filesOf(key, found = new Set(), seen = new Set()) {
  if (seen.has(key)) return found
  seen.add(key)
  const { file, css = [], imports = [] } = manifest[key]
  for (const each of [file, ...css]) found.add(each)
  for (const each of imports) filesOf(each, found, seen)
  return found
}

const entry = Object.keys(manifest).find((key) => manifest[key].isEntry)
const layouts = { admin: 'src/app/admin/admin-layout.tsx', portal: 'src/app/portal/portal-layout.tsx' }
const languages = ['en', 'de']
const texts = (language, portal) =>
  ['common', ...(portal === 'admin' ? ['requests'] : portal === 'portal' ? ['portal', 'requests'] : [])].map(
    (name) => `src/i18n/${language}/${name}.ts`,
  )

const pages = Object.keys(manifest).filter(
  (key) => /^src\/app\/.*-page\.tsx$/.test(key) && manifest[key].isDynamicEntry,
)
const rows = pages.map((page) => {
  const portal = /^src\/app\/(admin|portal)\//.exec(page)?.[1]
  const common = [entry, page, ...(portal ? [layouts[portal]] : [])]
  const perLanguage = languages.map((language) => {
    const files = new Set([...common, ...texts(language, portal)].flatMap((key) => [...filesOf(key)]))
    return [...files].reduce((sum, file) => sum + sizeOf(file), 0)
  })
  return { page: page.replace('src/app/', ''), kilobytes: Math.max(...perLanguage) / 1000 }
})

rows.sort((a, b) => b.kilobytes - a.kilobytes)
const isAll = process.argv.includes('--all')
for (const { page, kilobytes } of isAll ? rows : rows.slice(0, 3))
  console.log(`${kilobytes.toFixed(1).padStart(7)} kB  ${page}`)
const over = rows.filter(({ page, kilobytes }) => kilobytes > budgetOf(page))
if (over.length > 0) {
  for (const { page, kilobytes } of over)
    console.error(`web-budget: ${page} loads ${kilobytes.toFixed(1)} of ${budgetOf(page)} kB on the first visit`)
  process.exit(1)
}
console.log(
  `web-budget: every page loads at most ${budgets.portal} kB on the first visit, ${budgets.outside} before signing in`,
)
