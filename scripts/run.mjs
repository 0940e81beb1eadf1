/** `npm run api|worker|migrate|seed|audit:verify|reconcile|seal|erase|rotate-keys`: builds what has changed and runs that entry point in this process. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { entryPoints } from './lib/build-targets.mjs'
import { endWithNpm } from './lib/parent.mjs'
import { prepare, root } from './lib/prepare.mjs'
import { fail, sayOnStandardError } from './lib/terminal.mjs'

const name = process.argv[2]
if (!entryPoints.includes(name)) fail(`scripts/run.mjs takes one of ${entryPoints.join(', ')}.`)
endWithNpm()
// Its only line is for another program.
if (name === 'seal') sayOnStandardError()
await prepare()
if (!process.env.DATABASE_URL && !process.env.DATABASE_URL_FILE) useRunningService()
// As under `npm start`: packages choose their quick builds by it.
process.env.NODE_ENV ??= 'production'
const file = join(root, 'dist', 'main', `${name}.js`)
if (!existsSync(file)) fail(`There is no src/main/${name}.ts to run.`)
await import(file)

/** Without an outside database the tools work on the service that `npm start` runs here. */
function useRunningService() {
  const noted = join(process.env.DATA_DIR || '.data', 'service.json')
  if (!existsSync(noted)) return
  for (const [key, value] of Object.entries(JSON.parse(readFileSync(noted, 'utf8')))) {
    if (!process.env[`${key}_FILE`]) process.env[key] ??= value
  }
}
