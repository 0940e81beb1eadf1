/** `npm test`: brings what the tests need, runs them all (`--changed`: those that a change touches), and ends on the line `N passed, N failed`. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { vitestArguments } from './lib/changed.mjs'
import { ensureChromium } from './lib/chromium.mjs'
import { ensureDependencies } from './lib/dependencies.mjs'
import { build, root } from './lib/prepare.mjs'
import { run } from './lib/terminal.mjs'

process.chdir(root)
await ensureDependencies(root)
await build()
const env = { ...process.env }
if (existsSync(join(root, 'test', 'e2e'))) env.CHROMIUM_PATH = await ensureChromium()

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-report-'))
const report = join(folder, 'report.json')
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
const args = vitestArguments(root, process.argv.slice(2))
const code = await run(process.execPath, [vitest, ...args, ...reporters], { cwd: root, env })
const { passed, failed, failures } = summary(report)
rmSync(folder, { recursive: true, force: true })
// A run that broke before or after its tests has failed, whatever the tests said.
const broken = code !== 0 && failed === 0 ? 1 : 0
for (const failure of failures) console.log(`failed: ${failure}`)
console.log(`${passed} passed, ${failed + broken} failed`)
process.exitCode = code === 0 ? 0 : code

/** The counts of a report, and of each failure its file, its name and the first line of what it said. */
function summary(file) {
  if (!existsSync(file)) return { passed: 0, failed: 0, failures: [] }
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(file, 'utf8'))
  // A file that cannot even be loaded has no tests to fail.
  const unloadable = testResults.filter((result) => result.status === 'failed' && result.assertionResults.length === 0)
  const failures = testResults.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter((test) => test.status === 'failed')
      .map((test) => `${relative(root, name)} > ${test.fullName}: ${firstLine(test.failureMessages[0])}`),
  )
  return {
    passed: numPassedTests,
    failed: numFailedTests + unloadable.length,
    failures: [...failures, ...unloadable.map(({ name, message }) => `${relative(root, name)}: ${firstLine(message)}`)],
  }
}

function firstLine(text = '') {
  return text.split('\n', 1)[0].slice(0, 300)
}
