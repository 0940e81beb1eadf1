/**
 * `npm run bench`: what a caller waits for, measured over HTTP against the service that runs at BENCH_URL
 * (default http://localhost:3000). Makes its own user, group and flows; bounded in count and time.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const base = process.env['BENCH_URL'] ?? 'http://localhost:3000'
const email = process.env['ADMIN_EMAIL'] ?? 'admin@example.test'
const password = process.env['ADMIN_PASSWORD'] ?? 'gatehouse-demo'
const rounds = 100
const decisionsPerSecond = 5

if (!['localhost', '127.0.0.1', '[::1]'].includes(new URL(base).hostname))
  throw new Error('BENCH_URL must be an address of this machine')

interface Session {
  cookie: string
  csrfToken: string
}

async function signIn(name: string, secret: string): Promise<Session> {
  const res = await fetch(`${base}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: name, password: secret }),
  })
  if (!res.ok) throw new Error(`sign-in as ${name} answered ${res.status}: is the service running at ${base}?`)
  const { csrfToken } = (await res.json()) as { csrfToken: string }
  return { cookie: res.headers.getSetCookie()[0]?.split(';')[0] ?? '', csrfToken }
}

async function call<T>(
  session: Session,
  method: string,
  path: string,
  body?: unknown,
): Promise<{ value: T; ms: number }> {
  const began = performance.now()
  const headers = { cookie: session.cookie, 'x-csrf-token': session.csrfToken, 'content-type': 'application/json' }
  const res = await fetch(`${base}/api/v1${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const value = (await res.json()) as T
  if (!res.ok) throw new Error(`${method} ${path} answered ${res.status}: ${JSON.stringify(value)}`)
  return { value, ms: performance.now() - began }
}

function summary(times: number[]) {
  const sorted = [...times].sort((a, b) => a - b)
  const at = (share: number) =>
    Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) * 10) / 10
  return { count: times.length, p50: at(0.5), p95: at(0.95), p99: at(0.99) }
}

const admin = await signIn(email, password)
const stamp = Date.now().toString(36)
const user = { name: `Bench ${stamp}`, email: `bench-${stamp}@example.test`, password: `bench-password-${stamp}` }
await call(admin, 'POST', '/users', user)
const requester = await signIn(user.email, user.password)

const measured = { submit: [] as number[], decide: [] as number[], list: [] as number[], counts: [] as number[] }
for (let round = 0; round < rounds; round++) {
  const group = await call<{ id: string }>(admin, 'POST', '/user-groups', { name: `Bench ${stamp} ${round}` })
  const flow = {
    name: `Bench ${stamp} ${round}`,
    groupId: group.value.id,
    approvalType: 'manual',
    approvers: [{ kind: 'administrator' }],
  }
  const { value } = await call<{ id: string }>(admin, 'POST', '/approval-flows', flow)
  const submitted = await call<{ id: string }>(requester, 'POST', '/access-requests', {
    approvalFlowId: value.id,
    reason: 'measured',
  })
  measured.submit.push(submitted.ms)
  const began = performance.now()
  measured.decide.push((await call(admin, 'POST', `/access-requests/${submitted.value.id}/grant`, {})).ms)
  measured.list.push((await call(admin, 'GET', '/access-requests?status=pending&approvalType=manual&limit=50')).ms)
  measured.counts.push((await call(admin, 'GET', '/access-requests/counts?status=pending')).ms)
  await new Promise((resolve) =>
    setTimeout(resolve, Math.max(0, 1000 / decisionsPerSecond - (performance.now() - began))),
  )
}

const results = Object.fromEntries(Object.entries(measured).map(([name, times]) => [name, summary(times)]))
console.table(results)
const folder = join(import.meta.dirname, 'results')
mkdirSync(folder, { recursive: true })
writeFileSync(
  join(folder, `${new Date().toISOString().slice(0, 19).replaceAll(':', '-')}.json`),
  `${JSON.stringify({ base, milliseconds: results }, null, 2)}\n`,
)
