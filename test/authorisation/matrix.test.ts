/** Every call of matrix.md is made on a really started service; what is refused changes nothing. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { scopes } from '../../src/domain/abilities.ts'
import { type Client, createClient } from '../support/client.ts'
import { password } from '../support/directory.ts'
import { createService, type Service } from '../support/service.ts'
import { callFor, callOnly, hangsOnObject, outcomeOf } from './calls.ts'
import { type Expected, kinds, type Row, readMatrix } from './matrix.ts'
import { createPeople, createScene, type Member, type People, type Scene, type Stage } from './scene.ts'

interface Caller {
  name: string
  client: Client
  expected: Expected
  ownsAsAdministrator: boolean
}

const picture = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')
const pictures = createServer((_request, response) =>
  response.writeHead(200, { 'content-type': 'image/svg+xml' }).end(picture),
)
let service: Service
let sql: postgres.Sql
let stage: Stage
let people: People
/** Clients whose credentials have ended: sessions, and tokens. */
let gone: { sessions: [string, Client][]; tokens: [string, Client][] }
let tokens: { byScope: [string, Client][]; plain: Client; child: Client; scim: Client }
const scenes = new Map<Member, Scene>()

beforeAll(async () => {
  pictures.listen(0, '127.0.0.1')
  service = await createService()
  await service.start()
  sql = postgres(service.databaseUrl, { max: 1, onnotice: () => undefined })
  const logoUrl = `http://127.0.0.1:${(pictures.address() as AddressInfo).port}/logo.svg`
  const made = await createPeople(service)
  people = made.people
  stage = { ...made, base: service.base, logoUrl }
  tokens = await makeTokens()
  gone = await endCredentials()
}, 240_000)

afterAll(async () => {
  await sql.end()
  await service.close()
  pictures.close()
})

async function aToken(client: Client, chosen: readonly string[]): Promise<{ id: string; client: Client }> {
  const { status, body } = await client.post('/api-tokens', { name: 'Token', scopes: chosen })
  if (status !== 201) throw new Error(`POST /api-tokens answered ${status}: ${JSON.stringify(body)}`)
  return { id: body.id, client: createClient(service.base, { token: body.token }) }
}

async function makeTokens() {
  const byScope: [string, Client][] = []
  for (const scope of scopes) byScope.push([scope, (await aToken(people.admin.client, [scope])).client])
  const parent = await aToken(people.admin.client, scopes)
  return {
    byScope,
    plain: (await aToken(people.plain.client, scopes)).client,
    child: (await aToken(parent.client, ['requests:read', 'settings:write'])).client,
    scim: (await aToken(people.admin.client, ['scim'])).client,
  }
}

/** Administrators that are signed out or suspended, and tokens that were revoked, or whose parent was. */
async function endCredentials(): Promise<typeof gone> {
  const { people: others } = await createPeople(service)
  const [out, suspended] = [others.admin, others.asking]
  const parent = await aToken(out.client, scopes)
  const child = await aToken(parent.client, scopes)
  const ofSuspended = await aToken(suspended.client, scopes)
  expect((await out.client.delete(`/api-tokens/${parent.id}`)).status).toBe(204)
  const cookie = out.client.cookie ?? ''
  expect((await out.client.delete('/session')).status).toBe(204)
  expect((await stage.first.patch(`/users/${suspended.id}`, { state: 'suspended' })).status).toBe(200)
  const signedOut = createClient(service.base)
  const send: Client['send'] = (method, path, options) =>
    signedOut.send(method, path, { ...options, headers: { cookie } })
  return {
    sessions: [
      ['signed out', { ...signedOut, send }],
      ['suspended', suspended.client],
    ],
    tokens: [
      ['a revoked token', parent.client],
      ['the child of a revoked token', child.client],
      ['the token of somebody suspended', ofSuspended.client],
    ],
  }
}

async function sceneOf(owner: Member, row: Row): Promise<Scene> {
  const found = scenes.get(owner)
  const hasSession = row.path === '/me/sessions/{id}'
  if (found && (found.session || !hasSession)) return found
  const scene = await createScene(stage, owner, hasSession)
  scenes.set(owner, scene)
  return scene
}

