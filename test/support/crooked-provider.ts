/** An identity provider that says whatever a test wants it to: answers that no honest one would give. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'

type Key = Awaited<ReturnType<typeof newKey>>

async function newKey(kid: string) {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true })
  return { kid, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg: 'RS256', use: 'sig' } }
}

export type CrookedProvider = Awaited<ReturnType<typeof startCrookedProvider>>

export async function startCrookedProvider() {
  let key = await newKey('first')
  let published: Key[] = [key]
  let nonce = ''
  let claims: (usual: JWTPayload) => JWTPayload = (usual) => usual
  let metadata: object = {}
  let userinfo: object = {}
  let clockAheadSeconds = 0
  let isAway = false
  const asked: URLSearchParams[] = []

  const server = createServer((req, res) => void answer(req, res))
  server.listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const json = (res: ServerResponse, body: object, status = 200) => {
    res.setHeader('date', new Date(Date.now() + clockAheadSeconds * 1000).toUTCString())
    res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  }
  const now = () => Math.floor(Date.now() / 1000)
  const sign = (payload: JWTPayload, { by = key, typ = 'JWT' }: { by?: Key; typ?: string } = {}) =>
    new SignJWT(payload).setProtectedHeader({ alg: 'RS256', kid: by.kid, typ }).sign(by.privateKey)

  async function answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const url = new URL(req.url ?? '/', issuer)
    const routes: Record<string, () => unknown> = {
      '/.well-known/openid-configuration': () =>
        json(res, {
          issuer,
          authorization_endpoint: `${issuer}/authorize`,
          token_endpoint: `${issuer}/token`,
          jwks_uri: `${issuer}/jwks`,
          ...metadata,
        }),
      '/userinfo': () => json(res, userinfo),
      '/jwks': () => json(res, { keys: published.map(({ jwk }) => jwk) }),
      '/authorize': () => {
        asked.push(url.searchParams)
        nonce = url.searchParams.get('nonce') ?? ''
        const back = new URL(url.searchParams.get('redirect_uri') ?? '')
        back.search = new URLSearchParams({ code: 'a-code', state: url.searchParams.get('state') ?? '' }).toString()
        res.writeHead(302, { location: back.href }).end()
      },
      '/token': async () => {
        const usual = {
          iss: issuer,
          aud: 'gatehouse',
          sub: 'somebody',
          nonce,
          iat: now(),
          exp: now() + 600,
          email: 'somebody@example.test',
          email_verified: true,
          name: 'Some Body',
        }
        json(res, { access_token: 'a', token_type: 'Bearer', expires_in: 600, id_token: await sign(claims(usual)) })
      },
    }
    const route = routes[url.pathname]
    if (isAway) return
    if (route) await route()
    else json(res, { error: 'not_found' }, 404)
  }

  return {
    issuer,
    /** What the browser was sent with. */
    asked,
    /** From now on its id tokens say this. */
    says(change: (usual: JWTPayload) => JWTPayload) {
      claims = change
    },
    /** What its answer about the user says; it has one once it describes itself with `userinfo_endpoint`. */
    tellsMore(more: object) {
      userinfo = more
    },
    describes(more: object) {
      metadata = more
    },
    /** It takes calls, and answers none. */
    set away(is: boolean) {
      isAway = is
    },
    /** By how much its clock is ahead, as its answers show. */
    set clock(seconds: number) {
      clockAheadSeconds = seconds
    },
    /** Signs with another key from now on, which it publishes or does not. */
    async changeKey(kid: string, { isPublished = true } = {}) {
      key = await newKey(kid)
      if (isPublished) published = [key]
    },
    logoutToken: (more: JWTPayload = {}) =>
      sign(
        {
          iss: issuer,
          aud: 'gatehouse',
          iat: now(),
          exp: now() + 120,
          jti: crypto.randomUUID(),
          sub: 'somebody',
          events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
          ...more,
        },
        { typ: 'logout+jwt' },
      ),
    now,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
