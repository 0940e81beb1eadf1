/** Starts the whole product as `npm start` does, without demo data, and fills it with people and flows to use. */
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { Client, Connection } from '@temporalio/client'
import postgres from 'postgres'
import { accessRequestWorkflowId } from '../src/domain/shared/workflow-ids.ts'
import { startChild, waitUntilReady } from '../src/local/child-process.ts'
import { childEnvironment } from '../src/platform/config/env.ts'
import { freePort } from '../src/platform/net/ports.ts'
import { call, liftSubmissionLimits, type Session, signIn } from './http.ts'
import { grown } from './reads/sizes.ts'
import { bytesOf, historyOf, type Place, type Service } from './service.ts'

const root = join(import.meta.dirname, '..')
const people = 40
const admin = { email: 'admin@example.test', password: 'gatehouse-bench' }

/** The product on free ports, ready for `requests` submits of which none meets an open or granted one before it. */
export async function startProduct(place: Place, requests: number): Promise<Service> {
  const { folder, atEnd } = place
  const port = await freePort()
  const child = await launch(place, port)
  const noted = JSON.parse(readFileSync(join(folder, 'data', 'service.json'), 'utf8')) as Record<string, string>
  const sql = postgres(noted['DATABASE_URL'] as string, { max: 1 })
  const client = new Client({ connection: await Connection.connect({ address: noted['TEMPORAL_ADDRESS'] as string }) })
  atEnd(() => Promise.all([client.connection.close(), sql.end()]))
  const base = `http://127.0.0.1:${port}`
  const administrator = await signIn(base, admin.email, admin.password)
  await liftSubmissionLimits(administrator)
  const nextPair = await fill(administrator, requests)
  return {
    name: 'product',
    parts: { ...partsOf(join(folder, 'data', 'run.json')), supervisor: child.pid },
    async submit() {
      const { session, approvalFlowId } = nextPair()
      const body = { approvalFlowId, reason: 'On call this week' }
      return (await call<{ id: string }>(session, 'POST', '/access-requests', body)).value.id
    },
    async grant(id) {
      const { value } = await call<{ status: string }>(administrator, 'POST', `/access-requests/${id}/grant`, {})
      if (value.status !== 'approved') throw new Error(`${id} is ${value.status} after its grant`)
    },
    async isDone() {
      const [row] = await sql`select exists (select 1 from mails where state = 'queued') as "isMailWaiting"`
      return row?.['isMailWaiting'] === false
    },
    history: (id) => historyOf(client, accessRequestWorkflowId(id)),
    storedBytes: () => bytesOf(sql, grown),
  }
}

/** Process ids of the running parts, by their names. */
function partsOf(runFile: string): Record<string, number> {
  const { parts } = JSON.parse(readFileSync(runFile, 'utf8')) as { parts: { name: string; pid: number }[] }
  return Object.fromEntries(parts.map(({ name, pid }) => [name, pid]))
}

async function launch({ folder, cli, atEnd }: Place, port: number) {
  const bin = join(folder, 'bin')
  mkdirSync(bin)
  symlinkSync(cli, join(bin, 'temporal'))
  const free = ['MAIL_UI_PORT', 'SMTP_PORT', 'POSTGRES_PORT', 'TEMPORAL_PORT', 'TEMPORAL_UI_PORT']
  const env = childEnvironment({
    // Nothing of the caller's own service may steer this one.
    ...Object.fromEntries(
      ['NODE_ENV', 'DATABASE_URL', 'TEMPORAL_ADDRESS', 'SMTP_URL'].map((name) => [name, undefined]),
    ),
    ...Object.fromEntries(free.map((name) => [name, '0'])),
    PATH: `${bin}${delimiter}${process.env['PATH']}`,
    DATA_DIR: join(folder, 'data'),
    PORT: String(port),
    SEED: 'none',
    ADMIN_EMAIL: admin.email,
    ADMIN_PASSWORD: admin.password,
  })
  const args = [join(root, 'scripts', 'start.mjs')]
  const child = await startChild({ name: 'product', command: process.execPath, args, env, ipc: true })
  atEnd(() => child.stop('SIGTERM', 30_000))
  let isReady = false
  child.process.on('message', (message) => {
    isReady ||= (message as { type?: string }).type === 'ready'
  })
  await waitUntilReady(child, 120_000, async () => isReady)
  return child
}

/** People and flows. @returns the next requester and flow that have not met before */
async function fill(administrator: Session, requests: number) {
  const sessions: Session[] = []
  // One after the other: passwords are hashed few at once, and who comes when many wait is turned away.
  for (let index = 0; index < people; index++) sessions.push(await makePerson(administrator, index))
  const flows: string[] = []
  for (let index = 0; index < Math.ceil(requests / people); index++) flows.push(await makeFlow(administrator, index))
  let next = 0
  return () => {
    const index = next++
    if (index >= flows.length * people) throw new Error('more submits than people and flows were made for')
    // Neighbours differ in both, as in a company where not everybody asks for the same thing.
    const approvalFlowId = flows[((index % people) + Math.floor(index / people)) % flows.length] as string
    return { session: sessions[index % people] as Session, approvalFlowId }
  }
}

async function makePerson(administrator: Session, index: number): Promise<Session> {
  const person = { name: `Person ${index}`, email: `person-${index}@example.test`, password: `password-of-${index}` }
  await call(administrator, 'POST', '/users', { ...person, mustChangePassword: false })
  return signIn(administrator.base, person.email, person.password)
}

async function makeFlow(administrator: Session, index: number): Promise<string> {
  const name = `Application ${index}`
  const group = await call<{ id: string }>(administrator, 'POST', '/user-groups', { name })
  const flow = { name, groupId: group.value.id, approvalType: 'manual', approvers: [{ kind: 'administrator' }] }
  return (await call<{ id: string }>(administrator, 'POST', '/approval-flows', flow)).value.id
}
