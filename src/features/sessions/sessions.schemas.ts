import { z } from 'zod'
import { tokenScopes } from '../../domain/abilities.ts'
import { fieldProblem } from '../../domain/shared/field-errors.ts'
import { languages } from '../../domain/shared/languages.ts'
import { textProblem } from '../../domain/shared/text.ts'
import {
  datetime,
  emailAddress,
  id,
  instant,
  line,
  newPassword,
  page,
  paging,
  typedAddress,
  withinReach,
} from '../../platform/http/schemas.ts'
import { rule } from '../../platform/http/validation-messages.ts'
import { providerChecks } from '../../platform/oidc/provider-test.ts'
import { passwordSignIns } from './password-policy.ts'

export const signInBody = z
  .strictObject({
    email: typedAddress
      .min(1, 'must not be empty')
      .max(320)
      .superRefine(rule((value) => textProblem(value, Number.POSITIVE_INFINITY))),
    password: z.string().min(1, 'must not be empty').max(200),
  })
  .meta({ id: 'SignIn' })

const user = z.object({
  id: z.uuid(),
  name: z.string(),
  email: z.string(),
  department: z.string().nullable(),
  jobTitle: z.string().nullable(),
  roles: z.array(z.string()),
})

const mustChangePassword = z
  .boolean()
  .meta({ description: 'Until POST /me/password, the session may do nothing but that, GET /me and signing out' })

export const signedIn = z
  .object({
    user,
    csrfToken: z.string().meta({ description: 'Send it as X-CSRF-Token on writes' }),
    mustChangePassword,
  })
  .meta({ id: 'SignedIn' })

export const me = z
  .object({
    user,
    roles: z.array(z.string()),
    csrfToken: z.string().nullable().meta({ description: 'Null for API tokens, which need none' }),
    fresh: z.boolean().meta({ description: 'Whether acts that ask for a fresh sign-in are open now' }),
    confirmBy: z.array(z.enum(['password', 'provider'])).meta({
      description: 'Ways to a fresh sign-in: POST /session/confirmation, or /auth/oidc/start?fresh=1 in the browser',
    }),
    mustChangePassword,
    language: z.enum(languages).nullable().meta({ description: 'What the caller has chosen; null for nothing' }),
    timeZone: z.string().nullable().meta({ description: 'IANA name that the caller has chosen; null for none' }),
  })
  .meta({ id: 'Me' })

export const apiToken = z
  .object({
    id: z.uuid(),
    name: z.string(),
    scopes: z.array(z.enum(tokenScopes)).nullable().meta({ description: 'Null: everything its user may do' }),
    sourceId: z.uuid().nullable().meta({ description: 'Of one with the scope scim: the people source it is for' }),
    expiresAt: instant.nullable(),
    lastUsedAt: instant.nullable(),
    lastUsedIp: z.string().nullable().meta({ description: 'The address it was last used from' }),
    createdAt: instant,
  })
  .meta({ id: 'ApiToken' })

export const newApiToken = apiToken
  .extend({ token: z.string().meta({ description: 'Shown this once' }) })
  .meta({ id: 'NewApiToken' })

const onlyForScim = fieldProblem('not_applicable', 'goes only with the scope scim: leave it out')
const scimAlone = fieldProblem('not_applicable', 'has scim beside others: make a token of its own for each')

export const apiTokenBody = z
  .strictObject({
    name: line(120),
    expiresAt: withinReach(datetime)
      .nullable()
      .optional()
      .meta({ description: 'Left out: as late as the settings allow. Every token has an end' }),
    scopes: z
      .array(z.enum(tokenScopes))
      .min(1, 'name at least one scope, or leave scopes out')
      .max(tokenScopes.length)
      .nullable()
      .optional()
      .meta({
        description: '`scim` stands alone, and is for administrators: such a token is for /scim/v2 and nothing else',
      }),
    sourceId: id.optional().meta({
      description:
        'Only with `scim`: the source it is for. Left out: the only one of that kind, or a new one named SCIM',
    }),
  })
  .superRefine(
    rule(({ scopes, sourceId }) => (sourceId && !scopes?.includes('scim') ? onlyForScim : undefined), ['sourceId']),
  )
  .superRefine(
    rule(({ scopes }) => (scopes?.includes('scim') && scopes.length > 1 ? scimAlone : undefined), ['scopes']),
  )
  .meta({ id: 'ApiTokenInput' })

export const apiTokensQuery = z.strictObject({
  ...paging,
  sort: z.enum(['createdAt', '-createdAt']).default('-createdAt'),
})
export const apiTokens = page(apiToken).meta({ id: 'ApiTokens' })

const session = z
  .object({
    id: z.uuid(),
    current: z.boolean().meta({ description: 'The session that asks' }),
    clientIp: z.string().nullable(),
    userAgent: z.string().nullable(),
    createdAt: instant,
    lastSeenAt: instant,
    expiresAt: instant,
  })
  .meta({ id: 'Session' })

export const sessionList = z.object({ items: z.array(session) }).meta({ id: 'Sessions' })

export const credentials = z
  .object({ sessions: z.array(session), tokens: z.array(apiToken) })
  .meta({ id: 'Credentials' })

export const confirmationBody = z
  .strictObject({ password: z.string().min(1, 'must not be empty').max(200) })
  .meta({ id: 'Confirmation' })

export const newPasswordBody = z
  .strictObject({ currentPassword: z.string().min(1, 'must not be empty').max(200), newPassword })
  .meta({ id: 'NewPassword' })

export const passwordResetBody = z.strictObject({ email: emailAddress }).meta({ id: 'PasswordReset' })

/** Whatever is no token of ours is refused as one that is used up is. */
export const passwordLinkParams = z.strictObject({ token: z.string() })
export const passwordByLinkBody = z.strictObject({ password: newPassword }).meta({ id: 'PasswordByLink' })

export const signInOptions = z
  .object({
    password: z
      .enum(passwordSignIns)
      .meta({ description: 'Who signs in with a password: everybody who has one, administrators, nobody' }),
    provider: z
      .object({
        name: z.string().meta({ description: 'What people call it' }),
        startUrl: z.string().meta({ description: 'Where the browser goes, with `?next=` for where to go on to' }),
        reachable: z.boolean(),
      })
      .nullable()
      .meta({ description: 'The identity provider; null when there is none' }),
  })
  .meta({ id: 'SignInOptions' })

export const signInSettings = z
  .object({
    password: z.enum(passwordSignIns),
    provider: z
      .object({
        name: z.string(),
        issuer: z.string(),
        clientId: z.string(),
        provision: z.enum(['refuse', 'create']),
        verifiedClaim: z.string(),
        adminClaim: z.string().nullable(),
        adminValues: z.array(z.string()),
        acrValues: z.string().nullable(),
        identities: z.number().int().meta({ description: 'How many people have signed in by it' }),
      })
      .nullable(),
    addresses: z
      .object({ redirect: z.string(), signedOut: z.string(), backchannelLogout: z.string() })
      .meta({ description: 'To register with the identity provider' }),
  })
  .meta({ id: 'SignInSettings' })

export const signInTest = z
  .object({
    checks: z.array(
      z.object({
        check: z.enum(providerChecks),
        state: z.enum(['ok', 'failed', 'unknown']).meta({ description: '`unknown`: it cannot be told from here' }),
        detail: z.string().meta({ description: 'What was found, in English' }),
      }),
    ),
  })
  .meta({ id: 'SignInTest' })
