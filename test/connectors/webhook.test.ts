import type { RequestListener } from 'node:http'
import { Webhook } from 'standardwebhooks'
import type { Agent } from 'undici'
import { afterEach, expect, test } from 'vitest'
import type { ConnectorError } from '../../src/domain/shared/connector-error.ts'
import type { Connector, MembershipChange } from '../../src/features/connectors/connector.ts'
import { newSecret } from '../../src/features/connectors/connectors.repository.ts'
import { createWebhookAgent, createWebhookConnector } from '../../src/features/connectors/webhook.connector.ts'
import { startWebhookTarget, type WebhookTarget } from './webhook-target.ts'

const secret = newSecret()
const change: MembershipChange = {
  key: 'grant/019a0000-0000-7000-8000-000000000001/add',
  user: { id: 'u1', name: 'Ana Ruiz', email: 'ana@example.test' },
  group: { id: 'g1', name: 'Payroll' },
  accessRequestId: 'r1',
  grantId: null,
}
const open: (WebhookTarget | Agent)[] = []
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close()
})

async function target(answer?: RequestListener): Promise<WebhookTarget> {
  const started = await startWebhookTarget(answer)
  open.push(started)
  return started
}

function connector(url: string, { allowPrivate = true, timeoutMs = 10_000 } = {}): Connector {
  const agent = createWebhookAgent({ allowPrivate })
  open.push(agent)
  return createWebhookConnector({ url, secret, allowPrivate, agent, timeoutMs })
}

const failure = (promise: Promise<void>): Promise<ConnectorError> =>
  promise.then(
    () => Promise.reject(new Error('it did not fail')),
    (error: ConnectorError) => error,
  )

const answering =
  (status: number, headers: Record<string, string> = {}, body = ''): RequestListener =>
  (_, response) =>
    response.writeHead(status, headers).end(body)

test('a change is posted with a signature that the receiver can verify', async () => {
  const { url, calls } = await target()

  await connector(url).addMember(change)
  await connector(url).removeMember(change)

  const [added, removed] = calls
  expect(added).toMatchObject({
    method: 'POST',
    path: '/hook',
    headers: { 'content-type': 'application/json', 'webhook-id': change.key },
  })
  const verified = new Webhook(secret).verify(added?.body ?? '', added?.headers as Record<string, string>)
  const { key: _, ...data } = change
  expect(verified).toEqual({ type: 'membership.added', timestamp: expect.stringMatching(/Z$/), data })
  expect(new Webhook(secret).verify(removed?.body ?? '', removed?.headers as Record<string, string>)).toMatchObject({
    type: 'membership.removed',
  })
})

test('another secret, or a changed body, does not verify', async () => {
  const { url, calls } = await target()

  await connector(url).addMember(change)

  const headers = calls[0]?.headers as Record<string, string>
  const body = calls[0]?.body ?? ''
  expect(() => new Webhook(newSecret()).verify(body, headers)).toThrow('No matching signature found')
  expect(() => new Webhook(secret).verify(body.replace('Ana', 'Eve'), headers)).toThrow('No matching signature found')
})

test('every try of a change carries the same id', async () => {
  const answers = [500, 500, 200]
  const { url, calls } = await target((_, response) => response.writeHead(answers.shift() ?? 200).end())
  const webhook = connector(url)

  for (const _ of [1, 2]) await failure(webhook.addMember(change))
  await webhook.addMember(change)

  expect(calls.map(({ headers }) => headers['webhook-id'])).toEqual([change.key, change.key, change.key])
})

test.each([200, 201, 202, 204])('an answer of %i means it is done', async (status) => {
  const { url } = await target(answering(status))

  await expect(connector(url).addMember(change)).resolves.toBeUndefined()
})

test.each([404, 410])('to a removal an answer of %i means that nobody is there to be taken out', async (status) => {
  const { url } = await target(answering(status))

  await expect(connector(url).removeMember(change)).resolves.toBeUndefined()
})

test.each([400, 401, 403, 409, 422])('to a removal an answer of %i is final', async (status) => {
  const { url } = await target(answering(status))

  expect(await failure(connector(url).removeMember(change))).toMatchObject({ retryable: false })
})

test.each([400, 401, 403, 404, 409, 410, 422])('an answer of %i is final', async (status) => {
  const { url } = await target(answering(status, { 'retry-after': '5' }))

  const error = await failure(connector(url).addMember(change))

  expect(error).toMatchObject({ name: 'ConnectorError', retryable: false, retryAfterMs: undefined })
  expect(error.message).toContain(`answered ${status}`)
})

test.each([408, 429, 500, 502, 503, 504])('an answer of %i may be tried again', async (status) => {
  const { url } = await target(answering(status))

  expect(await failure(connector(url).addMember(change))).toMatchObject({ retryable: true, retryAfterMs: undefined })
})

