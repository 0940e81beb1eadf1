/** `npm run check`: every check that needs no running service, each with its time; one line at the end. */
import { prepare, root } from './lib/prepare.mjs'
import { run } from './lib/terminal.mjs'

const checks = ['types', 'lint', 'format', 'imports', 'dead-code', 'web', 'drift', 'authorisation', 'spec-map', 'reads']

await prepare()
const failed = []
for (const name of checks) {
  const began = performance.now()
  const code = await run('npm', ['run', '--silent', `check:${name}`], { cwd: root })
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  console.log(`${code === 0 ? '✓' : '✗'} ${name.padEnd(13)} ${seconds.padStart(6)} s`)
  if (code === 130) process.exit(130)
  if (code !== 0) failed.push(name)
}
console.log(failed.length === 0 ? `check: all ${checks.length} passed` : `check: failed: ${failed.join(', ')}`)
process.exitCode = failed.length === 0 ? 0 : 1
