/** Plain Node: checks the Node version, installs the packages when they are not those of package-lock.json, and patches them. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ensurePatches } from './patches.mjs'
import { fail, runWithProgress } from './terminal.mjs'

const oldestNode = [20, 19]
const endOfLife = 'Node 20 gets no security fixes any more (since April 2026): use Node 24.\n'

/** Ends with a clear sentence on a Node that is too old, and brings node_modules to the state of package-lock.json and patches/. */
export async function ensureDependencies(root) {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major < oldestNode[0] || (major === oldestNode[0] && minor < oldestNode[1])) {
    fail(`Gatehouse needs Node ${oldestNode.join('.')} or newer; this is ${process.versions.node}.`)
  }
  // On standard error: the only line of standard output may be for another program.
  if (major === oldestNode[0]) process.stderr.write(endOfLife)
  if (!isInstalled(root)) await install(root)
  await ensurePatches(root, () => install(root))
}

async function install(root) {
  if (!lockMatches(root)) fail('package-lock.json does not match package.json: run npm install, then start again.')
  // Not `npm ci`: it refuses a lock that lists no programs for other machines, and those are optional here.
  // The same care is kept by hand: nothing is saved, and what came must be exactly what the lock names.
  // Dependencies for development build the service, so they are needed under NODE_ENV=production as well.
  const args = ['install', '--no-save', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']
  const code = await runWithProgress('Installing the packages', [...npmCommand(), ...args], { cwd: root })
  if (code === 130) process.exit(130)
  if (code !== 0) fail(`The packages could not be installed: npm install ended with code ${code}.`)
  if (!isInstalled(root))
    fail('The installed packages are not those of package-lock.json: delete node_modules and try again.')
}

/** True when the lock was made for the dependencies that package.json asks for. */
function lockMatches(root) {
  const read = (name) => JSON.parse(readFileSync(join(root, name), 'utf8'))
  const asked = read('package.json')
  const locked = read('package-lock.json').packages['']
  const text = (all = {}) => JSON.stringify(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)))
  return ['dependencies', 'devDependencies'].every((kind) => text(asked[kind]) === text(locked[kind]))
}

/** npm notes what it has installed as its last act, so an interrupted install shows as none. */
function isInstalled(root) {
  const noted = join(root, 'node_modules', '.package-lock.json')
  if (!existsSync(noted)) return false
  try {
    const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages
    const found = JSON.parse(readFileSync(noted, 'utf8')).packages
    return Object.entries(wanted).every(
      ([path, entry]) => path === '' || entry.optional || entry.devOptional || found[path]?.version === entry.version,
    )
  } catch {
    return false
  }
}

function npmCommand() {
  const script = process.env.npm_execpath
  return script?.endsWith('npm-cli.js') ? [process.execPath, script] : ['npm']
}
