/**
 * `npm run bench:waiting`: what a caller waits for, measured over HTTP against the service that runs at BENCH_URL
 * (default http://localhost:3000). Makes its own user, group and flows; bounded in count and time.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { call, liftSubmissionLimits, signIn, summary } from './http.ts'

const base = process.env['BENCH_URL'] ?? 'http://localhost:3000'
const email = process.env['ADMIN_EMAIL'] ?? 'admin@example.test'
const password = process.env['ADMIN_PASSWORD'] ?? 'gatehouse-demo'
const rounds = 100
const decisionsPerSecond = 5

const admin = await signIn(base, email, password)
await liftSubmissionLimits(admin)
const stamp = Date.now().toString(36)
const user = { name: `Bench ${stamp}`, email: `bench-${stamp}@example.test`, password: `bench-password-${stamp}` }
await call(admin, 'POST', '/users', { ...user, mustChangePassword: false })
const requester = await signIn(base, user.email, user.password)

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
  join(folder, `waiting-${new Date().toISOString().slice(0, 19).replaceAll(':', '-')}.json`),
  `${JSON.stringify({ base, milliseconds: results }, null, 2)}\n`,
)
