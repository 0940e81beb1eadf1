/** Logos come from our own origin: the service fetches what flows and applications name, and nothing else. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { logosRoutes } from '../../src/logos/logos.routes.ts'
import { createLogos, type Logos } from '../../src/logos/logos.ts'
import type { WebhookTarget } from '../connectors/webhook-target.ts'
import { largest, png, startLogoHost, svg } from '../logos/logo-host.ts'
import type { TestApp } from '../support/app.ts'
import { startTestApp } from '../support/app.ts'
import type { Client } from '../support/client.ts'
import { aFlow, anApplication, aUser, password } from '../support/directory.ts'

const unknown = '01920000-0000-7000-8000-000000000000'

let host: WebhookTarget
let logos: Logos
let failures: string[]
let app: TestApp
let admin: Client

beforeAll(async () => {
  host = await startLogoHost()
  logos = createLogos({ allowPrivate: true, timeoutMs: 500, onFailure: (_, error) => failures.push(String(error)) })
  app = await startTestApp({ routes: ({ db }) => logosRoutes({ db, logos }) })
  admin = await app.signIn()
})
beforeEach(() => {
  failures = []
})
afterAll(async () => {
  await app.close()
  await logos.close()
  await host.close()
})

const at = (path: string) => new URL(path, host.url).href
const fetched = (path: string) => host.calls.filter((call) => call.path === path).length

async function addressOf(logoUrl: string): Promise<string> {
  return `/approval-flows/${(await aFlow(admin, { logoUrl })).id}/logo`
}

async function pictureAt(path: string, { cookie = '' } = admin) {
  const answer = await fetch(`${app.base}/api/v1${path}`, { headers: { cookie } })
  return { status: answer.status, headers: answer.headers, bytes: Buffer.from(await answer.arrayBuffer()) }
}

describe('a logo', () => {
  test('of a flow is answered byte for byte, with headers under which it can do no harm', async () => {
    const { status, headers, bytes } = await pictureAt(`${await addressOf(at('/logo.png'))}?v=1a2b`)

    expect(status).toBe(200)
    expect(bytes.equals(png)).toBe(true)
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-type': 'image/png',
      'cache-control': 'private, max-age=3600',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
      'x-content-type-options': 'nosniff',
    })
  })

  test('of an application may be an SVG, whose scripts the headers put to sleep', async () => {
    const { id } = await anApplication(admin, { logoUrl: at('/logo.svg') })

    const { status, headers, bytes } = await pictureAt(`/applications/${id}/logo`)

    expect([status, headers.get('content-type'), bytes.toString()]).toEqual([200, 'image/svg+xml', svg])
    expect(headers.get('content-security-policy')).toContain('sandbox')
  })

  test('may have 256 kB', async () => {
    expect((await pictureAt(await addressOf(at('/largest.webp')))).bytes.length).toBe(largest)
  })

  test.each([
    ['a page', '/page.html'],
    ['of no type', '/untyped'],
    ['empty', '/empty.png'],
    ['packed unasked', '/packed.svg'],
    ['a byte too big', '/huge.png'],
    ['endless', '/endless.png'],
    ['a redirect', '/moved.png'],
    ['gone', '/gone.png'],
    ['cut off', '/cut.png'],
    ['never answered', '/silent.png'],
    ['never answered to its end', '/stalling.png'],
  ])('that is %s is not there', async (_, path) => {
    const before = fetched('/logo.png')

    const answer = await admin.get(await addressOf(at(path)))

    expect([answer.status, answer.headers.get('content-type'), answer.body.code]).toEqual([
      404,
      'application/problem+json; charset=utf-8',
      'not_found',
    ])
    expect(failures).toHaveLength(1)
    expect([fetched(path), fetched('/logo.png')]).toEqual([1, before])
  })

  test.each(['http://user:password@127.0.0.1/logo.png', 'http://nowhere.invalid/logo.png'])(
    'at %s is not there',
    async (url) => {
      expect((await admin.get(await addressOf(url))).body.code).toBe('not_found')
    },
  )

  test('is there for whoever is signed in and for every token, and for nobody else', async () => {
    const path = await addressOf(at('/logo.png'))
    const { email } = await aUser(admin, { password })
    const { token } = (await admin.post('/api-tokens', { name: 'Auditor', scopes: ['audit:read'] })).body

    const callers = [await app.signIn(email, password), app.client({ token }), app.client()]

    expect(await Promise.all(callers.map(async (one) => (await one.get(path)).status))).toEqual([200, 200, 401])
  })

  test('does not exist where there is none, no flow or application, or a deleted one', async () => {
    const bare = await aFlow(admin)
    const flow = await aFlow(admin, { logoUrl: at('/logo.png') })
    const application = await anApplication(admin, { logoUrl: at('/logo.png') })
    await admin.delete(`/approval-flows/${flow.id}`)
    await admin.delete(`/applications/${application.id}`)

    const paths = [bare.id, flow.id, unknown, 'x'].map((id) => `/approval-flows/${id}/logo`)
    const more = [application.id, unknown].map((id) => `/applications/${id}/logo`)
    const codes = await Promise.all([...paths, ...more].map(async (path) => (await admin.get(path)).body.code))

    expect(codes).toEqual(Array(6).fill('not_found'))
  })

  test('is chosen by what is stored: the caller names no address', async () => {
    const path = await addressOf(at('/logo.png'))

    const answer = await admin.get(`${path}?url=${encodeURIComponent(at('/logo.svg'))}`)

    expect([answer.status, answer.body.code]).toEqual([422, 'invalid_input'])
  })
})
