/** Plain Node: what is built from what, and whether that has changed since. Needs no dependency. */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Entry points of the server; those that exist are built. */
export const entryPoints = [
  'start',
  'api',
  'worker',
  'migrate',
  'seed',
  'audit-verify',
  'reconcile',
  'seal',
  'erase',
  'rotate-keys',
  'identity-provider',
]

const common = ['package-lock.json', 'patches', 'tsconfig.json', 'scripts/build.mjs', 'scripts/lib']

/** Inputs and main output of each target. */
const targets = {
  server: { inputs: ['src', 'workflows', 'activities', ...common], output: 'dist/main/start.js' },
  workflows: {
    inputs: ['workflows', 'src/domain', 'src/platform/engine', ...common],
    output: 'dist/workflow-bundle.js',
  },
  web: { inputs: ['web', 'src/domain', ...common], output: 'dist/web/index.html' },
}

/** The targets that have to be built: their sources exist, and differ from those of the last build. */
export function staleTargets(root) {
  const stamps = readStamps(root)
  const names = Object.keys(targets).filter((name) => existsSync(join(root, targets[name].inputs[0])))
  return names
    .map((name) => ({ name, hash: hashOf(root, targets[name].inputs) }))
    .filter(({ name, hash }) => stamps[name] !== hash || !existsSync(join(root, targets[name].output)))
}

/** Notes that a target was built from sources with this hash. */
export function noteBuilt(root, { name, hash }) {
  mkdirSync(join(root, 'dist'), { recursive: true })
  writeFileSync(join(root, 'dist', 'stamps.json'), JSON.stringify({ ...readStamps(root), [name]: hash }))
}

function readStamps(root) {
  try {
    return JSON.parse(readFileSync(join(root, 'dist', 'stamps.json'), 'utf8'))
  } catch {
    return {}
  }
}

function hashOf(root, inputs) {
  const hash = createHash('sha256')
  for (const input of inputs) addTo(hash, root, input)
  return hash.digest('hex')
}

const leftOut = new Set(['node_modules', 'dist', 'test-results'])

function addTo(hash, root, path) {
  const full = join(root, path)
  if (!existsSync(full)) return
  const entries = isFolder(full) ? readdirSync(full).sort() : undefined
  if (!entries) hash.update(`${path}\0`).update(readFileSync(full)).update('\0')
  for (const entry of entries ?? []) if (!leftOut.has(entry)) addTo(hash, root, `${path}/${entry}`)
}

function isFolder(path) {
  try {
    return readdirSync(path) !== undefined
  } catch {
    return false
  }
}
