/** Whatever an event says, it is written down, and the chain verifies. */
import fc from 'fast-check'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AuditEntry } from '../../src/domain/audit-entry.ts'
import type { AccessGrant } from '../../src/domain/grant/record.ts'
import { DomainError } from '../../src/domain/shared/errors.ts'
import { grantRefusalEntry } from '../../src/features/grants/grants.audit.ts'
import { startTestApp, type TestApp } from '../support/app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})
afterAll(() => app.close())

const append = (entries: AuditEntry[]) => app.db.transaction((tx) => app.auditLog.append(tx, entries))

async function eventsOf(sourceKeys: string[]) {
  return app.database.raw`select * from audit_events where source_key = any(${sourceKeys}) order by seq`
}

function entry(fields: Partial<AuditEntry> = {}): AuditEntry {
  return {
    sourceKey: uuidv7(),
    eventType: 'user_update',
    timestamp: '2026-03-01T10:00:00.000Z',
    initiatedBy: { id: uuidv7(), type: 'user', email: 'a@example.test' },
    resource: { type: 'user', id: uuidv7(), name: 'A' },
    ...fields,
  }
}

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom(
    '\u0000',
    'a\u0000b',
    'half \ud83d',
    '\ude00 half',
    '\u{1F469}\u200d\u{1F4BB}',
    'İ',
    '__proto__',
    '\\u0000',
  ),
)
const uuid = fc.uuid().chain((id) =>
  fc.constantFrom(
    id,
    id.toUpperCase(),
    id.replace(/^..../, (head) => head.toUpperCase()),
  ),
)
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null })
const number = fc.oneof(fc.double(), fc.integer(), fc.constantFrom(-0, 0, 1e21, 1e308, 5e-324, 2 ** 53, 0.1 + 0.2))
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.oneof(text, number, fc.boolean(), fc.constantFrom(null, undefined)),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(text, tie('value'), { maxKeys: 3 }),
  ),
}))
const two = (least: number, most: number) =>
  fc.integer({ min: least, max: most }).map((count) => String(count).padStart(2, '0'))
const timestamp = fc.oneof(
  fc
    .tuple(
      fc.constantFrom('0000', '0001', '0099', '1582', '1900', '1969', '2026', '9999'),
      fc.tuple(two(1, 12), two(1, 28), two(0, 23), two(0, 59), two(0, 60)),
      fc.constantFrom('', '.0', '.5', '.9999', '.123456789'),
      fc.constantFrom('Z', 'z', '+00:00', '-00:00', '+14:00', '-23:59'),
    )
    .map(
      ([year, [month, day, hour, minute, second], fraction, zone]) =>
        `${year}-${month}-${day}T${hour}:${minute}:${second}${fraction}${zone}`,
    ),
  fc.constantFrom('2026-03-01t10:00:00z', '2026-03-01 10:00:00Z', '2016-12-31T23:59:60Z', '2026-01-01T00:00:00.000Z'),
)
const anyEntry: fc.Arbitrary<AuditEntry> = fc.record({
  sourceKey: fc.tuple(fc.uuid(), text).map(([id, tail]) => id + tail.slice(0, 50)),
  eventType: fc.constantFrom('user_update', 'user_create'),
  timestamp,
  initiatedBy: fc.record({ id: maybe(uuid), type: fc.constantFrom('user', 'system'), email: maybe(text) }),
  accessRequestId: maybe(uuid),
  resource: fc.record({ type: text, id: maybe(text), name: maybe(text) }),
  workflowId: maybe(text),
  changes: fc.array(fc.record({ field: text, from: value, to: value }), { maxLength: 3 }),
  origin: fc.record({ clientIp: text, userAgent: text }),
  success: fc.boolean(),
  errorMessage: maybe(text),
  internalNote: maybe(text),
})

test('a user id in upper case is one and the same user, and the chain holds', async () => {
  const id = uuidv7()
  const odd = entry({
    initiatedBy: { id: id.toUpperCase(), type: 'user', email: null },
    accessRequestId: id.toUpperCase(),
  })

  await append([odd])

  expect((await app.auditLog.verify(app.db)).fault).toBeNull()
  expect(await eventsOf([odd.sourceKey])).toMatchObject([{ initiated_by_id: id, access_request_id: id }])
})

test('what Postgres cannot keep is replaced, never a reason to lose the event', async () => {
  const odd = entry({
    initiatedBy: { id: 'nobody', type: 'user', email: 'a\u0000@example.test' },
    origin: { clientIp: '\u0000', userAgent: 'half \ud83d' },
    changes: [{ field: 'a\u0000', from: { 'b\u0000': ['\ude00'] }, to: 5n }],
    errorMessage: 'x\u0000y',
  })

  await append([odd, odd])

  expect(await eventsOf([odd.sourceKey])).toMatchObject([
    {
      initiated_by_id: null,
      initiated_by_email: 'a\ufffd@example.test',
      client_ip: null,
      user_agent: 'half \ufffd',
      changes: [{ field: 'a\ufffd', from: { 'b\ufffd': ['\ufffd'] }, to: '5' }],
      error_message: 'x\ufffdy',
    },
  ])
  expect((await app.auditLog.verify(app.db)).fault).toBeNull()
})

test('a refused message to a grant is written down, whoever it says it is from', async () => {
  const grant: AccessGrant = {
    id: uuidv7(),
    accessRequestId: uuidv7(),
    flowId: uuidv7(),
    flowName: 'VPN',
    user: { id: uuidv7(), name: 'A', email: 'a@example.test' },
    groupId: uuidv7(),
    connectorId: null,
    startedAt: '2026-03-01T10:00:00.000Z',
    expiresAt: null,
    version: 1,
    carriedOut: [],
    end: null,
    endedAt: null,
  }
  const said = [null, '-'.repeat(36), '\u0000', grant.id.replaceAll('-', '').padEnd(36, '0'), grant.id.toUpperCase()]
  const refusal = new DomainError('invalid_input', 'd')

  await app.db.transaction((tx) =>
    app.auditLog.append(
      tx,
      said.map((by, index) => {
        const message = { type: 'unreadable', name: 'revoke', by, code: refusal.code, detail: 'd' } as const
        const proposal = {
          grant,
          message,
          messageId: String(index),
          at: grant.startedAt,
          isSignal: true,
          isSealed: true,
        }
        return grantRefusalEntry(grant, proposal, { actor: null, refusal })
      }),
    ),
  )

  const events = await eventsOf(said.map((_by, index) => `${grant.id}:refused:${index}`))
  expect(events.map(({ initiated_by_id: id }) => id)).toEqual([null, null, null, null, grant.id])
})

test('arbitrary events are all kept, each once, and the chain verifies', async () => {
  let { rows } = await app.auditLog.verify(app.db)
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(anyEntry, { minLength: 1, maxLength: 8, selector: ({ sourceKey }) => sourceKey.slice(0, 36) }),
      async (entries) => {
        await append(entries)
        await append(entries)

        rows += entries.length
        expect(await app.auditLog.verify(app.db)).toMatchObject({ rows, fault: null })
      },
    ),
    { numRuns: 100 },
  )
})
