/** Finds generated files that no longer match what they are made from. */
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { root } from './lib/prepare.mjs'
import { run } from './lib/terminal.mjs'

const bin = (name) => join(root, 'node_modules', '.bin', name)

const checks = {
  '.env.example': () => run(bin('tsx'), ['scripts/env-docs.ts', '--check'], { cwd: root }),
  'database migrations': migrationsDrift,
}
if (existsSync(join(root, 'scripts', 'openapi-types.ts'))) {
  checks['API types'] = () => run(bin('tsx'), ['scripts/openapi-types.ts', '--check'], { cwd: root })
}

let drifted = 0
for (const [name, check] of Object.entries(checks)) {
  if ((await check()) === 0) continue
  console.error(`${name}: drifted`)
  drifted++
}
process.exitCode = drifted > 0 ? 1 : 0

/** Generates into a copy: a new file there means that a table changed without its migration. */
async function migrationsDrift() {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-drift-'))
  try {
    cpSync(join(root, 'drizzle'), folder, { recursive: true })
    const before = readdirSync(folder).length
    // drizzle-kit takes the folder as relative even when it is not.
    const out = relative(root, folder)
    const args = ['generate', '--dialect', 'postgresql', '--schema', './src/**/*.table.ts', '--out', out]
    const code = await run(bin('drizzle-kit'), args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] })
    if (code !== 0) return code
    if (readdirSync(folder).length === before) return 0
    console.error('The tables have changed: run npm run db:generate.')
    return 1
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
