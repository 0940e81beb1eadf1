/** What the service did, gathered from every place that knows: rows, workflows, mails, the connected system, the API. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { call, type Session } from '../../bench/http.ts'
import { readCaughtMails } from './caught-mails.ts'
import { createDatabaseReader, type DatabaseFacts } from './database.ts'
import { factsOf, readDeliveries, type TargetFacts } from './deliveries.ts'
import type { Entry } from './ledger.ts'
import type { Service } from './service.ts'
import { createWorkflowReader, type WorkflowFacts } from './workflows.ts'

const root = join(import.meta.dirname, '..', '..')
const atOnce = 8

/** A request as the API shows it to an administrator. */
export type Shown = Record<string, unknown>

export interface Facts extends DatabaseFacts {
  /** By id of the request. */
  shown: Map<string, Shown>
  /** By id of the request. */
  workflows: Map<string, WorkflowFacts>
  /** Status of the workflow that ends a timed grant, by id of the grant. */
  grantWorkflows: Map<string, string>
  /** `<user id> <group id>` of every member that the API names. */
  members: Set<string>
  /** When the mail server took each copy of a mail, by id of the mail; milliseconds since 1970. */
  copies: Map<string, number[]>
  target: TargetFacts
  /** What `npm run audit:verify` says when it finds a fault. */
  chainFault: string | null
}

export interface Gathering {
  service: Service
  entries: readonly Entry[]
  admin: Session
  /** File of the connected system. */
  deliveries: string
}

/** Reads everything; the service has to be up and to have come to rest. */
export async function gatherFacts({ service, entries, admin, deliveries }: Gathering): Promise<Facts> {
  const env = service.toolEnvironment()
  const database = createDatabaseReader(env)
  const engine = await createWorkflowReader(env)
  const ids = entries.flatMap((entry) => entry.ids)
  const fromDatabase = await database.read()
  const timed = [...fromDatabase.grants.values()].flat().filter(({ expiresAt }) => expiresAt !== null)
  const facts = {
    ...fromDatabase,
    shown: await byId(ids, (id) => shownBy(admin, id)),
    workflows: await byId(ids, engine.ofRequest),
    grantWorkflows: await byId(
      timed.map(({ id }) => id),
      engine.statusOfGrant,
    ),
    members: await membersBy(admin, [...new Set(entries.map(({ requesterId }) => requesterId))]),
    copies: readCaughtMails(service.dataDir),
    target: factsOf(readDeliveries(deliveries)),
    chainFault: verifyChain(env),
  }
  await Promise.all([database.close(), engine.close()])
  return facts
}

/** Asks for some at a time. */
async function byId<T>(ids: readonly string[], read: (id: string) => Promise<T>): Promise<Map<string, T>> {
  const found = new Map<string, T>()
  let next = 0
  const readSome = async () => {
    for (let id = ids[next++]; id !== undefined; id = ids[next++]) found.set(id, await read(id))
  }
  await Promise.all(Array.from({ length: atOnce }, readSome))
  return found
}

async function shownBy(admin: Session, id: string): Promise<Shown> {
  return call<Shown>(admin, 'GET', `/access-requests/${id}`).then(
    ({ value }) => value,
    (error: Error) => ({ missing: error.message }),
  )
}

async function membersBy(admin: Session, userIds: string[]): Promise<Set<string>> {
  const members = new Set<string>()
  for (const userId of userIds) {
    const { value } = await call<{ groups: { id: string }[] }>(admin, 'GET', `/users/${userId}`)
    for (const { id } of value.groups) members.add(`${userId} ${id}`)
  }
  return members
}

function verifyChain(env: Record<string, string>): string | null {
  const options = { cwd: root, env, encoding: 'utf8' } as const
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/run.mjs', 'audit-verify'], options)
  return status === 0 ? null : `${stdout}${stderr}`.trim()
}
