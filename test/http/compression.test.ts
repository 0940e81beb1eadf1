/** What goes over the wire is compressed, unless it must arrive at once or holds a secret. */
import { get } from 'node:http'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../support/app.ts'

let app: TestApp
let cookie: string
beforeAll(async () => {
  app = await startTestApp()
  const signedIn = await app.signIn()
  for (let count = 1; count <= 30; count++) await signedIn.post('/user-groups', { name: `Group number ${count}` })
  const { headers } = await app.client().signIn('admin@example.test', 'the-first-administrator')
  cookie = headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
})
afterAll(() => app?.close())

/** As it came over the wire: fetch would decompress it. */
function wire(path: string, encodings: string) {
  return new Promise<{ encoding: string | undefined; vary: string | undefined; bytes: Buffer }>((resolve, reject) => {
    const headers = { cookie, 'accept-encoding': encodings }
    get(`${app.base}/api/v1${path}`, { headers }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('end', () => {
        const { 'content-encoding': encoding, vary } = answer.headers
        resolve({ encoding, vary, bytes: Buffer.concat(chunks) })
      })
    }).once('error', reject)
  })
}

const list = '/user-groups?limit=30'

test.each([
  ['gzip, deflate, br', 'br', brotliDecompressSync],
  ['gzip', 'gzip', gunzipSync],
])('a list for a client that takes %s comes as %s', async (encodings, encoding, decompress) => {
  const plain = await wire(list, 'identity')
  const packed = await wire(list, encodings)

  expect(plain.encoding).toBeUndefined()
  expect(packed.encoding).toBe(encoding)
  expect(packed.vary).toContain('Accept-Encoding')
  expect(decompress(packed.bytes).equals(plain.bytes)).toBe(true)
  expect(packed.bytes.length * 3).toBeLessThan(plain.bytes.length)
})

test('a file of all events comes compressed', async () => {
  const { encoding, bytes } = await wire('/directory-insights/events/export?format=csv', 'br')

  expect(encoding).toBe('br')
  expect(brotliDecompressSync(bytes).toString().split('\r\n').length).toBeGreaterThan(30)
})

test.each(['/me', '/user-groups?limit=1'])('%s, with a secret or short, comes as it is', async (path) => {
  expect((await wire(path, 'br')).encoding).toBeUndefined()
})

test('the token of a session stays uncompressed however long its answer is', async () => {
  const signedIn = await app.signIn()
  const { body } = await signedIn.get('/me')
  await signedIn.patch(`/users/${body.user.id}`, { department: 'x'.repeat(120), jobTitle: 'y'.repeat(120) })
  const answer = await signedIn.send('GET', '/me', { headers: { 'accept-encoding': 'br' } })

  expect(answer.headers.get('cache-control')).toBe('no-store, no-transform')
  expect(answer.headers.get('content-encoding')).toBeNull()
})

test('a stream of events arrives event by event', async () => {
  const encoding = await new Promise((resolve, reject) => {
    const headers = { cookie, 'accept-encoding': 'br' }
    const call = get(`${app.base}/api/v1/access-requests/stream`, { headers }, (answer) => {
      answer.once('data', () => {
        call.destroy()
        resolve(answer.headers['content-encoding'])
      })
    }).once('error', reject)
  })

  expect(encoding).toBeUndefined()
})
