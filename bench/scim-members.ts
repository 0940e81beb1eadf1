/**
 * `npm run bench:scim`: a group of 10,000 members by SCIM, as a whole, by the thousand and person by person, while somebody
 * asks for just this group's access. Against the service that `npm start` runs here (DATA_DIR, and BENCH_URL where it is
 * not at http://localhost:3000). Makes people, a group, a flow and a source of its own. BENCH_COUNT people (10,000).
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import postgres from 'postgres'
import { call, liftSubmissionLimits, signIn, summary } from './http.ts'

const base = process.env['BENCH_URL'] ?? 'http://localhost:3000'
const email = process.env['ADMIN_EMAIL'] ?? 'admin@example.test'
const password = process.env['ADMIN_PASSWORD'] ?? 'gatehouse-demo'
const count = Number(process.env['BENCH_COUNT'] ?? 10_000)
const singles = Math.min(2000, count / 5)
const dataDir = process.env['DATA_DIR'] ?? '.data'
const { DATABASE_URL: url = '' } = JSON.parse(readFileSync(join(dataDir, 'service.json'), 'utf8')) as Record<
  string,
  string
>

const admin = await signIn(base, email, password)
await liftSubmissionLimits(admin)
const stamp = Date.now().toString(36)
const make = async (path: string, body: unknown) => (await call<{ id: string }>(admin, 'POST', path, body)).value.id
const person = { name: `Bench ${stamp}`, email: `bench-${stamp}@example.test`, password: `bench-password-${stamp}` }
await call(admin, 'POST', '/users', { ...person, mustChangePassword: false })
const requester = await signIn(base, person.email, person.password)
const sourceId = await make('/people-sources', { name: `Bench ${stamp}`, kind: 'scim' })
const made = await call<{ token: string }>(admin, 'POST', '/api-tokens', { name: 'Bench', scopes: ['scim'], sourceId })

const db = postgres(url, { max: 1 })
const rows = await db<{ id: string }[]>`
  insert into users (id, name, email, source_id, external_id)
  select gen_random_uuid(), 'Member ' || n, 'member-' || n || ${`-${stamp}@example.test`}, ${sourceId}, n::text
  from generate_series(1, ${count}::int) n returning id`
await db.end()
const ids = rows.map(({ id }) => id)

async function scim<T>(method: string, path: string, body: unknown): Promise<T> {
  const res = await fetch(`${base}/scim/v2${path}`, {
    method,
    headers: { authorization: `Bearer ${made.value.token}`, 'content-type': 'application/scim+json' },
    body: JSON.stringify(body),
  })
  const text = await res.text()
  if (!res.ok) throw new Error(`${method} ${path} answered ${res.status}: ${text.slice(0, 500)}`)
  return (text === '' ? undefined : JSON.parse(text)) as T
}

const displayName = `Bench ${stamp}`
const group = await scim<{ id: string }>('POST', '/Groups', { displayName })
const approvalFlowId = await make('/approval-flows', {
  name: `Bench ${stamp}`,
  groupId: group.id,
  approvalType: 'manual',
  approvers: [{ kind: 'user_group', groupId: group.id, required: 1 }],
})

let isOver = false
const waits: number[] = []
/** Asks and withdraws, over and over: the group is what is given, and who approves. */
async function ask(): Promise<void> {
  const submitted = await call<{ id: string }>(requester, 'POST', '/access-requests', { approvalFlowId, reason: 'x' })
  waits.push(submitted.ms)
  await call(requester, 'POST', `/access-requests/${submitted.value.id}/withdraw`, {})
}

async function people(): Promise<void> {
  while (!isOver) {
    await ask()
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

const listed = (some: readonly string[]) => some.map((value) => ({ value }))
const patch = (operations: unknown[]) => scim('PATCH', `/Groups/${group.id}`, { Operations: operations })
const add = (some: readonly string[]) => patch([{ op: 'add', path: 'members', value: listed(some) }])
const results: Record<string, Record<string, number>> = {}

/** Milliseconds of each step, and what submissions waited for meanwhile. */
async function measure(name: string, steps: (() => Promise<unknown>)[]): Promise<void> {
  waits.length = 0
  const times: number[] = []
  const began = performance.now()
  for (const step of steps) {
    const start = performance.now()
    await step()
    times.push(performance.now() - start)
  }
  const total = performance.now() - began
  const asked = waits.length > 0 ? summary(waits) : { p50: 0, p95: 0 }
  results[name] = { calls: steps.length, total, ...summary(times), 'submit p50': asked.p50, 'submit p95': asked.p95 }
}

const thousands = Array.from({ length: Math.ceil(count / 1000) }, (_, n) => ids.slice(n * 1000, (n + 1) * 1000))
const running = people()
await measure('nothing beside', [() => new Promise((resolve) => setTimeout(resolve, 10_000))])
await measure('PUT of all', [() => scim('PUT', `/Groups/${group.id}`, { displayName, members: listed(ids) })])
await measure('PUT of all, nothing new', [
  () => scim('PUT', `/Groups/${group.id}`, { displayName, members: listed(ids) }),
])
await measure('PUT of none', [() => scim('PUT', `/Groups/${group.id}`, { displayName, members: [] })])
await measure(
  'PATCH by the thousand',
  thousands.map((some) => () => add(some)),
)
const last = ids.slice(-singles)
await measure(
  `PATCH out, one by one, of ${count}`,
  last.map((id) => () => patch([{ op: 'remove', path: `members[value eq "${id}"]` }])),
)
await measure(
  `PATCH in, one by one, to ${count}`,
  last.map((id) => () => add([id])),
)
await measure('PUT of none, again', [() => scim('PUT', `/Groups/${group.id}`, { displayName, members: [] })])
await measure(
  `PATCH in, one by one, to ${singles}`,
  last.map((id) => () => add([id])),
)
isOver = true
await running

console.table(Object.fromEntries(Object.entries(results).map(([name, row]) => [name, rounded(row)])))
const folder = join(import.meta.dirname, 'results')
mkdirSync(folder, { recursive: true })
writeFileSync(join(folder, `scim-members-${stamp}.json`), `${JSON.stringify({ base, count, results }, null, 2)}\n`)

function rounded(row: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, Math.round(value * 10) / 10]))
}
