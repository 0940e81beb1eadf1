/**
 * `npm run bench:flow-deletion`: a flow with many open requests is deleted while people go on working.
 * Against the service that `npm start` runs here (DATA_DIR); the requests are submitted through the product's own
 * commands, the people's calls go over HTTP. Bounded: BENCH_COUNT requests (default 10,000), at most 12 minutes of waiting.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pino } from 'pino'
import { v7 as uuidv7 } from 'uuid'
import { users } from '../src/features/directory/users/users.table.ts'
import { createApiParts } from '../src/main/api-parts.ts'
import { encryptionKeysOf, readSettings } from '../src/platform/config/env.ts'
import { openDatabase } from '../src/platform/db/client.ts'
import { createTemporalClient } from '../src/platform/engine/client.ts'
import { createPayloadCodec } from '../src/platform/engine/payload-codec.ts'
import { createSecretBox } from '../src/platform/secrets/secret-box.ts'
import { call, liftSubmissionLimits, signIn, summary } from './http.ts'

const count = Number(process.env['BENCH_COUNT'] ?? 10_000)
const atOnce = 24
const service = JSON.parse(readFileSync(join(process.env['DATA_DIR'] ?? '.data', 'service.json'), 'utf8')) as Record<
  string,
  string
>
for (const [key, value] of Object.entries(service)) process.env[key] ??= value
const settings = readSettings()
const base = `http://localhost:${settings.port}`
const keys = encryptionKeysOf(settings)
const database = openDatabase(settings.databaseUrl ?? '', { name: 'gatehouse-bench', max: atOnce })
const client = await createTemporalClient(settings, keys)
const { commands } = createApiParts({
  database,
  client,
  codec: createPayloadCodec(keys),
  secretBox: createSecretBox(keys),
  log: pino({ level: 'silent' }),
  taskQueue: settings.temporalTaskQueue,
  publicUrl: settings.publicUrl,
  requestExpiry: settings.requestExpiry,
  workflowsUrl: null,
  allowPrivateTargets: true,
})

const admin = await signIn(base, settings.adminEmail, settings.adminPassword ?? '')
await liftSubmissionLimits(admin)
const stamp = Date.now().toString(36)
const make = async (path: string, body: unknown) => (await call<{ id: string }>(admin, 'POST', path, body)).value.id
const manual = { approvalType: 'manual', approvers: [{ kind: 'administrator' }] }
const flowInto = async (name: string) =>
  make('/approval-flows', { name, groupId: await make('/user-groups', { name }), ...manual })
const approvalFlowId = await flowInto(`Deleted ${stamp}`)
const people = Array.from({ length: count }, (_, index) => ({
  id: uuidv7(),
  name: `Bench ${stamp} ${index}`,
  email: `bench-${stamp}-${index}@example.test`,
  state: 'activated' as const,
}))
for (let from = 0; from < count; from += 1000) await database.db.insert(users).values(people.slice(from, from + 1000))

const submitBegan = performance.now()
let next = 0
async function submitSome(): Promise<void> {
  for (let person = people[next++]; person; person = people[next++]) {
    const now = new Date().toISOString()
    const input = { id: uuidv7(), requesterId: person.id, approvalFlowId, reason: 'measured', requestedDuration: null }
    await commands.submit({ ...input, expiry: settings.requestExpiry, now, origin: {} })
  }
}
await Promise.all(Array.from({ length: atOnce }, submitSome))
const submitSeconds = Math.round((performance.now() - submitBegan) / 1000)
console.log(`${count} open requests after ${submitSeconds} s`)

const requesterEmail = `bench-${stamp}-person@example.test`
await call(admin, 'POST', '/users', {
  name: 'Person',
  email: requesterEmail,
  password: `bench-password-${stamp}`,
  mustChangePassword: false,
})
const requester = await signIn(base, requesterEmail, `bench-password-${stamp}`)

const shownBefore = await counts('pending')
const deletion = await call(admin, 'DELETE', `/approval-flows/${approvalFlowId}?confirm=true`)
const shown = await call<{ items: { processing: string; status: string }[] }>(
  admin,
  'GET',
  `/access-requests?q=Deleted%20${stamp}&status=pending,canceled&limit=50`,
)
const notCanceling = shown.value.items.filter(
  ({ processing, status }) => status === 'pending' && processing !== 'canceling',
)

async function counts(status: string): Promise<number> {
  const path = `/access-requests/counts?q=Deleted%20${stamp}&status=${status}`
  return (await call<{ administrator: number }>(admin, 'GET', path)).value.administrator
}

const began = performance.now()
const times = { submit: [] as number[], decide: [] as number[], together: [] as number[] }
let left = shownBefore
for (let round = 0; left > 0 && performance.now() - began < 12 * 60_000; round++) {
  const id = await flowInto(`Meanwhile ${stamp} ${round}`)
  const submitted = await call<{ id: string }>(requester, 'POST', '/access-requests', {
    approvalFlowId: id,
    reason: 'measured',
  })
  const decided = await call(admin, 'POST', `/access-requests/${submitted.value.id}/grant`, {})
  times.submit.push(submitted.ms)
  times.decide.push(decided.ms)
  times.together.push(submitted.ms + decided.ms)
  left = await counts('pending')
  await new Promise((resolve) => setTimeout(resolve, 500))
}

const results = {
  count,
  submitSeconds,
  deletionMs: Math.round(deletion.ms),
  shownAsOpenAfterDeletion: notCanceling.length,
  reachedAllSeconds: left === 0 ? Math.round((performance.now() - began) / 1000) : null,
  left,
  people: Object.fromEntries(Object.entries(times).map(([name, values]) => [name, summary(values)])),
}
console.dir(results, { depth: 4 })
mkdirSync(join(import.meta.dirname, 'results'), { recursive: true })
writeFileSync(
  join(import.meta.dirname, 'results', `flow-deletion-${stamp}.json`),
  `${JSON.stringify(results, null, 2)}\n`,
)
await Promise.all([client.connection.close(), database.close()])
process.exitCode = left === 0 ? 0 : 1
