/** What the modules need, from the settings of a process and what it has opened. */
import type { Client } from '@temporalio/client'
import type { Logger } from 'pino'
import type { SignInConfiguration } from '../features/sessions/sessions.module.ts'
import type { EncryptionKey } from '../platform/config/encryption-keys.ts'
import { passwordHashesAtOnce, type Settings } from '../platform/config/env.ts'
import type { Database } from '../platform/db/client.ts'
import { createPayloadCodec } from '../platform/engine/payload-codec.ts'
import { createMailer } from '../platform/mail/mailer.ts'
import { createPasswords } from '../platform/secrets/passwords.ts'
import { createSecretBox } from '../platform/secrets/secret-box.ts'
import type { ModulesDeps } from './modules.ts'

export interface Opened {
  database: Database
  client: Client
  keys: EncryptionKey[]
  log: Logger
}

export function moduleDepsOf(settings: Settings, { database, client, keys, log }: Opened): ModulesDeps {
  const secretBox = createSecretBox(keys)
  return {
    database,
    client,
    log,
    codec: createPayloadCodec(keys),
    secretBox,
    mailer: createMailer({
      smtpUrl: settings.smtpUrl ?? 'smtp://127.0.0.1:1025',
      needsTls: settings.smtpNeedsTls,
      publicUrl: settings.publicUrl,
      secretBox,
    }),
    taskQueue: settings.temporalTaskQueue,
    publicUrl: settings.publicUrl,
    requestExpiry: settings.requestExpiry,
    workflowsUrl: settings.temporalUiUrl
      ? `${settings.temporalUiUrl}/namespaces/${encodeURIComponent(settings.temporalNamespace)}/workflows`
      : null,
    allowPrivateTargets: settings.connectorAllowPrivate,
    signalsInClear: settings.signalsInClear,
    passwords: createPasswords({ atOnce: passwordHashesAtOnce() }),
    fourEyes: settings.fourEyes,
    signIn: signInOf(settings),
    dataDir: settings.dataDir,
  }
}

/** The settings have been checked: with an issuer there are client id and secret, with a claim its values. */
function signInOf(settings: Settings): SignInConfiguration {
  const { oidcIssuer: issuer, oidcClientId: clientId, oidcClientSecret: clientSecret } = settings
  const { oidcAdminClaim: claim, oidcAdminValues: values, oidcScopes: scopes, oidcAcrValues: acrValues } = settings
  return {
    password: settings.passwordSignIn,
    provider:
      issuer && clientId && clientSecret
        ? {
            issuer,
            clientId,
            clientSecret,
            name: settings.oidcName ?? new URL(issuer).host,
            acrValues,
            scopes,
          }
        : null,
    rules: {
      provision: settings.oidcProvision,
      verifiedClaim: settings.oidcVerifiedClaim,
      admin: claim && values ? { claim, values } : null,
    },
  }
}
