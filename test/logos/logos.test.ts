import type { RequestListener, ServerResponse } from 'node:http'
import { afterEach, expect, test } from 'vitest'
import { createLogos, type Logos, type LogosOptions } from '../../src/features/logos/logos.ts'
import { startWebhookTarget, type WebhookTarget } from '../connectors/webhook-target.ts'

const minuteMs = 60_000
const open: (WebhookTarget | Logos)[] = []
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close()
})

async function aHost(answer: RequestListener): Promise<WebhookTarget> {
  const host = await startWebhookTarget(answer)
  open.push(host)
  return host
}

function logosWith(options: Partial<LogosOptions> = {}): Logos {
  const logos = createLogos({ allowPrivate: true, ...options })
  open.push(logos)
  return logos
}

const send = (response: ServerResponse, bytes: string | Buffer = 'picture') =>
  response.writeHead(200, { 'content-type': 'image/png' }).end(bytes)

test('many who ask at once and later share one fetch, which an hour later is made anew', async () => {
  let now = 1
  let isSlow = true
  const waiting: ServerResponse[] = []
  const host = await aHost((_, response) => (isSlow ? waiting.push(response) : send(response)))
  const logos = logosWith({ now: () => now })

  const first = Array.from({ length: 20 }, () => logos.find(host.url))
  await expect.poll(() => waiting.length).toBeGreaterThan(0)
  const late = logos.find(host.url)
  isSlow = false
  for (const response of waiting) send(response)
  const found = await Promise.all([...first, late])
  now = 59 * minuteMs
  found.push(await logos.find(host.url))

  expect(new Set(found).size).toBe(1)
  expect(found[0]).toEqual({ contentType: 'image/png', bytes: Buffer.from('picture') })
  expect(host.calls).toHaveLength(1)
  now = 60 * minuteMs + 2
  await logos.find(host.url)
  expect(host.calls).toHaveLength(2)
})

test('a failure is kept for a minute', async () => {
  let now = 1
  let isBroken = true
  const host = await aHost((_, response) => (isBroken ? response.writeHead(500).end() : send(response)))
  const failures: string[] = []
  const logos = logosWith({ now: () => now, onFailure: (at, error) => failures.push(`${at} ${String(error)}`) })

  const before = [await logos.find(`${host.url}?key=t0ken`), await logos.find(`${host.url}?key=t0ken`)]
  isBroken = false
  now = minuteMs + 2
  const after = await logos.find(`${host.url}?key=t0ken`)

  expect(before).toEqual([null, null])
  expect(after).not.toBeNull()
  expect(host.calls).toHaveLength(2)
  expect(failures).toEqual([`127.0.0.1:${host.port} Error: it answered 500`])
})

test('what was not asked for the longest goes when logos take more than 16 MB', async () => {
  const bytes = Buffer.alloc(256 * 1024)
  const host = await aHost((_, response) => send(response, bytes))
  const logos = logosWith()
  const find = (at: number) => logos.find(`${host.url}/${at}`)

  for (let at = 0; at < 64; at += 1) await find(at)
  await find(0)
  await find(64)
  const calls = host.calls.length
  await find(0)
  await find(64)

  expect(host.calls.length).toBe(calls)
  await find(1)
  expect(host.calls.length).toBe(calls + 1)
})

test.each(['127.0.0.1', 'localhost', '[::ffff:127.0.0.1]', '2130706433', '10.1.2.3', '169.254.169.254'])(
  'nothing is fetched from %s unless the service may call private addresses',
  async (name) => {
    const host = await aHost((_, response) => send(response))
    const failures: unknown[] = []
    const logos = logosWith({ allowPrivate: false, onFailure: (_, error) => failures.push(error) })

    expect(await logos.find(`http://${name}:${host.port}/logo.png`)).toBeNull()
    expect(failures).toEqual([
      expect.objectContaining({ message: expect.stringContaining('private or local address') }),
    ])
    expect(host.calls).toEqual([])
  },
)
