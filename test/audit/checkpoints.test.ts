/** What the chain alone does not show, checkpoints do: a log that was emptied, set back, or cut and grown anew. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { pino } from 'pino'
import { v7 as uuidv7 } from 'uuid'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Checkpoint } from '../../src/features/audit/audit.checkpoint.ts'
import { isSignedBy } from '../../src/features/audit/audit.checkpoint.ts'
import { checkpointFileOf, readCheckpointFile } from '../../src/features/audit/audit.checkpoint-file.ts'
import { readPublicKey } from '../../src/features/audit/audit.checkpoints.repository.ts'
import { createCheckpointKeeper } from '../../src/features/audit/audit.keeper.ts'
import { startTestApp, type TestApp } from '../support/app.ts'

let app: TestApp
let folder: string
const logged: { level: number; msg: string; checkpoint?: Checkpoint }[] = []
const log = pino({ level: 'info' }, { write: (line: string) => void logged.push(JSON.parse(line)) })

beforeEach(async () => {
  app = await startTestApp()
  folder = mkdtempSync(join(tmpdir(), 'gatehouse-checkpoints-'))
  logged.length = 0
})
afterEach(async () => {
  await app.close()
  rmSync(folder, { recursive: true })
})

async function add(count: number): Promise<void> {
  const entries = Array.from({ length: count }, (_, index) => ({
    sourceKey: uuidv7(),
    eventType: 'user_update' as const,
    timestamp: '2026-03-01T10:00:00.000Z',
    initiatedBy: { id: uuidv7(), type: 'user' as const, email: `user-${index}@example.test` },
    resource: { type: 'user' as const, id: uuidv7(), name: `User ${index}` },
  }))
  await app.db.transaction((tx) => app.auditLog.append(tx, entries))
}

const keeper = (dataDir: string | undefined) => {
  const { db, auditLog, secretBox } = app
  return createCheckpointKeeper({ db, auditLog, secretBox, dataDir, log })
}
const keep = () => keeper(folder).keep()
const outside = () => readCheckpointFile(folder).map((checkpoint) => ({ checkpoint, source: 'the file' }))
const faultWith = async (others = outside()) => (await app.auditLog.verify(app.db, others)).fault?.fault ?? null

/** As somebody who may do anything in the database, triggers off. */
async function tamper(...statements: string[]): Promise<void> {
  await app.superuser.transaction(async (tx) => {
    await tx.execute(sql`set local session_replication_role = replica`)
    for (const statement of statements) await tx.execute(sql.raw(statement))
  })
}

describe('a checkpoint', () => {
  test('names the last row, is signed, and is kept in the database, the log of the process and the data folder', async () => {
    await add(5)
    await keep()

    const [kept] = readCheckpointFile(folder)
    const [head] = await app.database.raw`select seq::int, encode(hash, 'hex') as hash from audit_head`
    expect(kept).toMatchObject({ sequence: head?.['seq'], hash: head?.['hash'] })
    expect(logged).toMatchObject([{ msg: 'checkpoint of the audit log', checkpoint: kept }])
    const key = (await readPublicKey(app.db)) as Buffer
    expect(isSignedBy(kept as Checkpoint, key)).toBe(true)
    expect(isSignedBy({ ...(kept as Checkpoint), sequence: 1 }, key)).toBe(false)
    expect(await app.auditLog.verify(app.db, outside())).toMatchObject({ checkpoints: 1, fault: null })
  })

  test('is not made again while nothing is added', async () => {
    await keep()
    await keep()
    await add(1)
    await keep()

    expect(readCheckpointFile(folder)).toHaveLength(2)
    expect(logged).toHaveLength(2)
  })

  test('that the log does not hold any more is an error in the log of the process', async () => {
    await add(5)
    await keep()
    await tamper('truncate audit_events', 'delete from audit_head', 'truncate audit_checkpoints')

    await keep()

    expect(logged.find(({ level }) => level === 50)?.msg).toMatch(/does not hold its last checkpoint any more/)
  })

  test('is downloaded with the key that proves it, by administrators', async () => {
    const admin = await app.signIn()
    expect((await admin.get('/directory-insights/checkpoints/latest')).status).toBe(404)
    expect((await admin.get('/directory-insights/checkpoints/key')).status).toBe(404)
    await keep()
    await add(1)
    await keep()

    const latest = (await admin.get('/directory-insights/checkpoints/latest')).body
    const first = (await admin.get('/directory-insights/checkpoints?limit=1')).body
    const second = (await admin.get(`/directory-insights/checkpoints?limit=1&cursor=${first.nextCursor}`)).body
    const key = (await admin.get('/directory-insights/checkpoints/key')).body

    expect(latest).toEqual(readCheckpointFile(folder)[1])
    expect([...first.items, ...second.items, second.nextCursor]).toEqual([latest, readCheckpointFile(folder)[0], null])
    expect(key).toMatchObject({ fingerprint: latest.key, algorithm: 'Ed25519' })
    expect(key.publicKey).toMatch(/^-----BEGIN PUBLIC KEY-----/)
    expect((await admin.get('/directory-insights/checkpoints?cursor=zzz')).status).toBe(422)
    expect((await app.client().get('/directory-insights/checkpoints/latest')).status).toBe(401)
  })
})

