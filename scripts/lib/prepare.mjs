/** Plain Node: everything before our own code can run: packages, settings file, build. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { staleTargets } from './build-targets.mjs'
import { ensureDependencies } from './dependencies.mjs'
import { fail, run } from './terminal.mjs'

/** The checkout. Everything runs from here, wherever the command was given. */
export const root = join(import.meta.dirname, '..', '..')

/** Installs, reads `.env` if there is one, builds what has changed. Ends the process in one sentence when that fails. */
export async function prepare() {
  process.chdir(root)
  await ensureDependencies(root)
  readEnvFile()
  await build()
}

/** Builds what has changed, in a process of its own: the bundlers' memory is not kept by the service. */
export async function build() {
  if (staleTargets(root).length === 0) return
  console.log('Building …')
  const code = await run(process.execPath, [join(root, 'scripts', 'build.mjs')], { cwd: root })
  if (code !== 0) process.exit(code === 130 ? 130 : 1)
}

/** Variables that are set already win over the file. */
function readEnvFile() {
  const file = join(root, '.env')
  if (!existsSync(file)) return
  try {
    process.loadEnvFile(file)
  } catch (error) {
    fail(`.env cannot be read: ${error.message}`)
  }
}
