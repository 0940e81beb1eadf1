/** A new ENCRYPTION_KEY, with a real database and a real Temporal: what is sealed anew, and when an old key may go. */
import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { eq } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createAuditLog } from '../../src/features/audit/audit.repository.ts'
import { auditHead } from '../../src/features/audit/audit.table.ts'
import { connectors } from '../../src/features/connectors/connectors.table.ts'
import { peopleSources } from '../../src/features/directory/sources/sources.table.ts'
import { oidcSessions } from '../../src/features/sessions/oidc.table.ts'
import { sessions } from '../../src/features/sessions/sessions.table.ts'
import { rotateKeys } from '../../src/main/key-rotation.ts'
import { formatEncryptionKeys } from '../../src/platform/config/encryption-keys.ts'
import { idempotencyKeys } from '../../src/platform/http/idempotency.table.ts'
import { mails } from '../../src/platform/mail/mail.table.ts'
import { createSecretBox, sealingKeyOf } from '../../src/platform/secrets/secret-box.ts'
import { until } from '../support/test-server.ts'
import { openService, type TestService } from '../support/worker-service.ts'

const root = join(import.meta.dirname, '..', '..')
const fresh = { id: 'fresh', key: randomBytes(32) }
const unused = { id: 'unused', key: randomBytes(32) }
let world: TestService
let old: typeof fresh
let requestId: string
let connectorId: string
let sessionId: string
const linkMailId = uuidv7()
const sourceId = uuidv7()
let requesterId: string

const rotate = (...keys: (typeof fresh)[]) => rotateKeys({ db: world.db, client: world.client }, keys)
const opened = (envelope: Buffer | null | undefined) =>
  createSecretBox([fresh])
    .open(envelope ?? Buffer.alloc(0))
    .toString()

beforeAll(async () => {
  world = await openService()
  old = { id: 'test', key: world.encryptionKey }
  const manager = await world.addUser()
  requesterId = (await world.addUser({ managerId: manager.id })).id
  requestId = await world.ask(requesterId, (await world.offer()).id)
  await until(async () => (await world.auditOf(requestId)).length > 0)
  connectorId = uuidv7()
  await world.db.insert(connectors).values({
    id: connectorId,
    name: 'Payroll',
    kind: 'webhook',
    config: { url: 'https://payroll.example.com' },
    secret: world.secretBox.seal('whsec_of_payroll'),
  })
  await world.db.insert(peopleSources).values({
    id: sourceId,
    name: 'Directory',
    kind: 'ldap',
    secret: world.secretBox.seal('to read the directory'),
  })
  await world.db.insert(idempotencyKeys).values({
    callerId: requesterId,
    key: 'once',
    fingerprint: randomBytes(32),
    operationId: uuidv7(),
    status: 201,
    answer: world.secretBox.seal('{"token":"shown once"}'),
  })
  const [session] = await world.db
    .insert(sessions)
    .values({ tokenHash: randomBytes(32), userId: requesterId, expiresAt: new Date(Date.now() + 60_000).toISOString() })
    .returning({ id: sessions.id })
  sessionId = session?.id ?? ''
  const idToken = world.secretBox.seal('of the provider')
  await world.db.insert(oidcSessions).values({ sessionId, issuer: 'https://login.example', subject: 'ada', idToken })
  await world.db.insert(mails).values({
    id: linkMailId,
    kind: 'invitation',
    recipientName: 'Ada',
    recipientEmail: 'ada@example.test',
    data: { email: 'ada@example.test', token: world.secretBox.seal('of the link').toString('base64') },
    state: 'failed',
  })
})
afterAll(() => world.close())

test('everything that is sealed in the database is sealed anew with the first key', async () => {
  const { lines } = await rotate(fresh, old)

  expect(lines[0]).toMatch(
    /^Sealed anew with key "fresh": 1 connector secrets, 1 keys of the audit chain, .*1 kept answers, 1 id tokens of sessions, 1 links/,
  )
  const [connector] = await world.db.select().from(connectors).where(eq(connectors.id, connectorId))
  const [answer] = await world.db.select().from(idempotencyKeys).where(eq(idempotencyKeys.key, 'once'))
  const [mail] = await world.db.select().from(mails).where(eq(mails.id, linkMailId))
  const [kept] = await world.db.select().from(oidcSessions).where(eq(oidcSessions.sessionId, sessionId))
  const [source] = await world.db.select().from(peopleSources).where(eq(peopleSources.id, sourceId))
  expect(opened(connector?.secret)).toBe('whsec_of_payroll')
  expect(opened(source?.secret)).toBe('to read the directory')
  expect(opened(kept?.idToken)).toBe('of the provider')
  expect(opened(answer?.answer)).toBe('{"token":"shown once"}')
  expect(opened(Buffer.from((mail?.data as { token: string } | undefined)?.token ?? '', 'base64'))).toBe('of the link')
  const verified = await createAuditLog({ secretBox: createSecretBox([fresh]) }).verify(world.db)
  expect(verified.fault).toBeNull()
})

