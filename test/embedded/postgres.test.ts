import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/local/postgres.ts'
import { migrateDatabase } from '../../src/platform/db/migrate.ts'

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

it('has a role for migrations and one for the service, and neither is a superuser', async () => {
  const { ownerUrl, serviceUrl } = await start()
  const asked = `select current_user::text as name, rolsuper or rolcreaterole or rolcreatedb as may_more,
    has_schema_privilege('public', 'create') as may_create from pg_roles where rolname = current_user`

  expect(await query(ownerUrl, asked)).toEqual([{ name: 'gatehouse_owner', may_more: false, may_create: true }])
  expect(await query(serviceUrl, asked)).toEqual([{ name: 'gatehouse_app', may_more: false, may_create: false }])
})

it('gives the tables of a folder from before there were roles to their owner', async () => {
  const first = await start()
  const { url } = first
  await migrateDatabase(url)
  await query(
    url,
    `do $$ declare one text; begin
    for one in select tablename from pg_tables where schemaname = 'public' loop execute format('alter table %I owner to gatehouse', one); end loop;
    alter schema public owner to gatehouse; alter schema drizzle owner to gatehouse; alter table drizzle.__drizzle_migrations owner to gatehouse;
    alter database gatehouse owner to gatehouse; drop owned by gatehouse_app; drop role gatehouse_app; drop owned by gatehouse_owner; drop role gatehouse_owner;
  end $$`,
  )
  await first.stop()

  const second = await start()
  await migrateDatabase(second.ownerUrl)

  const others = await query(
    second.url,
    `select tablename from pg_tables where schemaname in ('public', 'drizzle') and tableowner <> 'gatehouse_owner'`,
  )
  expect(others).toEqual([])
  expect(await query(second.serviceUrl, 'select count(*)::int as count from users')).toEqual([{ count: 0 }])
  await query(second.ownerUrl, 'alter table users add column something text')
})

it.runIf(process.platform === 'linux' && process.getuid?.() === 0)(
  'started by root runs as somebody else, who may overwrite nothing of others',
  async () => {
    const { pid, url } = await start()

    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    const effective = BigInt(`0x${/^CapEff:\s*(\w+)/m.exec(status)?.[1]}`)
    const bits = { chown: 0n, dacOverride: 1n, fowner: 3n, setuid: 7n, sysAdmin: 21n }
    expect(/^Uid:\s*(\d+)/m.exec(status)?.[1]).not.toBe('0')
    expect(Object.entries(bits).filter(([, bit]) => (effective >> bit) & 1n)).toEqual([])
    const file = join(folder, 'of-root')
    writeFileSync(file, 'as it was', { mode: 0o600 })
    await expect(query(url, `copy (select 1) to '${file}'`)).rejects.toThrow(/Permission denied/)
  },
)
