/** Metrics are for programs on this machine and for whoever has the token; for others there are none. */
import { once } from 'node:events'
import { get, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { networkInterfaces } from 'node:os'
import { pino } from 'pino'
import { afterEach, describe, expect, test } from 'vitest'
import { createApp } from '../../src/platform/http/app.ts'
import type { MetricsAccess } from '../../src/platform/http/metrics-access.ts'
import { serviceRoutes } from '../../src/platform/http/service.routes.ts'

const token = 'a-token-for-the-metrics'
const bearer = (text: string) => ({ authorization: `Bearer ${text}` })

let server: Server | undefined
afterEach(async () => {
  server?.closeAllConnections()
  await new Promise((resolve) => (server ? server.close(resolve) : resolve(null)))
})

/** @returns how to ask it for its metrics, at another of its addresses when `at` says so */
async function serving(metrics: Partial<MetricsAccess>, listenOn = '127.0.0.1') {
  const access = { isEnabled: true, host: '127.0.0.1', ...metrics }
  const app = createApp({
    log: pino({ level: 'silent' }),
    routes: [],
    authenticate: async () => null,
    idempotency: { once: async () => Promise.reject(new Error('nothing is written here')) } as never,
    publicUrl: 'http://localhost',
    extras: serviceRoutes({ checks: {}, gauges: {}, openapi: {}, metrics: access }),
  })
  server = app.listen(0, listenOn)
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return async (headers: Record<string, string> = {}, at = '127.0.0.1') => {
    const answer = await fetch(`http://${at}:${port}/metrics`, { headers })
    return [answer.status, (await answer.text()).includes('process_cpu_seconds_total')]
  }
}

const open = [200, true]
const nothing = [404, false]

describe('metrics', () => {
  test.each(['127.0.0.1', 'localhost', '::1', '127.0.0.2'])(
    'are there on this machine while HOST is %s',
    async (host) => {
      const ask = await serving({ host })

      expect(await ask()).toEqual(open)
    },
  )

  test.each(['0.0.0.0', '::', '192.0.2.1', 'access.example.com'])('are not there while HOST is %s', async (host) => {
    const ask = await serving({ host })

    expect(await ask()).toEqual(nothing)
  })

  test.each(['x-forwarded-for', 'forwarded', 'via', 'x-real-ip'])(
    'are not there through a proxy that says %s',
    async (name) => {
      const ask = await serving({})

      expect(await ask({ [name]: '127.0.0.1' })).toEqual(nothing)
    },
  )

  test('are not there under a name that a web page has had resolved to this machine', async () => {
    await serving({})
    const { port } = (server as Server).address() as AddressInfo
    const statusAs = (host: string) =>
      new Promise((resolve, reject) => {
        get({ host: '127.0.0.1', port, path: '/metrics', headers: { host } }, ({ statusCode }) => resolve(statusCode))
          .once('error', reject)
          .end()
      })

    expect(await Promise.all([`localhost:${port}`, `evil.example:${port}`].map(statusAs))).toEqual([200, 404])
  })

  test('are not there for another machine', async (context) => {
    const outside = Object.values(networkInterfaces())
      .flat()
      .find((one) => one?.family === 'IPv4' && !one.internal)?.address
    if (outside === undefined) return context.skip()
    const ask = await serving({ token }, '0.0.0.0')

    expect(await ask({}, outside)).toEqual(nothing)
    expect(await ask(bearer(token), outside)).toEqual(open)
  })

  test('are there for whoever sends the token, and for no other one', async () => {
    const ask = await serving({ host: '0.0.0.0', token })

    expect(await ask(bearer(token))).toEqual(open)
    for (const other of ['', 'x', `${token}x`, token.toUpperCase()]) expect(await ask(bearer(other))).toEqual(nothing)
    expect(await ask({ authorization: token })).toEqual(nothing)
  })

  test('are nowhere once they are switched off', async () => {
    const ask = await serving({ isEnabled: false, token })

    expect([await ask(), await ask(bearer(token))]).toEqual([nothing, nothing])
  })
})
