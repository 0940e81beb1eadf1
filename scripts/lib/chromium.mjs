/** Plain Node: finds a Chromium for the browser tests, and installs Debian's when there is none and we may. */
import { spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fail, runWithProgress } from './terminal.mjs'

/** The headless shell first: it has no window to draw, and starts and opens pages with less work. */
const names = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const usual = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/** Path of a Chromium. `CHROMIUM_PATH` wins; without any it is installed by apt as root, else one sentence and exit 1. */
export async function ensureChromium() {
  const named = process.env.CHROMIUM_PATH
  if (named && !isExecutable(named)) fail(`CHROMIUM_PATH names ${named}, which cannot be run.`)
  const found = named ?? findChromium()
  if (found) return found
  if (process.getuid?.() !== 0 || spawnSync('apt-get', ['--version']).status !== 0) {
    fail(
      'The browser tests need Chromium: install it (Debian: apt-get install chromium-headless-shell), or set CHROMIUM_PATH.',
    )
  }
  await installChromium()
  return findChromium() ?? fail('apt-get installed Chromium, but it cannot be found: set CHROMIUM_PATH.')
}

async function installChromium() {
  const packages = ['chromium-headless-shell', 'fonts-dejavu-core']
  await aptGet('Reading the package lists', ['update', '-qq'])
  await aptGet('Installing Chromium', ['install', '-y', '-qq', '--no-install-recommends', ...packages])
}

async function aptGet(title, args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const code = await runWithProgress(title, ['apt-get', '-o', 'DPkg::Lock::Timeout=300', ...args], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  if (code !== 0) fail(`Chromium could not be installed: apt-get ${args[0]} ended with code ${code}.`)
}

function findChromium() {
  const folders = (process.env.PATH ?? '').split(delimiter)
  const candidates = [...folders.flatMap((folder) => names.map((name) => join(folder, name))), ...usual]
  return candidates.find(isExecutable)
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
