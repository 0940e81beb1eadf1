/** Plain Node: what `npm test -- --changed` runs. */
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fail } from './terminal.mjs'

/** Tests of the service as it is started and built: they import nothing of what they test. */
const ofTheStartedService = [
  { changed: /^(src|workflows|activities|drizzle|patches)\/|^scripts\/(start\.mjs|build\.mjs|lib\/)/, run: 'test/e2e' },
  { changed: /^web\/(?!src\/.*\.test\.)/, run: 'test/browser' },
]

/**
 * The arguments of Vitest: `run` with those that were given, or, with `--changed` (`--changed=main` for what differs from
 * a branch), `related` with the changed files and the tests of the started service that the change touches.
 */
export function vitestArguments(root, given) {
  const wish = given.find((argument) => /^--changed(=|$)/.test(argument))
  if (!wish) return ['run', ...given]
  const files = changedFiles(root, wish.split('=')[1] || 'HEAD')
  const started = ofTheStartedService.filter(({ changed }) => files.some((file) => changed.test(file)))
  const tests = started.flatMap(({ run }) => testsIn(root, run))
  return ['related', ...files, ...tests, '--run', ...given.filter((argument) => argument !== wish)]
}

/** Paths from `root`, with files that git does not know yet. */
function changedFiles(root, since) {
  const differing = git(root, ['diff', '--name-only', '--relative', '-z', since, '--'])
  const unknown = git(root, ['ls-files', '--others', '--exclude-standard', '-z'])
  return [...new Set([...differing, ...unknown])]
}

function git(root, args) {
  const { status, stdout, stderr } = spawnSync('git', args, { cwd: root, encoding: 'utf8' })
  if (status !== 0) fail(`--changed asks git what has changed, and it answered: ${stderr || 'nothing'}`)
  return stdout.split('\0').filter(Boolean)
}

function testsIn(root, folder) {
  const files = readdirSync(join(root, folder)).filter((file) => file.endsWith('.test.ts'))
  return files.map((file) => `${folder}/${file}`)
}
