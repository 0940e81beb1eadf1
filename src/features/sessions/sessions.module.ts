/** How people sign in, and everything they sign in with: passwords, an identity provider, sessions, API tokens, links. */
import type { Router } from 'express'
import type { Logger } from 'pino'
import type { Db } from '../../platform/db/client.ts'
import type { RouteDefinition } from '../../platform/http/route.ts'
import { createProvider, type ProviderOptions } from '../../platform/oidc/provider.ts'
import type { Passwords } from '../../platform/secrets/passwords.ts'
import { type SecretBox, SecretBoxError } from '../../platform/secrets/secret-box.ts'
import type { AuditLog } from '../audit/audit.repository.ts'
import { createAuthenticator } from './authenticator.ts'
import { createCredentials } from './credentials.commands.ts'
import { credentialsRoutes } from './credentials.routes.ts'
import { createOidcSignIn } from './oidc.commands.ts'
import { oidcRouter } from './oidc.routes.ts'
import { createOidcPeople, type OidcPeopleDeps, type PeopleRules } from './oidc-people.ts'
import { createPasswordLinks, type PasswordLinksDeps } from './password-links.commands.ts'
import { passwordLinksRoutes } from './password-links.routes.ts'
import { createPasswordPolicy, type PasswordSignIn } from './password-policy.ts'
import { createPasswordResetLimits } from './password-reset-limits.ts'
import { createSessions } from './sessions.commands.ts'
import { sessionsRoutes } from './sessions.routes.ts'
import type { SignInDeps } from './sign-in.commands.ts'
import { createSignInLimits } from './sign-in-limits.ts'
import { addressesOf, signInOptionsRoutes } from './sign-in-options.routes.ts'
import { createTokens, type TokensDeps } from './tokens.commands.ts'
import { tokensRoutes } from './tokens.routes.ts'

/** How people sign in, as the installation sets it. */
export interface SignInConfiguration {
  password: PasswordSignIn
  provider: Pick<ProviderOptions, 'issuer' | 'clientId' | 'clientSecret' | 'name' | 'scopes' | 'acrValues'> | null
  rules: PeopleRules
}

/** With passwords alone, for everybody who has one. */
const byPasswordOnly: SignInConfiguration = {
  password: 'on',
  provider: null,
  rules: { provision: 'refuse', verifiedClaim: 'email_verified', admin: null },
}

export interface SessionsModuleDeps
  extends Pick<SignInDeps, 'recordLimited'>,
    Pick<PasswordLinksDeps, 'noteAccountAct'>,
    Pick<OidcPeopleDeps, 'createUser' | 'setRoles'>,
    Pick<TokensDeps, 'scimSource'> {
  db: Db
  auditLog: AuditLog
  secretBox: SecretBox
  passwords: Passwords
  publicUrl: string
  /** With passwords alone when left out. */
  signIn?: SignInConfiguration
  log: Pick<Logger, 'warn'>
}

export function createSessionsModule({ signIn = byPasswordOnly, ...deps }: SessionsModuleDeps) {
  const { db, publicUrl, log, secretBox } = deps
  const addresses = addressesOf(publicUrl)
  const provider =
    signIn.provider &&
    createProvider({ ...signIn.provider, redirectUri: addresses.redirect, signedOutUri: addresses.signedOut })
  const policy = createPasswordPolicy(signIn.password, provider?.name ?? null)
  const common = { ...deps, policy, limits: createSignInLimits({ db }) }
  const signOutAtProvider = provider
    ? (idToken: Buffer) => provider.signOutUrl(openedOrNull(secretBox, idToken))
    : undefined
  const routes: RouteDefinition[] = [
    ...sessionsRoutes({
      ...common,
      sessions: createSessions({ ...common, signOutAtProvider }),
      issuer: provider?.issuer ?? null,
    }),
    ...signInOptionsRoutes({ ...common, provider, rules: signIn.rules }),
    ...tokensRoutes({ db, tokens: createTokens(deps) }),
    ...credentialsRoutes({ db, credentials: createCredentials(common) }),
    ...passwordLinksRoutes({
      passwordLinks: createPasswordLinks({ ...common, limits: createPasswordResetLimits({ db }) }),
    }),
  ]
  const authenticate = createAuthenticator({
    db,
    publicUrl,
    onError: (error) => log.warn({ err: error }, 'last use could not be noted'),
  })
  const people = createOidcPeople({ ...deps, rules: signIn.rules })
  const routers: Router[] = provider
    ? [oidcRouter({ oidc: createOidcSignIn({ ...deps, provider, people }), authenticate, publicUrl, log })]
    : []
  /** For people whom somebody else gives a first password. @throws DomainError `password_sign_in_off` */
  const hashNewPassword: Passwords['hashNew'] = async (...password) => {
    policy.refuseUnlessForSome()
    return deps.passwords.hashNew(...password)
  }
  return { authenticate, routes, routers, hashNewPassword }
}

/** Null when it was encrypted with a key that is gone: then the provider asks whom to sign out. */
function openedOrNull(secretBox: SecretBox, idToken: Buffer): string | null {
  try {
    return secretBox.open(idToken).toString()
  } catch (error) {
    if (error instanceof SecretBoxError) return null
    throw error
  }
}
