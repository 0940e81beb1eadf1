/** `npm run dev`: as `npm start`, but new code is built and run as soon as a file changes. */
import { fork, spawn } from 'node:child_process'
import { existsSync, watch } from 'node:fs'
import { join } from 'node:path'
import { endWithNpm } from './lib/parent.mjs'
import { prepare, root } from './lib/prepare.mjs'
import { run } from './lib/terminal.mjs'

const settleMs = 200

console.log('Gatehouse is starting for development')
endWithNpm()
await prepare()
// Packages say more about mistakes in development than `npm start` lets them.
process.env.NODE_ENV ??= 'development'
const supervisor = fork(join(root, 'dist', 'main', 'start.js'), { cwd: root, execArgv: ['--enable-source-maps'] })
let vite
let isStopping = false
supervisor.on('message', (message) => {
  if (message?.type === 'ready') begin()
  if (message?.type === 'restarted') console.log('Running the new code')
})
supervisor.once('exit', (code) => {
  vite?.kill()
  process.exit(code ?? 1)
})
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    // From the terminal the supervisor has had the signal itself; a second one would count as impatience.
    if (!isStopping && signal !== 'SIGINT') supervisor.kill(signal)
    isStopping = true
  })
}

function begin() {
  for (const folder of ['src', 'workflows', 'activities', 'drizzle']) {
    if (existsSync(join(root, folder))) watch(join(root, folder), { recursive: true }, changed)
  }
  if (existsSync(join(root, 'web', 'vite.config.ts'))) vite = startVite()
  console.log('Watching for changes')
}

function startVite() {
  const bin = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
  return spawn(process.execPath, [bin, join(root, 'web'), '--host', '127.0.0.1'], { cwd: root, stdio: 'inherit' })
}

let timer
let isBuilding = false
function changed() {
  clearTimeout(timer)
  timer = setTimeout(() => void rebuild(), settleMs)
}

async function rebuild() {
  if (isBuilding) return changed()
  isBuilding = true
  const code = await run(process.execPath, [join(root, 'scripts', 'build.mjs')], { cwd: root })
  isBuilding = false
  if (code === 0 && supervisor.connected) supervisor.send({ type: 'restart' })
}