test('a second run has nothing to seal', async () => {
  expect((await rotate(fresh, old)).lines[0]).toContain('nothing, all was sealed with it')
})

// The comparison that a worker makes when it starts is the other workflow.
test('an old key is needed while a workflow is open that it encrypted, then until the server forgets it', async () => {
  await until(async () => (await rotate(fresh, old)).lines.some((line) => /by 1 open and \d+ closed/.test(line)))
  expect(await rotate(fresh, old, unused)).toMatchObject({
    outcome: 'needed',
    lines: [
      expect.any(String),
      expect.stringMatching(/^Key "test" is still needed by 1 open .* as long as they are open/),
      expect.stringMatching(/^Key "unused" is not needed any more/),
    ],
  })

  // The worker of this test knows no other key, so it has to be the first one again while it works.
  await rotate(old, fresh)
  await world.commands.withdraw(requestId, { by: requesterId }, 'withdrawn')
  await until(async () => (await world.statusOf(requestId)) === 'canceled')

  await until(async () => (await rotate(fresh, old)).lines.some((line) => /by 0 open and \d+ closed/.test(line)))
  expect((await rotate(fresh, old)).lines[1]).toMatch(/until \d{4}-\d\d-\d\dT/)
})

test('the command tells by its exit code whether an old key is needed', async () => {
  const env = {
    ...process.env,
    DATABASE_URL: world.databaseUrl,
    TEMPORAL_ADDRESS: world.env.address,
    ENCRYPTION_KEY: formatEncryptionKeys([fresh, old]),
  }
  const command = promisify(execFile)(process.execPath, [join(root, 'scripts', 'run.mjs'), 'rotate-keys'], {
    cwd: root,
    env,
  })

  await expect(command).rejects.toMatchObject({
    code: 2,
    stdout: expect.stringContaining('Key "test" is still needed'),
  })
})

test('a key that is missing is named, and nothing that it sealed is lost', async () => {
  const [before] = await world.db.select().from(auditHead)

  const { outcome, lines } = await rotate(unused)

  expect(outcome).toBe('failed')
  expect(lines).toContain('One of the keys of the audit chain needs key "fresh", which is not among ENCRYPTION_KEY.')
  expect(lines.at(-1)).toMatch(/^Key "test" is not among ENCRYPTION_KEY, but needed: \d open and \d+ closed workflows/)
  const [after] = await world.db.select().from(auditHead)
  expect(after?.sealedKey).toEqual(before?.sealedKey)
})

test('when nothing needs an old key, all of them may go', async () => {
  const { outcome, lines } = await rotate(old, fresh, unused)

  expect(outcome).toBe('done')
  expect(lines.slice(1)).toEqual([
    expect.stringMatching(/^Key "fresh" is not needed any more: take it out/),
    expect.stringMatching(/^Key "unused" is not needed any more/),
  ])
})

test('whatever seals something is known to the rotation', () => {
  const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).map((name) => `src/${name}`)
  const sealing = sources.filter(
    (file) => file.endsWith('.ts') && readFileSync(join(root, file), 'utf8').includes('.seal('),
  )

  expect(sealing.sort()).toEqual([
    'src/features/audit/audit.checkpoints.repository.ts',
    'src/features/audit/audit.repository.ts',
    'src/features/connectors/connectors.repository.ts',
    'src/features/directory/ldap/ldap.commands.ts',
    'src/features/key-rotation/sealed.repository.ts',
    'src/features/sessions/oidc-arrivals.ts',
    'src/features/sessions/password-link-mail.ts',
    'src/platform/http/idempotency.repository.ts',
  ])
  expect(sealingKeyOf(createSecretBox([fresh]).seal('x'))).toBe('fresh')
  expect(sealingKeyOf(Buffer.from('no envelope'))).toBeUndefined()
})
