/** Which ways of signing in there are: for the sign-in page, and for administrators what is configured and whether it works. */
import { DomainError } from '../../domain/shared/errors.ts'
import type { DbOrTx } from '../../platform/db/columns.ts'
import type { RouteDefinition } from '../../platform/http/route.ts'
import { ok, route } from '../../platform/http/route.ts'
import type { Provider } from '../../platform/oidc/provider.ts'
import { countIdentities } from './oidc.repository.ts'
import type { PeopleRules } from './oidc-people.ts'
import type { PasswordPolicy } from './password-policy.ts'
import { signInOptions, signInSettings, signInTest } from './sessions.schemas.ts'

export interface SignInOptionsDeps {
  db: DbOrTx
  publicUrl: string
  policy: PasswordPolicy
  /** Null when no identity provider is configured. */
  provider: Provider | null
  rules: PeopleRules
}

/** Where a browser begins to sign in by the provider. */
const startUrl = '/auth/oidc/start'

/** What is registered with the provider. */
export function addressesOf(publicUrl: string) {
  return {
    redirect: `${publicUrl}/auth/oidc/callback`,
    signedOut: `${publicUrl}/sign-in`,
    backchannelLogout: `${publicUrl}/auth/oidc/backchannel-logout`,
  }
}

export function signInOptionsRoutes(deps: SignInOptionsDeps): RouteDefinition[] {
  const { db, publicUrl, policy, provider } = deps
  const password = policy.passwordSignIn
  return [
    route({
      method: 'get',
      path: '/session/options',
      summary: 'Which ways of signing in there are',
      tag: 'Session',
      ability: 'session.open',
      responses: { 200: { description: 'The ways, and whether the identity provider answers', schema: signInOptions } },
      handler: async () => {
        const about = provider && { name: provider.name, startUrl, reachable: await provider.isReachable() }
        return ok({ password, provider: about })
      },
    }),
    route({
      method: 'get',
      path: '/settings/sign-in',
      summary: 'How sign-in is configured; secrets are not shown',
      tag: 'Settings',
      ability: 'settings.read',
      responses: { 200: { description: 'What the settings of the installation say', schema: signInSettings } },
      handler: async () => {
        const about = provider && {
          ...configured(provider, deps.rules),
          identities: await countIdentities(db, provider.issuer),
        }
        return ok({ password, provider: about, addresses: addressesOf(publicUrl) })
      },
    }),
    route({
      method: 'post',
      path: '/settings/sign-in/test',
      summary: 'Look whether sign-in by the identity provider would work, as far as that can be told',
      tag: 'Settings',
      ability: 'settings.write',
      responses: { 200: { description: 'Each check and what was found', schema: signInTest } },
      handler: async () => {
        if (!provider)
          throw new DomainError('conflict', 'No identity provider is configured: set OIDC_ISSUER.', { current: 'none' })
        return ok({ checks: await provider.test() })
      },
    }),
  ]
}

function configured({ name, issuer, clientId, acrValues }: Provider, { provision, verifiedClaim, admin }: PeopleRules) {
  return {
    name,
    issuer,
    clientId,
    provision,
    verifiedClaim,
    adminClaim: admin?.claim ?? null,
    adminValues: admin?.values ?? [],
    acrValues: acrValues ?? null,
  }
}
