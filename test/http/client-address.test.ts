/** Where a call comes from: what trusted proxies say, and never anything but an IP address. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { ok, route } from '../../src/platform/http/route.ts'
import type { TestApp } from '../support/app.ts'
import { startTestApp } from '../support/app.ts'
import type { Client } from '../support/client.ts'

const where = route({
  method: 'get',
  path: '/where',
  summary: 'Where the call came from',
  tag: 'Test',
  ability: 'session.open',
  responses: { 200: { description: 'The address', schema: z.object({ clientIp: z.string().nullable() }) } },
  handler: async ({ origin }) => ok({ clientIp: origin.clientIp ?? null }),
})

let app: TestApp
let admin: Client
beforeAll(async () => {
  app = await startTestApp({ routes: () => [where] })
  admin = await app.signIn()
})
afterAll(() => app.close())

const seenFrom = async (forwarded: string, of: TestApp = app) =>
  (await of.client().send('GET', '/where', { headers: { 'x-forwarded-for': forwarded } })).body.clientIp

test.each([
  ['203.0.113.5', '203.0.113.5'],
  ['::ffff:203.0.113.5', '203.0.113.5'],
  ['203.0.113.5:51820', '203.0.113.5'],
  ['2001:DB8:0:0::1', '2001:db8::1'],
  ['[2001:db8::1]:443', '2001:db8::1'],
  ['0x7f.1', null],
  ['unknown', null],
  ['z'.repeat(7000), null],
])('X-Forwarded-For %.40s comes from %s', async (forwarded, address) => {
  expect(await seenFrom(forwarded)).toBe(address)
})

test('free text in X-Forwarded-For is not in Directory Insights', async () => {
  const email = 'free.text@example.test'
  await app.client().signIn(email, 'wrong', { 'x-forwarded-for': 'text '.repeat(1400) })

  const { body } = await admin.get(`/directory-insights/events?eventType=user_login_attempt&initiatedBy=${email}`)

  expect(body.items).toMatchObject([{ client_ip: null }])
})

test.each<[string, number | string[], string]>([
  ['no proxy', 0, '127.0.0.1'],
  ['one proxy', 1, '10.1.2.3'],
  ['two proxies, one behind the other', 2, '203.0.113.5'],
  ['an address', ['127.0.0.1', '10.1.2.3'], '203.0.113.5'],
  ['a network', ['loopback', '10.0.0.0/8'], '203.0.113.5'],
  ['a network that the caller is not in', ['192.168.0.0/16'], '127.0.0.1'],
])('TRUSTED_PROXIES may be %s', async (_name, trustedProxies, address) => {
  const behind = await startTestApp({ routes: () => [where], trustedProxies })

  expect(await seenFrom('203.0.113.5, 10.1.2.3', behind)).toBe(address)
  await behind.close()
})
