/** A refusal stays short, however much was wrong with the call. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TestApp } from '../support/app.ts'
import { startTestApp } from '../support/app.ts'
import type { Client } from '../support/client.ts'

let app: TestApp
let admin: Client

beforeAll(async () => {
  app = await startTestApp()
  admin = await app.signIn()
})
afterAll(() => app.close())

const unknownFields = (count: number, prefix = 'f') =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`${prefix}${index}`, 1]))

test('240 kB of unknown fields are refused with 50 errors and how many more there are', async () => {
  const body = unknownFields(24_000)

  const answer = await admin.post('/user-groups', { name: 'Group', ...body })

  expect(JSON.stringify(body).length).toBeGreaterThan(240_000)
  expect([answer.status, answer.body.code, answer.body.errors.length]).toEqual([422, 'invalid_input', 50])
  expect(answer.body.detail).toBe('f0: is not a known field (50 errors are named, there are 23950 more)')
  expect(JSON.stringify(answer.body).length).toBeLessThan(5_000)
})

test('50 errors are all named', async () => {
  const { body } = await admin.post('/user-groups', { name: 'Group', ...unknownFields(50) })

  expect([body.errors.length, body.detail]).toEqual([50, 'f0: is not a known field'])
})

test('long names of fields are cut where they are repeated, and no character in half', async () => {
  const name = `${'x'.repeat(198)}🚀`

  const { status, body } = await admin.post('/user-groups', { name: 'Group', ...unknownFields(60, name.repeat(10)) })

  expect([status, body.errors[0]]).toEqual([
    422,
    { path: `${'x'.repeat(198)}…`, message: 'is not a known field', code: 'unknown_field', params: {} },
  ])
  expect(JSON.stringify(body).length).toBeLessThan(20_000)
})

test('a long unknown field in the query is cut as well', async () => {
  const { status, body } = await admin.get(`/users?${'q'.repeat(8_000)}=1`)

  expect([status, body.errors[0].path.length]).toEqual([422, 200])
  expect(body.detail.length).toBeLessThan(1_100)
})

test('items of a list that are all wrong are named up to 50', async () => {
  const { status, body } = await admin.post('/applications', {
    name: 'App',
    url: 'https://x.test',
    groupIds: Array.from({ length: 20_000 }, () => 'x'),
  })

  expect([status, body.errors.length <= 50]).toEqual([422, true])
  expect(JSON.stringify(body).length).toBeLessThan(10_000)
})
