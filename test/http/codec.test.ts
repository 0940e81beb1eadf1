/** The codec server: closed to everybody but administrators, and it gives nothing back unread. */
import { randomBytes } from 'node:crypto'
import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createAccessLog } from '../../src/features/audit/access-log.ts'
import { codecRoutes } from '../../src/platform/engine/codec.routes.ts'
import { codecCors } from '../../src/platform/engine/codec-cors.ts'
import { createPayloadCodec } from '../../src/platform/engine/payload-codec.ts'
import type { TestApp } from '../support/app.ts'
import { startTestApp, unexpected } from '../support/app.ts'
import type { Client } from '../support/client.ts'
import { aUser, password } from '../support/directory.ts'

const ui = 'http://temporal-ui.test'
const verbs = ['decode', 'encode']
const marker = Buffer.from('a marker that must not come back').toString('base64')
const payloads = { payloads: [{ metadata: {}, data: marker }] }
let app: TestApp
let admin: Client

beforeAll(async () => {
  const codec = createPayloadCodec([{ id: 'test', key: randomBytes(32) }])
  app = await startTestApp({
    routes: ({ db, auditLog }) =>
      codecRoutes({ codec, recordDecoding: createAccessLog({ db, auditLog, onError: unexpected }).decoded }),
    extras: [codecCors(ui)],
  })
  admin = await app.signIn()
})
afterAll(() => app.close())

test.each(verbs)(
  '%s refuses whoever is not signed in, also from the Temporal UI, and repeats nothing',
  async (verb) => {
    const fromUi: Record<string, string> = { origin: ui }
    for (const headers of [{}, fromUi, { ...fromUi, 'sec-fetch-site': 'same-site' }]) {
      const answer = await app.client().post(`/temporal/codec/${verb}`, payloads, headers)

      expect([answer.status, answer.body.code]).toEqual([401, 'unauthenticated'])
      expect(JSON.stringify(answer.body)).not.toContain(marker)
    }
  },
)

test.each(verbs)('%s refuses everybody but administrators', async (verb) => {
  const { email } = await aUser(admin, { password, state: 'activated' })
  const person = await app.signIn(email, password)

  const answer = await person.post(`/temporal/codec/${verb}`, payloads, { origin: ui })

  expect([answer.status, JSON.stringify(answer.body).includes(marker)]).toEqual([403, false])
})

test('the Temporal UI may read the refusal, and an administrator decodes through it', async () => {
  const encoded = await admin.post('/temporal/codec/encode', payloads, { origin: ui })
  const decoded = await admin.post('/temporal/codec/decode', encoded.body, { origin: ui })
  const refused = await app.client().post('/temporal/codec/decode', encoded.body, { origin: ui })

  expect([encoded.status, JSON.stringify(encoded.body).includes(marker)]).toEqual([200, false])
  expect(decoded.body).toEqual(payloads)
  expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([401, ui])
})

test('what an administrator has encrypted is not sealed, so that nobody decides in the name of another by it', async () => {
  const seal = Buffer.from('{"workflowId":"access-request/1"}').toString('base64')

  const encoded = await admin.post('/temporal/codec/encode', {
    payloads: [{ metadata: { 'gatehouse-seal': seal }, data: marker }],
  })

  expect((await admin.post('/temporal/codec/decode', encoded.body)).body).toEqual(payloads)
})

test.each(verbs)('%s takes no more than any other route', async (verb) => {
  const body = { payloads: [{ data: 'A'.repeat(300_000) }] }

  for (const client of [admin, app.client()]) {
    const answer = await client.post(`/temporal/codec/${verb}`, body, { origin: ui })
    expect([answer.status, answer.body.code]).toEqual([413, 'payload_too_large'])
  }
})

test('other addresses under it do not exist, whoever asks and whatever is sent', async () => {
  for (const path of ['/temporal/codec/anything', '/temporal/codec/', '/temporal/codec/decode/more'])
    for (const client of [admin, app.client()])
      for (const body of [payloads, 'not { json', { data: 'A'.repeat(300_000) }]) {
        const answer = await client.post(path, body as object, { origin: ui })
        expect([path, answer.status, answer.body.code]).toEqual([path, 404, 'not_found'])
      }
})

test('an address that does not exist is answered before its body is there', async () => {
  const { hostname, port } = new URL(app.base)
  const socket = connect(Number(port), hostname)
  socket.write(
    `POST /api/v1/temporal/codec/anything HTTP/1.1\r\nHost: x\r\nOrigin: ${ui}\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n{"a`,
  )

  const answer = await new Promise<string>((resolve, reject) => {
    socket.once('data', (data) => resolve(data.toString()))
    socket.once('error', reject)
  })
  socket.destroy()

  expect(answer).toMatch(/^HTTP\/1.1 404 /)
})
