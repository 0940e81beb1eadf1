/** The product over a filled database: Postgres and one API process, and the rest when a decision needs it. */
import { randomBytes } from 'node:crypto'
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import postgres from 'postgres'
import { csrfTokenOf, hashToken, newSessionToken } from '../../src/features/sessions/session-tokens.ts'
import { startServer } from '../../src/local/node-process.ts'
import { startEmbeddedPostgres } from '../../src/local/postgres.ts'
import { startEmbeddedTemporal } from '../../src/local/temporal.ts'
import { findTemporalCli } from '../../src/local/temporal-binary.ts'
import { formatEncryptionKeys } from '../../src/platform/config/encryption-keys.ts'
import { childEnvironment } from '../../src/platform/config/env.ts'
import { migrateDatabase } from '../../src/platform/db/migrate.ts'
import { freePort } from '../../src/platform/net/ports.ts'
import { createSecretBox, type SecretBox } from '../../src/platform/secrets/secret-box.ts'
import type { Session } from '../http.ts'
import { fill, markAsOurs } from './fill.ts'

const root = join(import.meta.dirname, '..', '..')

export interface FilledProduct {
  base: string
  /** Of the superuser. */
  url: string
  sql: postgres.Sql
  apiPid: number
  postgresPid: number
  /** What Postgres writes to its log. */
  postgresLog: Readable
  /** The session of a user, who need not have a password. */
  sessionOf(userId: string): Promise<Session>
  /** Temporal and the worker, which nothing needs that only reads. */
  startWorker(): Promise<void>
}

/** Makes a database of its own, fills it with `count` requests, and starts the API over it. */
export async function startFilled({ count, hasMails, atEnd }: Omit<Place, 'dataDir'>): Promise<FilledProduct> {
  const dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-reads-'))
  atEnd(async () => rmSync(dataDir, { recursive: true, force: true }))
  // Postgres may run as another user, who has to pass through.
  chmodSync(dataDir, 0o711)
  return start({ dataDir, count, hasMails, atEnd })
}

interface Place {
  dataDir: string
  /** Of requests. */
  count: number
  hasMails: boolean
  /** Hears what has to be stopped and removed at the end, the last first. */
  atEnd: (stop: () => Promise<unknown>) => void
}

async function start(place: Place): Promise<FilledProduct> {
  const { dataDir, atEnd } = place
  const keys = [{ id: 'bench', key: randomBytes(32) }]
  await makeData(place, createSecretBox(keys))
  const database = await startEmbeddedPostgres({ dataDir })
  atEnd(database.stop)
  const sql = postgres(database.url, { max: 4, onnotice: () => undefined })
  atEnd(() => sql.end({ timeout: 5 }))
  const ports = { api: await freePort(), temporal: await freePort() }
  const env = environment({ dataDir, ports, url: database.serviceUrl, keys: formatEncryptionKeys(keys) })
  const startNode = (name: string) =>
    startServer({ name, folder: join(root, 'dist', 'main'), env, logDir: join(dataDir, 'logs') }, () => undefined)
  const api = await startNode('api')
  atEnd(api.stop)
  const base = `http://127.0.0.1:${ports.api}`
  return {
    base,
    url: database.url,
    sql,
    apiPid: api.child.pid,
    postgresPid: database.pid,
    postgresLog: database.child.process.stderr as Readable,
    sessionOf: (userId) => openSession(sql, base, userId),
    async startWorker() {
      const cli = await findTemporalCli({ binDir: join(root, '.data', 'bin'), report: console.log })
      const temporal = { cli, databaseFile: join(dataDir, 'temporal.db'), namespace: 'default', port: ports.temporal }
      atEnd((await startEmbeddedTemporal(temporal)).stop)
      atEnd((await startNode('worker')).stop)
    },
  }
}

/** Not written to the disk with care until it is whole: it is made anew when that fails. */
async function makeData({ dataDir, count, hasMails, atEnd }: Place, secretBox: SecretBox): Promise<void> {
  const database = await startEmbeddedPostgres({ dataDir, fsync: false })
  atEnd(database.stop)
  try {
    const mark = randomBytes(16).toString('hex')
    await migrateDatabase(database.ownerUrl, join(root, 'drizzle'))
    await markAsOurs(database.url, mark)
    await fill({ url: database.url, mark, count, hasMails, secretBox })
  } finally {
    await database.stop()
  }
}

interface Addresses {
  dataDir: string
  ports: { api: number; temporal: number }
  url: string
  keys: string
}

function environment({ dataDir, ports, url, keys }: Addresses): Record<string, string> {
  mkdirSync(join(dataDir, 'logs'), { recursive: true })
  return childEnvironment({
    NODE_ENV: 'production',
    DATA_DIR: dataDir,
    HOST: '127.0.0.1',
    PORT: String(ports.api),
    PUBLIC_URL: `http://127.0.0.1:${ports.api}`,
    DATABASE_URL: url,
    MIGRATION_DATABASE_URL: undefined,
    TEMPORAL_ADDRESS: `127.0.0.1:${ports.temporal}`,
    // Nobody is there: mails stay in their queue.
    SMTP_URL: 'smtp://127.0.0.1:9',
    ENCRYPTION_KEY: keys,
    SEED: 'none',
    LOG_LEVEL: 'error',
  })
}

async function openSession(sql: postgres.Sql, base: string, userId: string): Promise<Session> {
  const token = newSessionToken()
  await sql`insert into sessions (id, token_hash, user_id, expires_at) values (gen_random_uuid(), ${hashToken(token)}, ${userId}, now() + interval '1 day')`
  return { base, cookie: `gatehouse_session=${token}`, csrfToken: csrfTokenOf(token) }
}
