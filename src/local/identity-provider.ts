/**
 * An identity provider for trying things out, on this machine only: it shows a list of people, and whoever clicks on one is
 * signed in as that person. Its own sessions and keys last as long as it runs.
 */
import { randomBytes } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import express, { type Request, type Response, Router } from 'express'
import { exportJWK, generateKeyPair } from 'jose'
import Provider, { type AccountClaims, type Configuration } from 'oidc-provider'

export interface ProvidedPerson {
  /** What it calls them: stays the same, whatever their name and address. */
  sub: string
  name: string
  email: string
  emailVerified?: boolean
  groups?: string[]
}

export interface IdentityProviderOptions {
  /** 0 picks a free one. */
  port: number
  clientId: string
  clientSecret: string
  redirectUri: string
  signedOutUri: string
  backchannelLogoutUri: string
  /** Asked at each sign-in. */
  people: () => ProvidedPerson[]
  /** What differs from how it is set up otherwise. */
  configuration?: Configuration
}

export interface IdentityProvider {
  issuer: string
  port: number
  close(): Promise<void>
}

/** Starts it and waits until it answers, on 127.0.0.1. */
export async function startIdentityProvider(options: IdentityProviderOptions): Promise<IdentityProvider> {
  const app = express()
  const server = app.listen(options.port, '127.0.0.1')
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve)
    server.once('error', reject)
  })
  const { port } = server.address() as AddressInfo
  const issuer = `http://127.0.0.1:${port}`
  const provider = new Provider(issuer, await configurationOf(options))
  app.use(pagesOf(provider, options.people))
  app.use(provider.callback())
  return {
    issuer,
    port,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function configurationOf(options: IdentityProviderOptions): Promise<Configuration> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true })
  return {
    clients: [
      {
        client_id: options.clientId,
        client_secret: options.clientSecret,
        redirect_uris: [options.redirectUri],
        post_logout_redirect_uris: [options.signedOutUri],
        backchannel_logout_uri: options.backchannelLogoutUri,
        backchannel_logout_session_required: true,
      },
    ],
    // A key of its own id at each start: whoever has kept those of before has to read them again.
    jwks: {
      keys: [{ ...(await exportJWK(privateKey)), kid: randomBytes(8).toString('hex'), alg: 'RS256', use: 'sig' }],
    },
    cookies: { keys: [randomBytes(32).toString('hex')] },
    claims: { openid: ['sub', 'groups'], email: ['email', 'email_verified'], profile: ['name'] },
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: { enabled: true, logoutSource, postLogoutSuccessSource },
      backchannelLogout: { enabled: true },
    },
    interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
    findAccount: (_ctx, sub) => accountOf(options.people(), sub),
    loadExistingGrant,
    // The service is on this machine, which the provider's own guard refuses to call.
    fetch: (url, options) => fetch(url, { ...options, dispatcher: undefined } as RequestInit),
    pkce: { required: () => true },
    // It refuses others and does not say so by itself.
    discovery: { prompt_values_supported: ['none', 'login', 'consent'] },
    ttl: { AccessToken: 600, AuthorizationCode: 60, IdToken: 600, Interaction: 900, Session: 28_800, Grant: 28_800 },
    ...options.configuration,
  }
}

function accountOf(people: ProvidedPerson[], sub: string) {
  const person = people.find((one) => one.sub === sub)
  if (!person) return undefined
  const { name, email, emailVerified = true, groups = [] } = person
  const claims: AccountClaims = { sub, name, email, email_verified: emailVerified, groups }
  return { accountId: sub, claims: () => claims }
}

/** Nobody is asked whether the service may know their name: it is that of their own company. */
const loadExistingGrant: NonNullable<Configuration['loadExistingGrant']> = async (ctx) => {
  const { client, session, provider } = ctx.oidc
  const grant = new provider.Grant({ clientId: client?.clientId, accountId: session?.accountId })
  grant.addOIDCScope('openid email profile')
  await grant.save()
  return grant
}

/** People to choose from, and the choice. */
function pagesOf(provider: Provider, people: () => ProvidedPerson[]): Router {
  const router = Router()
  router.get('/interaction/:uid', async (req, res) => {
    const { uid, prompt } = await provider.interactionDetails(req, res)
    if (prompt.name === 'login') res.type('html').send(page('Who are you?', peopleForm(uid, people())))
    else await provider.interactionFinished(req, res, { consent: {} }, { mergeWithLastSubmission: true })
  })
  router.post(
    '/interaction/:uid',
    express.urlencoded({ extended: false, limit: '4kb' }),
    (req: Request, res: Response) => {
      const { sub } = (req.body ?? {}) as { sub?: string }
      const result = people().some((one) => one.sub === sub)
        ? { login: { accountId: sub as string, amr: ['pwd'], remember: true } }
        : { error: 'access_denied', error_description: 'Nobody was chosen' }
      return provider.interactionFinished(req, res, result, { mergeWithLastSubmission: false })
    },
  )
  return router
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escaped = (text: string) => text.replaceAll(/[&<>"']/g, (sign) => entities[sign] ?? sign)

function page(title: string, content: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:30rem;margin:3rem auto;padding:0 1rem}
button{display:block;width:100%;text-align:left;font:inherit;padding:.6rem .8rem;margin:.3rem 0;border:1px solid #8888;border-radius:.5rem;background:none;color:inherit;cursor:pointer}
button:hover,button:focus-visible{border-color:currentColor}small{opacity:.75}</style></head>
<body><h1>${title}</h1>${content}</body></html>`
}

function peopleForm(uid: string, people: ProvidedPerson[]): string {
  const buttons = people.map(
    ({ sub, name, email }) =>
      `<button name="sub" value="${escaped(sub)}">${escaped(name)}<br><small>${escaped(email)}</small></button>`,
  )
  return `<p>This is the identity provider of the demo. It asks for no password: choose somebody.</p>
<form method="post" action="/interaction/${escaped(uid)}">${buttons.join('')}
<button name="sub" value="">Nobody, go back</button></form>`
}

const logoutSource = (ctx: { body: unknown }, form: string) => {
  ctx.body = page(
    'Sign out here, too?',
    `${form}<button form="op.logoutForm" name="logout" value="yes" autofocus>Sign out</button>
<button form="op.logoutForm">Stay signed in</button>`,
  )
}

const postLogoutSuccessSource = (ctx: { body: unknown }) => {
  ctx.body = page('Signed out', '<p>You are signed out here.</p>')
}
