/** The app beside a provider that says whatever a test wants it to. */
import type { PeopleRules } from '../../src/features/sessions/oidc-people.ts'
import { startTestApp } from './app.ts'
import { createBrowser } from './browser.ts'
import { startCrookedProvider } from './crooked-provider.ts'

export type CrookedScene = Awaited<ReturnType<typeof startWithCrookedProvider>>

/**
 * Call `close` in `afterAll`. The app makes everybody whom the provider sends with a verified address.
 * @param admin the claim that makes administrators, and its values
 */
export async function startWithCrookedProvider({ admin = null }: Pick<Partial<PeopleRules>, 'admin'> = {}) {
  const provider = await startCrookedProvider()
  const app = await startTestApp({
    publicUrl: 'http://localhost',
    signIn: {
      password: 'on',
      provider: {
        issuer: provider.issuer,
        clientId: 'gatehouse',
        clientSecret: 'secret',
        scopes: 'openid profile email',
        name: 'Crooked',
      },
      rules: { provision: 'create', verifiedClaim: 'email_verified', admin },
    },
  })

  return {
    provider,
    app,
    /** From now on its discovery document says this besides the usual, and the app has read it. @returns what was found */
    async describes(more: object) {
      provider.describes(more)
      const admin = await app.signIn()
      const { body } = await admin.post('/settings/sign-in/test', {})
      return body.checks[0] as { check: string; state: string; detail: string }
    },
    /** There and back; the app knows itself as http://localhost, wherever it listens. */
    async signIn({ browser = createBrowser(), query = 'next=/portal' } = {}) {
      const there = await browser.go(`${app.base}/auth/oidc/start?${query}`, {
        until: ({ pathname }) => pathname === '/auth/oidc/callback',
      })
      const isBack = there.url.pathname === '/auth/oidc/callback'
      const { url, status } = isBack ? await browser.go(app.base + there.url.pathname + there.url.search) : there
      const response = await fetch(`${app.base}/api/v1/me`, { headers: { cookie: browser.cookieHeader(app.base) } })
      // oxlint-disable-next-line typescript/no-explicit-any -- tests look into answers of every shape
      const me: any = response.status === 200 ? await response.json() : null
      return { browser, url, status, code: url.searchParams.get('code'), me }
    },
    async close() {
      await app.close()
      await provider.close()
    },
  }
}
