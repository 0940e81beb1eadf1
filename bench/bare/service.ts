/** Starts the bare service: the same Postgres, Temporal and Node as the product, and none of its own code. */
import { randomUUID } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Client, Connection } from '@temporalio/client'
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker'
import { build } from 'esbuild'
import postgres from 'postgres'
import { startChild, waitUntilReady } from '../../src/local/child-process.ts'
import { startEmbeddedPostgres } from '../../src/local/postgres.ts'
import { startEmbeddedTemporal } from '../../src/local/temporal.ts'
import { childEnvironment } from '../../src/platform/config/env.ts'
import { bytesOf, historyOf, type Place, type Service } from '../service.ts'

const root = join(import.meta.dirname, '..', '..')
const built = join(root, 'dist', 'bench-bare')

/** The bare service, on free ports. */
export async function startBare({ folder, cli, atEnd }: Place): Promise<Service> {
  await buildAll()
  const database = await startEmbeddedPostgres({ dataDir: folder })
  atEnd(database.stop)
  const temporal = await startEmbeddedTemporal({ cli, databaseFile: join(folder, 'temporal.db'), namespace: 'default' })
  atEnd(temporal.stop)
  const sql = postgres(database.url, { max: 1, onnotice: () => undefined })
  atEnd(() => sql.end())
  await makeTables(sql)
  const env = { DATABASE_URL: database.url, TEMPORAL_ADDRESS: temporal.address, NODE_ENV: 'production' }
  const worker = await startNode('worker', env)
  atEnd(() => worker.child.stop('SIGTERM', 5000))
  const api = await startNode('api', env)
  atEnd(() => api.child.stop('SIGTERM', 5000))
  const client = new Client({ connection: await Connection.connect({ address: temporal.address }) })
  atEnd(() => client.connection.close())
  const base = `http://127.0.0.1:${api.port()}`
  return {
    name: 'bare',
    parts: { postgres: database.pid, temporal: temporal.pid, worker: worker.child.pid, api: api.child.pid },
    submit: async () => (await post(`${base}/requests`, { requesterId: randomUUID(), flowId: randomUUID() })).id,
    async grant(id) {
      const { status } = await post(`${base}/requests/${id}/grant`, { by: randomUUID() })
      if (status !== 'approved') throw new Error(`${id} is ${status} after its grant`)
    },
    isDone: async () => true,
    history: (id) => historyOf(client, `bare-request/${id}`),
    storedBytes: () => bytesOf(sql, ['requests', 'memberships']),
  }
}

async function buildAll(): Promise<void> {
  await build({
    entryPoints: ['api', 'worker'].map((name) => join(import.meta.dirname, `${name}.ts`)),
    outdir: built,
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node20',
    format: 'esm',
    logLevel: 'warning',
  })
  const { code } = await bundleWorkflowCode({
    workflowsPath: join(import.meta.dirname, 'workflow.ts'),
    logger: new DefaultLogger('WARN'),
  })
  await writeFile(join(built, 'workflow-bundle.js'), code)
}

async function makeTables(sql: postgres.Sql): Promise<void> {
  await sql`create table requests (
    id uuid primary key, requester_id uuid not null, flow_id uuid not null, status text not null default 'pending',
    decided_by uuid, version integer not null default 1, created_at timestamptz not null default now()
  )`
  await sql`create table memberships (
    user_id uuid not null, flow_id uuid not null, request_id uuid not null references requests, primary key (user_id, flow_id)
  )`
}

async function startNode(name: string, changes: Record<string, string>) {
  const env = childEnvironment(changes)
  const args = [join(built, `${name}.js`)]
  const child = await startChild({ name, command: process.execPath, args, env, ipc: true })
  let said: { type?: string; port?: number } = {}
  child.process.on('message', (message) => {
    said = message as typeof said
  })
  await waitUntilReady(child, 30_000, async () => said.type === 'ready')
  return { child, port: () => said.port }
}

async function post(url: string, body: unknown): Promise<{ id: string; status: string }> {
  const headers = { 'content-type': 'application/json' }
  const res = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
  const text = await res.text()
  if (!res.ok) throw new Error(`${url} answered ${res.status}: ${text}`)
  return JSON.parse(text) as { id: string; status: string }
}
