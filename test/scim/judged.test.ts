/** The judge from outside: every check of scim2-tester, a program of others, against the service over the network. */
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findPythonPackage, runCommand } from '../../scripts/lib/python-package.ts'
import { freePort } from '../../src/platform/net/ports.ts'
import { startTestApp, type TestApp } from '../support/app.ts'

const cacheDir = join(import.meta.dirname, '..', '..', '.data-test', 'python')
const judge = { name: 'scim2-tester', version: '0.5.2', extra: 'httpx2' }

interface Outcome {
  status: string
  title: string
  about: string | null
  reason: string
  data: string | null
}

let app: TestApp

beforeAll(async () => {
  const port = await freePort()
  app = await startTestApp({ port, publicUrl: `http://127.0.0.1:${port}` })
})
afterAll(() => app.close())

/** What the service does not do, and says so. */
const skipped = [/several resource types at once/]

test('every check passes, but for those of what the service says it does not do', async () => {
  const admin = await app.signIn()
  const { token } = (await admin.post('/api-tokens', { name: 'Judge', scopes: ['scim'] })).body
  const folder = await findPythonPackage(cacheDir, judge)

  const args = [join(import.meta.dirname, 'judge.py'), folder, `${app.base}/scim/v2`, token]
  const [code, lines] = await runCommand('python3', args)
  const outcomes = lines.filter((line) => line.startsWith('{')).map((line): Outcome => JSON.parse(line))
  const bad = outcomes.filter(
    ({ status, reason }) => status !== 'SUCCESS' && !skipped.some((pattern) => pattern.test(reason)),
  )

  if (code !== 0) throw new Error(lines.join('\n'))
  expect(bad).toEqual([])
  expect(outcomes.length).toBeGreaterThan(40)
}, 300_000)
