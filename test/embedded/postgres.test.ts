import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/embedded/postgres.ts'

let folder: string
let running: EmbeddedPostgres | undefined
beforeEach(() => {
  // mkdtemp makes a folder of mode 0700: as root this is the clone under /root that another user may not enter.
  folder = mkdtempSync(join(tmpdir(), 'gatehouse-postgres-'))
  chmodSync(folder, 0o700)
})
afterEach(async () => {
  await running?.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function start(): Promise<EmbeddedPostgres> {
  running = await startEmbeddedPostgres({ dataDir: folder })
  return running
}

async function query(url: string, statement: string) {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    return await sql.unsafe(statement)
  } finally {
    await sql.end({ timeout: 1 })
  }
}

it('starts in a folder only its owner may enter, speaks UTF-8, and listens on this machine alone', async () => {
  const { url } = await start()

  const [row] = await query(
    url,
    `select current_database() as name, getdatabaseencoding() as encoding, upper('é') as upper,
       current_setting('listen_addresses') as address, current_setting('unix_socket_directories') as sockets`,
  )

  expect(row).toEqual({ name: 'gatehouse', encoding: 'UTF8', upper: 'É', address: '127.0.0.1', sockets: '' })
})

it('logs that a statement failed, and nothing of what stood in it or in the row', async () => {
  const marker = 'marker-4711@example.test'
  running = await startEmbeddedPostgres({ dataDir: folder, log: true })
  const sql = postgres(running.url, { max: 1, onnotice: () => {} })
  await sql`create table people (email text unique, age int)`
  await sql`insert into people values (${marker}, 1)`

  await expect(sql`insert into people values (${marker}, 2)`).rejects.toThrow(/unique/)
  await expect(sql.unsafe(`insert into people values ('${marker}', 2)`)).rejects.toThrow(/unique/)
  await expect(sql.unsafe(`insert into people values ('${marker}', 2 / 0)`)).rejects.toThrow(/zero/)
  await sql.end()
  await running.stop()

  const logs = join(folder, 'logs')
  const text = readdirSync(logs)
    .map((name) => readFileSync(join(logs, name), 'utf8'))
    .join('')
  expect(text).toContain('duplicate key value violates unique constraint "people_email_key"')
  expect(text).toContain('division by zero')
  expect(text).not.toContain(marker)
})

it('wants its password', async () => {
  const { port } = await start()

  await expect(query(`postgres://gatehouse:wrong@127.0.0.1:${port}/gatehouse`, 'select 1')).rejects.toThrow(/password/)
})

it('finds everything committed again after kill -9', async () => {
  const first = await start()
  await query(first.url, 'create table kept as select 42 as answer')
  process.kill(first.pid, 'SIGKILL')

  const second = await start()

  expect(second.pid).not.toBe(first.pid)
  expect(await query(second.url, 'select answer from kept')).toEqual([{ answer: 42 }])
})

it('a stale pid file that now names another process does not stop the start', async () => {
  await (await start()).stop()
  writeFileSync(join(folder, 'postgres', 'data', 'postmaster.pid'), `${process.pid}\n${folder}\n`)

  await expect(start()).resolves.toMatchObject({ port: expect.any(Number) })
})

it('an initdb that was killed half way is begun anew', async () => {
  mkdirSync(join(folder, 'postgres.new', 'data'), { recursive: true })
  writeFileSync(join(folder, 'postgres.new', 'data', 'PG_VERSION'), '18\n')

  const { url } = await start()

  expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }])
})
