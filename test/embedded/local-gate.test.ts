/** The pages of `npm start` that have no sign-in answer to names of this machine only. */
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { openLocalGate } from '../../src/local/local-gate.ts'
import { type MailCatcher, startMailCatcher } from '../../src/local/mail-catcher.ts'
import { type EmbeddedTemporal, startEmbeddedTemporal } from '../../src/local/temporal.ts'
import { freePort } from '../../src/platform/net/ports.ts'
import { eventually } from '../support/service.ts'

interface Call {
  port: number
  path?: string
  host?: string
  headers?: Record<string, string>
}

function call({ port, path = '/', host = `localhost:${port}`, headers = {} }: Call) {
  return new Promise<{ status: number; body: string }>((resolve, reject) => {
    const sent = request(
      { host: '127.0.0.1', port, path, headers: { host, accept: 'text/html', ...headers } },
      (answer) => {
        let body = ''
        answer.setEncoding('utf8').on('data', (text: string) => {
          body += text
        })
        answer.once('end', () => resolve({ status: answer.statusCode ?? 0, body }))
      },
    )
    sent.once('error', reject).end()
  })
}

const statusOf = async (of: Call) => (await call(of)).status
const folder = mkdtempSync(join(tmpdir(), 'gatehouse-gate-'))
let temporal: EmbeddedTemporal
let mail: MailCatcher

beforeAll(async () => {
  const options = { cli: inject('temporalCliPath'), databaseFile: join(folder, 'temporal.db'), namespace: 'default' }
  ;[temporal, mail] = await Promise.all([startEmbeddedTemporal(options), startMailCatcher({ dataDir: folder })])
  // The server is ready before its pages are.
  const page = { port: temporal.uiPort, path: '/api/v1/namespaces/default/workflows' }
  await eventually(async () => (await statusOf(page)) === 200)
}, 60_000)
afterAll(async () => {
  await Promise.all([temporal.stop(), mail.stop()])
  rmSync(folder, { recursive: true, force: true })
})

const pages: [string, () => number, string][] = [
  ['the Temporal UI', () => temporal.uiPort, '/api/v1/namespaces/default/workflows'],
  ['the mail catcher', () => mail.webPort, '/api/email'],
]

describe.each(pages)('%s', (_name, portOf, path) => {
  test.each(['localhost', '127.0.0.1', '[::1]', 'LOCALHOST'])(
    'answers to %s, with and without a port',
    async (name) => {
      const port = portOf()

      expect(await statusOf({ port, path, host: `${name}:${port}` })).toBe(200)
      expect(await statusOf({ port, path, host: name })).toBe(200)
      expect(await statusOf({ port, path: '/', host: `${name}:${port}` })).toBe(200)
    },
  )

  test.each(['evil.example', 'localhost.evil.example', 'evil.example:80', '127.0.0.1.evil.example', '192.0.2.1'])(
    'does not answer to %j',
    async (host) => {
      const answer = await call({ port: portOf(), path, host })

      expect(answer.status === 403 || answer.status === 400).toBe(true)
      expect(answer.body).not.toContain('{')
    },
  )

  test('answers to its own pages, and to no other page that calls it by its right name', async () => {
    const port = portOf()

    expect(await statusOf({ port, path, headers: { origin: `http://localhost:${port}` } })).toBe(200)
    for (const origin of ['http://evil.example', `http://localhost:${port + 1}`, 'null'])
      expect(await statusOf({ port, path, headers: { origin } })).toBe(403)
  })
})

test('a part that was killed comes back behind the same port', async () => {
  const [smtpPort, webPort] = [await freePort(), await freePort()]
  const options = { dataDir: join(folder, 'again'), smtpPort, webPort }
  mkdirSync(options.dataDir)
  const first = await startMailCatcher(options)
  await first.child.stop('SIGKILL', 1000)
  await expect(call({ port: webPort })).rejects.toThrow('ECONNREFUSED')

  const second = await startMailCatcher(options)

  expect(await statusOf({ port: webPort, path: '/api/email' })).toBe(200)
  await second.stop()
})

test('a page that is read without end or sends WebSocket frames goes through, and ends with its gate', async () => {
  const echo = createServer().on('upgrade', (_req, socket) => {
    socket.write('HTTP/1.1 101 Switching Protocols\r\nupgrade: echo\r\nconnection: upgrade\r\n\r\n')
    socket.pipe(socket)
  })
  await once(echo.listen(0, '127.0.0.1'), 'listening')
  const port = await freePort()
  const target = { host: '127.0.0.1', port: (echo.address() as AddressInfo).port }
  const gate = await openLocalGate({ port, target })
  const ask = async (host: string) => {
    const socket = connect(port, '127.0.0.1').setEncoding('utf8')
    socket.write(`GET / HTTP/1.1\r\nhost: ${host}\r\nupgrade: echo\r\nconnection: upgrade\r\n\r\n`)
    const [head] = (await once(socket, 'data')) as [string]
    return { socket, head }
  }

  const { socket, head } = await ask('localhost')
  socket.write('ping')
  const [said] = (await once(socket, 'data')) as [string]
  const foreign = await ask('evil.example')

  expect([head.split('\r\n')[0], said]).toEqual(['HTTP/1.1 101 Switching Protocols', 'ping'])
  expect(foreign.head).toContain('403 Forbidden')
  gate.close()
  await once(socket, 'close')
  echo.close()
})