describe('somebody who may do anything in the database is found after', () => {
  beforeEach(async () => {
    await add(10)
    await keep()
    await add(10)
  })

  test('emptying the log', async () => {
    await tamper('truncate audit_events', 'delete from audit_head')

    expect(await faultWith([])).toMatch(/the log was emptied: a checkpoint in the database names row 11/)
  })

  test('emptying the log and the checkpoints of the database', async () => {
    await tamper(
      'truncate audit_events',
      'delete from audit_head',
      'truncate audit_checkpoints',
      'truncate audit_signing_key',
    )

    expect(await faultWith([])).toMatch(/there are people or requests, and not one row about them/)
    expect(await faultWith()).toMatch(/the log was emptied: a checkpoint in the file names row 11/)
  })

  test('putting back an old end of the log', async () => {
    await tamper(
      'create table old_head as select * from audit_head',
      'create table old_rows as select * from audit_events',
    )
    await add(5)
    await keep()
    await tamper(
      'truncate audit_events',
      'insert into audit_events select * from old_rows',
      'delete from audit_head',
      'insert into audit_head select * from old_head',
    )

    expect(await faultWith([])).toMatch(/the log was cut or set back: the checkpoint of .* names row 26/)
  })

  test('cutting the log and letting the service write on from there', async () => {
    await tamper(
      'create table old_head as select * from audit_head',
      'create table old_rows as select * from audit_events',
    )
    await add(5)
    await keep()
    await tamper(
      'truncate audit_events',
      'insert into audit_events select * from old_rows',
      'delete from audit_head',
      'insert into audit_head select * from old_head',
      'delete from audit_checkpoints where sequence > 21',
    )
    await add(20)

    expect(await faultWith([])).toBeNull()
    expect(await faultWith()).toMatch(/of .* in the file names another row here: the log was cut and grown anew/)
  })

  test('beginning the log anew', async () => {
    await tamper(
      'truncate audit_events',
      'delete from audit_head',
      'truncate audit_checkpoints',
      'truncate audit_signing_key',
    )
    await add(30)
    await keeper(undefined).keep()

    expect(await faultWith([])).toBeNull()
    expect(await faultWith()).toMatch(/in the file is not signed by this service: .* the log was begun anew/)
  })

  test('changing a checkpoint', async () => {
    await tamper('update audit_checkpoints set sequence = 3, hash = (select hash from audit_events where seq = 3)')

    expect(await faultWith([])).toMatch(/the checkpoint of .* in the database is not signed by this service/)
  })

  test('taking away the key of the checkpoints', async () => {
    await tamper('truncate audit_signing_key')

    expect(await faultWith([])).toBe('the key that signs checkpoints was removed or changed')
  })

  test('changing the key of the chain', async () => {
    await tamper(`update audit_head set sealed_key = '\\x01'`)

    expect(await faultWith([])).toMatch(/the key of the chain was changed/)
  })
})

test('triggers refuse to change, remove or empty checkpoints', async () => {
  await keep()
  for (const statement of [
    'update audit_checkpoints set sequence = 5',
    'delete from audit_checkpoints',
    'truncate audit_checkpoints',
  ])
    await expect(app.superuser.execute(sql.raw(statement))).rejects.toMatchObject({
      cause: expect.objectContaining({ message: expect.stringContaining('audit_checkpoints is append-only') }),
    })
})

test('a line of the file that is no checkpoint is told, not passed over', async () => {
  await keep()
  writeFileSync(checkpointFileOf(folder), `${readFileSync(checkpointFileOf(folder), 'utf8')}{"sequence":\n`)

  expect(() => readCheckpointFile(folder)).toThrow('entry 2 is no checkpoint')
})