test('a target that names a time to wait is obeyed, up to a minute', async () => {
  const date = new Date(Date.now() + 30_000).toUTCString()
  const waits = await Promise.all(
    ['7', '86400', date, 'soon'].map(async (after) => {
      const { url } = await target(answering(429, { 'retry-after': after }))
      return (await failure(connector(url).addMember(change))).retryAfterMs
    }),
  )

  expect(waits[0]).toBe(7_000)
  expect(waits[1]).toBe(60_000)
  expect(waits[2]).toBeGreaterThan(25_000)
  expect(waits[2]).toBeLessThanOrEqual(30_000)
  expect(waits[3]).toBeUndefined()
})

test('the error says in one short printable line what the target said', async () => {
  const { url } = await target(
    answering(403, { 'content-type': 'text/plain' }, `Seat\r\nlimit \u202e\0reached${'!'.repeat(5_000)}`),
  )

  const { message } = await failure(connector(url).addMember(change))

  expect(message).toContain('answered 403 Forbidden, saying: Seat limit reached!!!')
  expect(message.length).toBeLessThan(300)
})

test.each([
  [{ detail: 'No seat is left.', status: 409 }, 'No seat is left.'],
  [{ error: { code: 7, message: 'Unknown account' } }, 'Unknown account'],
  [{ error: 'invalid_grant', error_description: 'The key has expired' }, 'The key has expired'],
  [{ code: 7 }, '{"code":7}'],
])('of a JSON answer %j the error says what is meant for people', async (body, words) => {
  const { url } = await target(answering(422, { 'content-type': 'application/json' }, JSON.stringify(body)))

  expect((await failure(connector(url).addMember(change))).message).toContain(`, saying: ${words}`)
})

test('a page for browsers is left out of the error', async () => {
  const { url } = await target(answering(500, { 'content-type': 'text/html' }, '<h1>Oops</h1>'))

  expect((await failure(connector(url).addMember(change))).message).toMatch(/answered 500 Internal Server Error\.$/)
})

test('the path of the URL, which may hold a token, stands in no error', async () => {
  const { url } = await target(answering(500))

  expect((await failure(connector(`${url}/t0ken?key=t0ken`).addMember(change))).message).not.toContain('t0ken')
})

test('a target that does not answer may be tried again', async () => {
  const { url } = await target(() => undefined)

  const error = await failure(connector(url, { timeoutMs: 300 }).addMember(change))

  expect(error).toMatchObject({ retryable: true })
  expect(error.message).toContain('did not answer within 0.3 seconds')
})

test('a target that never ends its answer does not hold up a change that is done', async () => {
  const { url } = await target((_, response) => response.writeHead(200).write('working'))

  const start = Date.now()
  await connector(url, { timeoutMs: 2_000 }).addMember(change)

  expect(Date.now() - start).toBeLessThan(1_000)
})

test('a target that refuses connections, or cuts them, may be tried again', async () => {
  const gone = await startWebhookTarget()
  await gone.close()
  const { url } = await target((request) => request.socket.destroy())

  expect(await failure(connector(gone.url).addMember(change))).toMatchObject({
    retryable: true,
    message: expect.stringContaining('refuses connections'),
  })
  expect(await failure(connector(url).addMember(change))).toMatchObject({ retryable: true })
})

test('redirects are not followed', async () => {
  const secretPlace = await target()
  const { url } = await target(answering(307, { location: secretPlace.url }))

  const error = await failure(connector(url).addMember(change))

  expect(error.message).toContain('redirect')
  expect(secretPlace.calls).toEqual([])
})

test.each([
  '127.0.0.1',
  '2130706433',
  '0x7f.1',
  '127.1',
  '0',
  '[::1]',
  '[::]',
  '[::ffff:127.0.0.1]',
  '10.1.2.3',
  '172.16.0.1',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '224.0.0.1',
  '[fe80::1]',
  '[fd00:ec2::254]',
])('a target at %s is refused before it is called', async (host) => {
  const { port, calls } = await target()

  const error = await failure(connector(`http://${host}:${port}/hook`, { allowPrivate: false }).addMember(change))

  expect(error).toMatchObject({ retryable: false, message: expect.stringContaining('private or local') })
  expect(calls).toEqual([])
})

test('a name that resolves to a loopback address is refused when connecting', async () => {
  const { port, calls } = await target()

  const error = await failure(connector(`http://localhost:${port}/hook`, { allowPrivate: false }).addMember(change))

  expect(error).toMatchObject({ retryable: false, message: expect.stringContaining('private or local') })
  expect(calls).toEqual([])
})

test('the same name is called when private targets are allowed', async () => {
  const { port, calls } = await target()

  await connector(`http://localhost:${port}/hook`).addMember(change)

  expect(calls).toHaveLength(1)
})

test.each(['ftp://example.com/', 'http://user:password@example.com/', 'file:///etc/passwd', 'not a url'])(
  'the URL %s is refused',
  async (url) => {
    expect(await failure(connector(url).addMember(change))).toMatchObject({
      retryable: false,
      message: expect.stringContaining('no usable URL'),
    })
  },
)
