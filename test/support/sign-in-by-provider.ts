/** A real identity provider beside the app, and people who sign in by it. */
import type { Configuration } from 'oidc-provider'
import type { SignInConfiguration } from '../../src/features/sessions/sessions.module.ts'
import { type ProvidedPerson, startIdentityProvider } from '../../src/local/identity-provider.ts'
import { freePort } from '../../src/platform/net/ports.ts'
import { startTestApp, type TestAppOptions } from './app.ts'
import { type Browser, createBrowser } from './browser.ts'

const client = { clientId: 'gatehouse', clientSecret: 'a-secret-between-the-two' }

interface Options extends Omit<TestAppOptions, 'signIn' | 'port'> {
  rules?: Partial<SignInConfiguration['rules']>
  password?: SignInConfiguration['password']
  acrValues?: string
  /** What differs at the provider. */
  configuration?: Configuration
  /** What the app believes of itself. */
  claimed?: Partial<typeof client>
}

export type ProviderScene = Awaited<ReturnType<typeof startWithProvider>>

/** Call `close` in `afterAll`. `people` are those of the provider: change them at will. */
export async function startWithProvider({
  rules,
  password = 'on',
  acrValues,
  configuration,
  claimed,
  ...app
}: Options = {}) {
  const people: ProvidedPerson[] = []
  const port = await freePort()
  const registered = `http://127.0.0.1:${port}`
  const publicUrl = app.publicUrl ?? registered
  const ofProvider = {
    ...client,
    redirectUri: `${registered}/auth/oidc/callback`,
    signedOutUri: `${registered}/sign-in`,
    backchannelLogoutUri: `${registered}/auth/oidc/backchannel-logout`,
    people: () => people,
    ...(configuration ? { configuration } : {}),
  }
  let provider = await startIdentityProvider({ port: 0, ...ofProvider })
  const service = await startTestApp({
    ...app,
    port,
    publicUrl,
    signIn: {
      password,
      provider: {
        issuer: provider.issuer,
        ...client,
        ...claimed,
        scopes: 'openid profile email',
        name: 'Example Login',
        acrValues,
      },
      rules: { provision: 'refuse', verifiedClaim: 'email_verified', admin: null, ...rules },
    },
  })

  /** Opens the way to the provider and stops where it asks who one is. */
  async function ask(browser: Browser, query = '') {
    return browser.go(`${publicUrl}/auth/oidc/start${query}`)
  }

  /** Chooses a person there; ends at the address that leads back, not called yet, with `until`. */
  async function choose(browser: Browser, form: URL, sub: string, until?: (url: URL) => boolean) {
    return browser.go(form, { form: { sub }, ...(until ? { until } : {}) })
  }

  return {
    ...service,
    publicUrl,
    people,
    get provider() {
      return provider
    },
    ask,
    choose,
    /** The whole way. @returns where it ended, in a browser of its own unless one is given */
    async signInAs(sub: string, { browser = createBrowser(), query = '' } = {}) {
      const asked = await ask(browser, query)
      const page = asked.url.pathname.startsWith('/interaction/') ? await choose(browser, asked.url, sub) : asked
      return { browser, page }
    },
    /** The answer to a call by whoever is signed in in the browser. */
    async me(browser: Browser) {
      const response = await fetch(`${publicUrl}/api/v1/me`, { headers: { cookie: browser.cookieHeader(publicUrl) } })
      // oxlint-disable-next-line typescript/no-explicit-any -- tests look into answers of every shape
      return { status: response.status, body: (await response.json()) as any }
    },
    stopProvider: () => provider.close(),
    async startProvider() {
      provider = await startIdentityProvider({ port: provider.port, ...ofProvider })
    },
    async close() {
      await service.close()
      await provider.close()
    },
  }
}

export const isCallback = (url: URL): boolean => url.pathname === '/auth/oidc/callback'
