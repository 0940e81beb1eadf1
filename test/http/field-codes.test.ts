/** What is wrong with a field is said by a code, too: each code can be met, and nothing is refused without one. */
import { readdirSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { refuseExtension } from '../../src/domain/grant/record.ts'
import type { DomainError } from '../../src/domain/shared/errors.ts'
import type { FieldError, FieldErrorCode } from '../../src/domain/shared/field-errors.ts'
import { insertConnector } from '../../src/features/connectors/connectors.repository.ts'
import { fieldErrorCodes } from '../../src/platform/http/field-error-schema.ts'
import type { TestApp } from '../support/app.ts'
import { administrator, startTestApp } from '../support/app.ts'
import type { Client } from '../support/client.ts'
import { aGroup, aManagedUser, aUser, unique } from '../support/directory.ts'

const nothing = '01920000-0000-7000-8000-000000000000'
let app: TestApp
let admin: Client

beforeAll(async () => {
  app = await startTestApp()
  admin = await app.signIn()
})
afterAll(() => app.close())

type Errors = Promise<FieldError[]>

async function posting(path: string, body: object): Errors {
  return (await admin.post(path, body)).body.errors
}
async function getting(path: string): Errors {
  return (await admin.get(path)).body.errors
}
async function refusalOf(run: () => unknown): Errors {
  const refusal = await Promise.resolve()
    .then(run)
    .catch((error: unknown) => error as DomainError)
  return (refusal as DomainError).details.errors ?? []
}
const anAddress = () => `${unique('x').replace(' ', '')}@example.test`
const newUser = (fields: object) => posting('/users', { name: 'Ada', email: anAddress(), ...fields })
const newGroup = (fields: object) => posting('/user-groups', { name: unique('Group'), ...fields })
const newApplication = (fields: object) =>
  posting('/applications', { name: unique('App'), url: 'https://x.test', ...fields })
async function newFlow(fields: object): Errors {
  const { id: groupId } = await aGroup(admin)
  return posting('/approval-flows', { name: unique('Flow'), groupId, approvalType: 'automatic', ...fields })
}
const manual = (...approvers: object[]) => newFlow({ approvalType: 'manual', approvers })
const ownPassword = (fields: object) =>
  posting('/me/password', {
    currentPassword: administrator.password,
    newPassword: 'four quiet purple herons',
    ...fields,
  })

const aCsv = (text: string) => ({ body: text, headers: { 'content-type': 'text/csv' } })
const importing = async (text: string): Errors =>
  (await admin.send('POST', '/users/import?dryRun=true', aCsv(text))).body.refused
const aConnector = () =>
  insertConnector(
    app.db,
    { secretBox: app.secretBox, allowPrivate: true },
    {
      name: unique('Target'),
      kind: 'webhook',
      url: 'http://127.0.0.1/',
    },
  )

/** For each code a call that is answered with it. */
const calls = {
  administrators_alone: () => manual({ kind: 'administrator' }, { kind: 'manager' }),
  control_characters: () => newGroup({ name: 'a\u0000b' }),
  credentials_in_url: () => newApplication({ url: 'https://user:secret@x.test' }),
  duplicate: () => newApplication({ groupIds: [nothing, nothing] }),
  duration_too_long: () => newFlow({ durations: ['P3Y'] }),
  duration_too_short: () => newFlow({ durations: ['PT0S'] }),
  async group_connected() {
    const { id: connectorId } = await aConnector()
    const { name } = await aGroup(admin, { connectorId })
    return importing(`Email,Name,Groups\n${anAddress()},Ada,${name}`)
  },
  guessable: () => newUser({ password: 'qwertyuiop' }),
  guessable_from_owner: () => newUser({ password: 'Gatehouse1!' }),
  incorrect: () => ownPassword({ currentPassword: 'not this one' }),
  invalid: () => manual({ kind: 'user_group', groupId: nothing, required: 'some' }),
  invalid_format: () => newUser({ email: 'nobody' }),
  last_administrator: () => importing(`Email,State\n${administrator.email},suspended`),
  async managed_elsewhere() {
    const { email } = await aManagedUser(app.db, admin)
    return importing(`Email,Name\n${email},Another`)
  },
  async manager_loop() {
    const boss = await aUser(admin)
    const report = await aUser(admin, { managerId: boss.id })
    return (await admin.patch(`/users/${boss.id}`, { managerId: report.id })).body.errors
  },
  async not_activated() {
    const { id: requesterId } = await aUser(admin, { state: 'suspended' })
    const { id: groupId } = await aGroup(admin)
    const flow = { name: unique('Flow'), groupId, approvalType: 'automatic' }
    return posting('/approval-flows/preview', { requesterId, flow })
  },
  not_applicable: () => newUser({ mustChangePassword: true }),
  not_found: () => newUser({ managerId: nothing }),
  not_in_future: () => posting('/api-tokens', { name: 'Late', expiresAt: '2020-01-01T00:00:00Z' }),
  not_one_line: () => newGroup({ name: 'two\nlines' }),
  not_one_of: () => getting('/users?state=asleep'),
  out_of_range: () => getting('/directory-insights/events?from=1899-12-31'),
  async own_manager() {
    const { id } = await aUser(admin)
    return (await admin.patch(`/users/${id}`, { managerId: id })).body.errors
  },
  private_address: () => {
    const inside = { name: 'Inside', kind: 'webhook', url: 'http://127.0.0.1/' } as const
    return refusalOf(() => insertConnector(app.db, { secretBox: app.secretBox, allowPrivate: false }, inside))
  },
  required: () => posting('/user-groups', {}),
  same_as_current: () => ownPassword({ newPassword: administrator.password }),
  async second_administrator() {
    const other = await startTestApp({ fourEyes: 'require' })
    const its = await other.signIn()
    await aUser(its, { roles: ['admin'] })
    const { name, id: groupId } = await aGroup(its)
    await its.post('/approval-flows', { name: unique('Flow'), groupId, approvalType: 'automatic' })
    const answer = await its.send(
      'POST',
      '/users/import?dryRun=true',
      aCsv(`Email,Name,Groups\nada@x.test,Ada,${name}`),
    )
    await other.close()
    return answer.body.refused
  },
  async taken() {
    const { name } = await aGroup(admin)
    return newGroup({ name })
  },
  too_early: () => {
    const expiresAt = '2027-01-01T00:00:00.000Z'
    return refusalOf(() => refuseExtension({ expiresAt } as Parameters<typeof refuseExtension>[0], expiresAt))
  },
  too_few: () => manual(),
  too_large: () => getting('/users?limit=201'),
  too_late: () => posting('/api-tokens', { name: 'Long', expiresAt: '2090-01-01T00:00:00Z' }),
  too_long: () => newGroup({ name: 'x'.repeat(121) }),
  too_many: () => newApplication({ groupIds: Array.from({ length: 101 }, () => nothing) }),
  too_short: () => newUser({ password: 'short' }),
  too_small: () => getting('/users?limit=0'),
  unknown_field: () => newGroup({ nonsense: true }),
  unreadable: () =>
    posting('/temporal/codec/decode', {
      payloads: [{ metadata: { encoding: 'YmluYXJ5L2VuY3J5cHRlZA==' }, data: 'AAAA' }],
    }),
  wrong_type: () => newGroup({ name: 7 }),
} satisfies Record<FieldErrorCode, () => Errors>

test.each(fieldErrorCodes)('%s is said of a field', async (code) => {
  const errors = await calls[code]()

  expect(errors.map((error: FieldError) => error.code)).toContain(code)
})

/** A value that no field of the name takes. */
const wrong = { deep: { er: [] } }

test('whatever a route does not take is refused with a code for each field', async () => {
  // What the Temporal UI sends is its own format, with more fields than are looked at.
  const routes = app.modules.http.routes.filter(({ path }) => !/\{token\}|\/codec\//.test(path))
  for (const { method, path, body, file } of routes) {
    if (!body || file) continue
    const fields = Object.keys((body as unknown as { shape: object }).shape)
    const sent = { ...Object.fromEntries(fields.map((field) => [field, wrong])), nonsense: 1 }
    const answer = await admin.send(method.toUpperCase(), path.replaceAll(/\{\w+\}/g, nothing), { body: sent })
    const codes = new Map(answer.body.errors?.map((error: FieldError) => [error.path, error.code]))

    expect([method, path, answer.status, codes.get('nonsense')]).toEqual([method, path, 422, 'unknown_field'])
    expect([path, codes.size >= fields.length]).toEqual([path, true])
  }
})

test('the documentation lists every code and no other', () => {
  const rows = readFileSync('docs/errors.md', 'utf8').matchAll(/^\| `(\w+)` \|/gm)

  expect([...rows].map(([, code]) => code)).toEqual(fieldErrorCodes)
})

/** zod's own refinements take no code. */
const withoutCode = /\.refine\(|addIssue|issues\.push|superRefine\((?!\s*rule\()/

describe('a rule of a schema', () => {
  test.each(["z.string().refine((text) => text !== 'x')", 'z.string().superRefine((text, context) => {})'])(
    'without a code is found: %s',
    (source) => expect(source).toMatch(withoutCode),
  )

  test('always has a code', () => {
    const sources = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
    const found = sources.filter((file) => withoutCode.test(readFileSync(`src/${file}`, 'utf8')))

    // Settings are no fields of a form; the other file is the one that makes rules.
    expect(found.sort()).toEqual(['platform/config/schemas.ts', 'platform/http/validation-messages.ts'])
  })
})