/** What a token of an administrator is answered. */
function expectedOfToken({ scope, expected }: Row, held: readonly string[], kind: 'admin' | 'plain'): Expected {
  if (expected.nobody === '+') return '+'
  return scope === 'any' || held.includes(scope) ? expected[kind] : '403'
}

function callersOf(row: Row): Caller[] {
  const { expected } = row
  const usual = { ownsAsAdministrator: false }
  const nobody = createClient(service.base)
  return [
    ...kinds.map((kind) => ({
      name: kind,
      client: kind === 'nobody' ? nobody : people[kind].client,
      expected: expected[kind],
      ownsAsAdministrator: kind === 'asking',
    })),
    ...gone.sessions.map(([name, client]) => ({ ...usual, name, client, expected: expected.nobody })),
    ...gone.tokens.map(([name, client]) => ({ ...usual, name, client, expected: '401' as const })),
    ...tokens.byScope.map(([scope, client]) => ({
      ...usual,
      name: `an administrator's token for ${scope}`,
      client,
      expected: expectedOfToken(row, [scope], 'admin'),
    })),
    {
      ...usual,
      name: "a plain person's token for everything",
      client: tokens.plain,
      expected: expectedOfToken(row, scopes, 'plain'),
    },
    {
      ...usual,
      name: "an administrator's token for SCIM",
      client: tokens.scim,
      expected: expected.nobody === '401' ? '403' : expected.nobody,
    },
    {
      ...usual,
      name: 'the child of a token',
      client: tokens.child,
      expected: expectedOfToken(row, ['requests:read', 'settings:write'], 'admin'),
    },
  ]
}

/** Everything that a call could change; that they were refused is written down elsewhere. */
async function everything(): Promise<unknown> {
  const [row] = await sql`select
    (select json_agg(t order by t::text) from (select id, name, email, roles, state, password_hash from users) t) users,
    (select json_agg(t order by t::text) from (select id, version, status from access_requests) t) requests,
    (select json_agg(t order by t::text) from (select id, ended_at, expires_at from grants) t) grants,
    (select json_agg(t order by t::text) from approval_flows t) flows,
    (select json_agg(t order by t::text) from user_groups t) groups,
    (select json_agg(t order by t::text) from group_members t) members,
    (select json_agg(t order by t::text) from applications t) applications,
    (select json_agg(t order by t::text) from connectors t) connectors,
    (select json_agg(t order by t::text) from people_sources t) sources,
    (select json_agg(t order by t::text) from queue_views t) views,
    (select json_agg(t order by t::text) from default_queue_views t) default_views,
    (select json_agg(t order by t::text) from settings t) settings,
    (select json_agg(id order by id) from api_tokens) tokens,
    (select json_agg(id order by id) from sessions) sessions,
    (select json_agg(id order by id) from password_links) links`
  return row
}

describe.each(readMatrix().map((row) => [`${row.method.toUpperCase()} ${row.path}`, row] as const))('%s', (_, row) => {
  test('lets in who may call it, and nobody else', async () => {
    const callers = callersOf(row)
    const objectOf = ({ ownsAsAdministrator }: Caller) =>
      sceneOf(ownsAsAdministrator ? people.asking : people.requester, row)
    const refused = callers.filter(({ expected }) => expected !== '+')
    const allowed = callers.filter(({ expected }) => expected === '+')
    const outcomes: Record<string, string> = {}
    for (const caller of callers) await objectOf(caller)
    const before = await everything()

    for (const caller of refused)
      outcomes[caller.name] = outcomeOf(await callFor(caller.client, row, await objectOf(caller)))
    expect(await everything()).toEqual(before)
    for (const caller of allowed) {
      outcomes[caller.name] = outcomeOf(await callOnly(caller.client, row, await objectOf(caller)))
      // What was really done needs another object for the next one.
      if (hangsOnObject(row)) scenes.clear()
    }

    expect(outcomes).toEqual(Object.fromEntries(callers.map(({ name, expected }) => [name, expected])))
  })
})

test('whoever must choose a password first is let in after that', async () => {
  const { client } = people.invited
  const newPassword = 'a password of their own'

  expect((await client.get('/catalog')).status).toBe(403)
  expect((await client.post('/me/password', { currentPassword: password, newPassword })).status).toBe(204)
  expect((await client.get('/catalog')).status).toBe(200)
})
