/** Each rule on who may import whom, broken once: a rule that reports nothing protects nothing. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { cruise, type IConfiguration, type ICruiseResult } from 'dependency-cruiser'
import { afterAll, expect, test } from 'vitest'

const root = join(import.meta.dirname, '..', '..')
const config = createRequire(import.meta.url)(join(root, '.dependency-cruiser.cjs')) as IConfiguration
const folder = mkdtempSync(join(tmpdir(), 'gatehouse-rules-'))
symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** What a file imports: `type` for types alone. */
type Import = { from: string; to: string; type?: true }

const broken: Record<string, Import[]> = {
  'no-cycles': [
    { from: 'src/platform/http/a.ts', to: './b.ts' },
    { from: 'src/platform/http/b.ts', to: './a.ts' },
  ],
  'domain-is-pure': [{ from: 'src/domain/shared/a.ts', to: 'node:crypto' }],
  'domain-shared-is-below': [{ from: 'src/domain/shared/a.ts', to: '../request/b.ts', type: true }],
  'domain-flow-knows-no-request': [{ from: 'src/domain/flow/a.ts', to: '../request/b.ts', type: true }],
  'domain-request-knows-no-grant': [{ from: 'src/domain/request/a.ts', to: '../grant/b.ts', type: true }],
  'domain-grant-is-no-umbrella': [{ from: 'src/domain/grant/a.ts', to: '../b.ts' }],
  'workflows-are-deterministic': [{ from: 'workflows/a.ts', to: 'uuid' }],
  'workflows-see-activities-as-types': [{ from: 'workflows/a.ts', to: '../activities/index.ts' }],
  'activities-are-thin': [{ from: 'activities/index.ts', to: '../src/features/grants/b.ts' }],
  'routes-stay-at-the-edge': [{ from: 'src/features/grants/grants.routes.ts', to: 'nodemailer' }],
  'temporal-client-in-few-places': [{ from: 'src/features/grants/grants.repository.ts', to: '@temporalio/client' }],
  'worker-sdk-in-the-worker': [{ from: 'src/main/api.ts', to: '@temporalio/worker' }],
  'sql-in-repositories': [{ from: 'src/main/api.ts', to: 'drizzle-orm' }],
  'mail-in-its-room': [{ from: 'src/features/grants/grants.mails.ts', to: 'nodemailer' }],
  'features-do-not-import-each-other': [{ from: 'src/features/grants/a.ts', to: '../requests/requests.commands.ts' }],
  'platform-knows-no-feature': [{ from: 'src/platform/mail/a.ts', to: '../../features/grants/b.ts', type: true }],
  'local-is-for-the-launcher': [{ from: 'src/main/api.ts', to: '../local/b.ts' }],
  'local-stands-on-the-platform': [{ from: 'src/local/a.ts', to: '../features/grants/b.ts' }],
  'nobody-imports-main': [{ from: 'src/features/grants/a.ts', to: '../../main/b.ts', type: true }],
  'demo-is-only-put-in-by-main': [{ from: 'src/features/grants/a.ts', to: '../../demo/b.ts' }],
  'no-tests-in-the-product': [{ from: 'src/domain/a.ts', to: '../../test/b.ts' }],
}

function write(base: string, path: string, text: string): void {
  mkdirSync(dirname(join(base, path)), { recursive: true })
  writeFileSync(join(base, path), text, { flag: 'a' })
}

async function violationsOf(name: string, imports: Import[]): Promise<string[]> {
  const base = join(folder, name)
  for (const { from, to, type } of imports) {
    write(base, from, `${type ? 'import type' : 'import'} { one } from '${to}'\nexport type Two = typeof one\n`)
    if (to.startsWith('.')) write(base, join(dirname(from), to), 'export const one = 1\n')
  }
  const entries = [...new Set(imports.map(({ from }) => from))]
  const { output } = await cruise(entries, { ...config.options, baseDir: base, validate: true, ruleSet: config })
  return (output as ICruiseResult).summary.violations.map(({ rule }) => rule.name)
}

test.each(Object.entries(broken))('the rule %s reports what breaks it', async (name, imports) => {
  expect(await violationsOf(name, imports)).toContain(name)
})

test('every rule is broken here once', () => {
  expect(config.forbidden?.map(({ name }) => name).sort()).toEqual(Object.keys(broken).sort())
})

const allowed: Import[] = [
  { from: 'src/features/grants/grants.table.ts', to: '../directory/users/users.table.ts' },
  { from: 'src/features/grants/grants.repository.ts', to: 'drizzle-orm' },
  { from: 'src/features/grants/a.ts', to: '../requests/requests.commands.ts', type: true },
  { from: 'src/domain/grant/a.ts', to: '../request/b.ts' },
  { from: 'src/main/start.ts', to: '../local/b.ts' },
]

test('what runs down is let through', async () => {
  expect(await violationsOf('allowed', allowed)).toEqual([])
})
