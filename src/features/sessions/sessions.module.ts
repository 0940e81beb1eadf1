/** How people sign in, and everything they sign in with: passwords, sessions, API tokens, one-time links. */
import type { Logger } from 'pino'
import type { Db } from '../../platform/db/client.ts'
import type { RouteDefinition } from '../../platform/http/route.ts'
import type { Passwords } from '../../platform/secrets/passwords.ts'
import type { SecretBox } from '../../platform/secrets/secret-box.ts'
import type { AuditLog } from '../audit/audit.repository.ts'
import { createAuthenticator } from './authenticator.ts'
import { createCredentials } from './credentials.commands.ts'
import { credentialsRoutes } from './credentials.routes.ts'
import { createPasswordLinks, type PasswordLinksDeps } from './password-links.commands.ts'
import { passwordLinksRoutes } from './password-links.routes.ts'
import { createPasswordResetLimits } from './password-reset-limits.ts'
import { createSessions } from './sessions.commands.ts'
import { sessionsRoutes } from './sessions.routes.ts'
import type { SignInDeps } from './sign-in.commands.ts'
import { createSignInLimits } from './sign-in-limits.ts'
import { createTokens, type TokensDeps } from './tokens.commands.ts'
import { tokensRoutes } from './tokens.routes.ts'

export interface SessionsModuleDeps
  extends Pick<SignInDeps, 'recordLimited'>,
    Pick<PasswordLinksDeps, 'noteAccountAct'>,
    Pick<TokensDeps, 'scimSource'> {
  db: Db
  auditLog: AuditLog
  secretBox: SecretBox
  passwords: Passwords
  publicUrl: string
  log: Pick<Logger, 'warn'>
}

export function createSessionsModule(deps: SessionsModuleDeps) {
  const { db, publicUrl, log } = deps
  const limits = createSignInLimits({ db })
  const routes: RouteDefinition[] = [
    ...sessionsRoutes({ db, sessions: createSessions({ ...deps, limits }), publicUrl }),
    ...tokensRoutes({ db, tokens: createTokens(deps) }),
    ...credentialsRoutes({ db, credentials: createCredentials({ ...deps, limits }) }),
    ...passwordLinksRoutes({
      passwordLinks: createPasswordLinks({ ...deps, limits: createPasswordResetLimits({ db }) }),
    }),
  ]
  const authenticate = createAuthenticator({
    db,
    publicUrl,
    onError: (error) => log.warn({ err: error }, 'last use could not be noted'),
  })
  return { authenticate, routes }
}
