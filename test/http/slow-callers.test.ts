/** Whoever does not finish sending a call is answered with 408 and let go. */
import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { json } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { serverLimits } from '../../src/platform/http/server-limits.ts'

const limitMs = 400
let server: Server
let port: number

beforeAll(async () => {
  server = createServer(serverLimits(limitMs), (req, res) => {
    json(req).then(
      () => res.end('complete'),
      () => res.destroy(),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as AddressInfo).port
})
afterAll(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

/** Sends the beginning, then one more character ten times a second, until the other side ends the connection. */
async function dripping(begin: string, drop: string): Promise<{ answer: string; ms: number }> {
  const began = Date.now()
  const socket = connect(port, '127.0.0.1')
  socket.write(begin)
  const drip = setInterval(() => socket.write(drop), 100)
  let answer = ''
  socket.on('data', (data) => {
    answer += data.toString()
  })
  // A drop that arrives after the end is answered with a reset.
  socket.on('error', () => undefined)
  await new Promise((resolve) => socket.once('close', resolve))
  clearInterval(drip)
  return { answer, ms: Date.now() - began }
}

const start = 'POST / HTTP/1.1\r\nHost: x\r\n'

test.each([
  ['headers', `${start}X-Long: `, 'x'],
  ['a body', `${start}Content-Length: 100000\r\n\r\n{"a":"`, 'x'],
  ['a body in pieces', `${start}Transfer-Encoding: chunked\r\n\r\n2\r\n{"\r\n`, '1\r\na\r\n'],
])('%s that drip in are ended with 408', async (_what, begin, drop) => {
  const { answer, ms } = await dripping(begin, drop)

  expect(answer).toMatch(/^HTTP\/1.1 408 /)
  expect(ms).toBeGreaterThanOrEqual(limitMs / 2)
  expect(ms).toBeLessThan(10_000)
})

test('a call that comes at once is answered, and the next on the same connection too', async () => {
  const address = `http://127.0.0.1:${port}`

  for (let round = 0; round < 2; round++)
    expect(await (await fetch(address, { method: 'POST', body: '{}' })).text()).toBe('complete')
})

test('the service ends slow callers after 30 s and looks every second', () => {
  expect(serverLimits(30_000)).toEqual({
    headersTimeout: 30_000,
    requestTimeout: 30_000,
    connectionsCheckingInterval: 1000,
  })
})
