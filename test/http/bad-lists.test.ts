/** Every list of the API, asked in ways that no client of good will does: each is refused in words, or answered. */
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { rowsOf } from '../../src/platform/db/columns.ts'
import { encodeCursor } from '../../src/platform/http/cursor.ts'
import type { RouteDefinition } from '../../src/platform/http/route.ts'
import type { TestApp } from '../support/app.ts'
import { startTestApp } from '../support/app.ts'
import type { Client } from '../support/client.ts'
import { aGroup } from '../support/directory.ts'

let app: TestApp
let admin: Client
let groupId: string

beforeAll(async () => {
  app = await startTestApp()
  admin = await app.signIn()
  groupId = (await aGroup(admin)).id
})
afterAll(async () => {
  await app.close()
})

/** The parameters of a route's query, from its schema. */
function parametersOf({ query }: RouteDefinition): Record<string, { type?: string; enum?: string[]; items?: object }> {
  if (!query) return {}
  const { properties = {} } = z.toJSONSchema(query, { io: 'input', unrepresentable: 'any' })
  return properties as Record<string, { enum?: string[] }>
}

const isRead = ({ method, path }: RouteDefinition) => method === 'get' && !path.endsWith('/stream')

/** Every list that is read in pages, and every other read that filters. */
function lists(): { path: string; parameters: ReturnType<typeof parametersOf> }[] {
  return app.modules.http.routes
    .filter(isRead)
    .map((route) => ({ path: route.path.replace('{id}', groupId), parameters: parametersOf(route) }))
    .filter(({ parameters }) => Object.keys(parameters).length > 0)
}

const having = (name: string) => lists().filter(({ parameters }) => name in parameters)

/** A refusal that names what is wrong and says what is taken instead. */
async function expectRefusal(path: string, query: string, field: string): Promise<void> {
  const answer = await admin.get(`${path}?${query}`)
  const { body } = answer
  expect([path, query.slice(0, 60), answer.status, body.code, body.errors?.[0]?.path]).toEqual([
    path,
    query.slice(0, 60),
    422,
    'invalid_input',
    field,
  ])
  expect(answer.headers.get('content-type')).toContain('application/problem+json')
  expect(body.errors[0].message).toMatch(/must|is not/)
  expect(JSON.stringify(body).length).toBeLessThan(20_000)
}

test('there are lists to ask', () => {
  expect(having('cursor').length).toBeGreaterThan(10)
  expect(having('limit').length).toBe(having('cursor').length)
  expect(having('q').length).toBeGreaterThan(5)
})

test.each(['-1', '0', '1e9', '201', 'NaN', 'Infinity', '1.5', '', 'ten', '0x10g', '1&limit=2'])(
  'a page of %s rows is refused',
  async (limit) => {
    expect(having('limit').length).toBeGreaterThan(0)
    for (const { path } of having('limit')) await expectRefusal(path, `limit=${limit}`, 'limit')
  },
)

test('a search of 10,000 characters is refused', async () => {
  expect(having('q').length).toBeGreaterThan(0)
  for (const { path } of having('q')) await expectRefusal(path, `q=${'x'.repeat(10_000)}`, 'q')
})

test('parameters that a list does not know are refused by name, however many there are', async () => {
  expect(lists().length).toBeGreaterThan(0)
  const many = Array.from({ length: 200 }, (_, number) => `unknown${number}=1`).join('&')
  for (const { path } of lists()) {
    await expectRefusal(path, 'nonsense=1', 'nonsense')
    await expectRefusal(path, many, 'unknown0')
  }
})

describe('a filter that is repeated', () => {
  test('200 times is taken where it takes several, and refused where it takes one', async () => {
    for (const { path, parameters } of lists())
      for (const name of Object.keys(parameters).filter((one) => !['limit', 'cursor', 'format'].includes(one))) {
        const query = Array.from({ length: 200 }, () => `${name}=pending`).join('&')
        const { status, body } = await admin.get(`${path}?${query}`)
        expect([path, name, status === 200 || status === 422, body.code ?? 'invalid_input']).toEqual([
          path,
          name,
          true,
          'invalid_input',
        ])
      }
  })

  test('more than 200 times is refused', async () => {
    expect(having('status').length).toBeGreaterThan(0)
    const query = Array.from({ length: 201 }, () => 'status=pending').join('&')
    for (const { path } of having('status')) await expectRefusal(path, query, 'status')
  })
})

describe('a cursor', () => {
  const id = '01920000-0000-7000-8000-000000000000'
  const made = (list: string, sort: string, value: string | null = null) => encodeCursor({ list, sort }, { value, id })
  const foreign = {
    'that is rubbish': '%00%ff',
    'that is no JSON': Buffer.from('{"a":').toString('base64url'),
    'that is another JSON': Buffer.from('{"a":1}').toString('base64url'),
    'of another sort': made('users', 'nonsense'),
    'of another list': made('nonsense', 'name', 'x'),
    'of the log with a place that is no number': made('events', '-seq', 'x'),
    'with a moment that never was': made('queue', '-createdAt', '2026-02-30T00:00:00.000Z'),
    'that is longer than any': 'x'.repeat(5000),
    'that is empty': '',
  }

  test.each(Object.entries(foreign))('%s is refused by every list', async (_name, cursor) => {
    expect(having('cursor').length).toBeGreaterThan(0)
    for (const { path } of having('cursor')) await expectRefusal(path, `cursor=${encodeURIComponent(cursor)}`, 'cursor')
  })

  test('of one list is refused by every other one, and taken by its own in its own order only', async () => {
    const cursor = made('users', 'name', 'Ada')
    const statuses: Record<string, number> = {}
    for (const { path } of having('cursor')) statuses[path] = (await admin.get(`${path}?cursor=${cursor}`)).status
    expect(Object.entries(statuses).filter(([, status]) => status !== 422)).toEqual([['/users', 200]])
    await expectRefusal('/users', `sort=-name&cursor=${cursor}`, 'cursor')
  })
})

test('nothing of all that runs in the database any more', async () => {
  const running = async () => {
    const [row] = await rowsOf<{ count: number }>(
      app.superuser,
      sql`select count(*)::int as count from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid() and state = 'active'`,
    )
    return row?.count
  }
  await expect.poll(running).toBe(0)
})
