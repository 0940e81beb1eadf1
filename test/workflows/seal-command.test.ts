/** What `npm run seal` prints and what docs/signals.md shows are signals that count. */
import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { formatEncryptionKeys } from '../../src/platform/config/encryption-keys.ts'
import { testKeys } from '../replay/test-key.ts'
import { until } from '../support/test-server.ts'
import { openService, type TestService } from '../support/worker-service.ts'

const root = join(import.meta.dirname, '..', '..')
const run = promisify(execFile)
let world: TestService
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-seal-'))
  world = await openService()
})
afterAll(async () => {
  await world.close()
  await rm(folder, { recursive: true, force: true })
})

function seal(words: string[], env: Record<string, string> = { ENCRYPTION_KEY: formatEncryptionKeys([...testKeys]) }) {
  const options = { cwd: root, env: { ...process.env, DATA_DIR: folder, ENCRYPTION_KEY: '', ...env } }
  return run(process.execPath, [join(root, 'scripts', 'run.mjs'), 'seal', ...words], options)
}

async function scene() {
  const manager = await world.addUser()
  const id = await world.ask((await world.addUser({ managerId: manager.id })).id, (await world.offer()).id)
  return {
    id,
    workflowId: `access-request/${id}`,
    message: JSON.stringify({ by: manager.id, decision: 'approve' }),
    manager,
  }
}

const address = () => world.env.address
const signal = (workflowId: string, input: string[]) =>
  run(inject('temporalCliPath'), [
    ...['workflow', 'signal', '--address', address(), '--workflow-id', workflowId, '--name', 'decide'],
    ...input,
  ])

test('the line that npm run seal prints is the argument that the temporal command line sends', async () => {
  const { id, workflowId, message } = await scene()

  const { stdout } = await seal([message])
  expect(stdout.trim().split('\n')).toHaveLength(1)
  expect(stdout).not.toContain('approve')
  await signal(workflowId, ['--input', stdout.trim()])

  await until(async () => (await world.statusOf(id)) === 'approved')
  const made = (await world.auditOf(id)).filter(({ initiatedByType }) => initiatedByType === 'signal')
  expect(made).toHaveLength(2)
})

test('sent as the payload that it is, it counts as well', async () => {
  const { id, workflowId, message } = await scene()
  const { stdout } = await seal(['--workflow-id', workflowId, '--name', 'decide', message])
  const { metadata, data } = JSON.parse(stdout) as { metadata: Record<string, string>; data: string }
  const meta = Object.entries(metadata).map(([name, value]) => `${name}=${Buffer.from(value, 'base64').toString()}`)

  await signal(workflowId, ['--input', data, '--input-base64', ...meta.flatMap((one) => ['--input-meta', one])])

  await until(async () => (await world.statusOf(id)) === 'approved')
  expect((await world.rowOf(id)).version).toBe(2)
})

test('a line that was sealed for one request decides no other', async () => {
  const [one, other] = [await scene(), await scene()]
  const { stdout } = await seal(['--workflow-id', one.workflowId, other.message])

  await signal(other.workflowId, ['--input', stdout.trim()])
  await until(async () => (await world.auditOf(other.id)).some(({ success }) => !success))

  expect(await world.statusOf(other.id)).toBe('pending')
})

test.each([
  ['no JSON', ['{"by":'], 'This is not JSON'],
  ['no object', ['"approve"'], 'takes one JSON object'],
  ['nothing', [], 'takes one JSON object'],
  ['two messages', ['{}', '{}'], 'takes one JSON object'],
  ['an option it does not know', ['--to', '{}'], 'takes one JSON object'],
])('of %s nothing is made, and it is said what is wanted', async (_name, words, sentence) => {
  await expect(seal(words)).rejects.toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining(sentence) })
})

test('without a key of the service nothing is sealed, and none is made', async () => {
  await expect(seal(['{}'], {})).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining('There is no key to seal with'),
  })

  expect(await readdir(folder)).toEqual([])
})

test('the TypeScript of docs/signals.md sends a signal that counts', async () => {
  const { id, manager } = await scene()
  const [, code] = /```ts\n([^]*?)```/.exec(await readFile(join(root, 'docs', 'signals.md'), 'utf8')) ?? []
  const program = join(root, '.data-test', `signals-${process.pid}.mts`)
  await writeFile(program, code ?? '')
  const [key] = testKeys
  const env = { REQUEST: id, USER_ID: manager.id, KEY_ID: key?.id, KEY: key?.key.toString('base64') }

  try {
    await run(process.execPath, ['--import', 'tsx', program], {
      cwd: root,
      env: { ...process.env, ...env, TEMPORAL_ADDRESS: address() },
    })
  } finally {
    await rm(program)
  }

  await until(async () => (await world.statusOf(id)) === 'approved')
  expect((await world.rowOf(id)).decision?.by?.id).toBe(manager.id)
})
