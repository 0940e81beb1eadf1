/** Which parts this start runs itself, on which ports, and the environment our own processes get to reach them all. */
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { formatEncryptionKeys } from '../platform/config/encryption-keys.ts'
import { childEnvironment, encryptionKeysOf, isSet, type Settings } from '../platform/config/env.ts'
import { choosePort, claimPort, freePort } from '../platform/net/ports.ts'
import { startMailCatcher } from './mail-catcher.ts'
import { startServer } from './node-process.ts'
import { startEmbeddedPostgres } from './postgres.ts'
import type { RestartingProcess, RestartingProcessOptions } from './restarting-process.ts'
import { startEmbeddedTemporal } from './temporal.ts'
import { findTemporalCli } from './temporal-binary.ts'
import { createWarningFilter } from './warning-filter.ts'

/** The ports of this start, chosen once: a part that comes back comes back on the same port. */
export interface Ports {
  api: number
  postgres: number
  temporal: number
  temporalUi: number
  smtp: number
  mailUi: number
  /** Of the demo's identity provider, where there is one. */
  identityProvider?: number | undefined
}

/**
 * Chooses the ports of everything that runs here.
 * @throws StartFailure naming the variable whose port is taken.
 */
export async function choosePorts(settings: Settings, { withProvider }: { withProvider: boolean }): Promise<Ports> {
  await claimPort('PORT', settings.port, settings.host)
  return {
    api: settings.port || (await freePort(settings.host)),
    postgres: await choosePort({ variable: 'POSTGRES_PORT', wanted: settings.postgresPort, usual: 5433 }),
    temporal: await choosePort({ variable: 'TEMPORAL_PORT', wanted: settings.temporalPort, usual: 7233 }),
    temporalUi: await choosePort({ variable: 'TEMPORAL_UI_PORT', wanted: settings.temporalUiPort, usual: 8233 }),
    smtp: await choosePort({ variable: 'SMTP_PORT', wanted: settings.smtpPort, usual: 1025 }),
    mailUi: await choosePort({ variable: 'MAIL_UI_PORT', wanted: settings.mailUiPort, usual: 1080 }),
    identityProvider: withProvider ? await choosePort({ variable: '', wanted: undefined, usual: 8480 }) : undefined,
  }
}

/** Base of links; with a port that was picked freely it is known only now. */
export function publicUrlOf(settings: Settings, ports: Ports): string {
  return isSet('PUBLIC_URL') ? settings.publicUrl : `http://localhost:${ports.api}`
}

/**
 * The environment of worker, api and seed: every address filled in. `databaseUrl` is known once Postgres runs. They do not
 * learn the address that migrations use.
 */
export function serviceEnvironment(settings: Settings, ports: Ports, databaseUrl: string): Record<string, string> {
  const temporal = settings.temporalAddress
    ? {}
    : {
        TEMPORAL_ADDRESS: `127.0.0.1:${ports.temporal}`,
        TEMPORAL_UI_URL: settings.temporalUiUrl ?? `http://localhost:${ports.temporalUi}`,
        // Credentials of an outside server mean nothing to the embedded one, and TLS would keep it out of reach.
        TEMPORAL_API_KEY: undefined,
        TEMPORAL_TLS: 'false',
        TEMPORAL_TLS_CLIENT_CERT_PATH: undefined,
        TEMPORAL_TLS_CLIENT_KEY_PATH: undefined,
        TEMPORAL_TLS_SERVER_CA_CERT_PATH: undefined,
        TEMPORAL_TLS_SERVER_NAME: undefined,
      }
  return childEnvironment({
    ...providerEnvironment(ports),
    // Else packages run their development builds, and a mail is rendered in twice the time.
    NODE_ENV: childEnvironment()['NODE_ENV'] ?? 'production',
    ...temporal,
    DATA_DIR: settings.dataDir,
    PORT: String(ports.api),
    PUBLIC_URL: publicUrlOf(settings, ports),
    DATABASE_URL: databaseUrl,
    MIGRATION_DATABASE_URL: undefined,
    SMTP_URL: settings.smtpUrl ?? `smtp://127.0.0.1:${ports.smtp}`,
    ENCRYPTION_KEY: formatEncryptionKeys(encryptionKeysOf(settings)),
    CONNECTOR_ALLOW_PRIVATE: String(
      isSet('CONNECTOR_ALLOW_PRIVATE') ? settings.connectorAllowPrivate : settings.seed === 'demo',
    ),
  })
}

/** The group at the demo's identity provider whose people are administrators. */
export const demoProviderGroup = 'gatehouse-admins'

/**
 * Both ends of the demo's identity provider: it reads the same variables as the service. Another secret at each start. How
 * people come in and who is an administrator is as somebody has set it.
 */
function providerEnvironment({ identityProvider: port }: Ports): Record<string, string> {
  if (port === undefined) return {}
  const byClaim = { OIDC_ADMIN_CLAIM: 'groups', OIDC_ADMIN_VALUES: demoProviderGroup }
  return {
    OIDC_ISSUER: `http://127.0.0.1:${port}`,
    OIDC_CLIENT_ID: 'gatehouse',
    OIDC_CLIENT_SECRET: randomBytes(32).toString('base64url'),
    ...(isSet('OIDC_NAME') ? {} : { OIDC_NAME: 'Demo Login' }),
    ...(isSet('OIDC_PROVISION') ? {} : { OIDC_PROVISION: 'create' }),
    ...(isSet('OIDC_ADMIN_CLAIM') ? {} : byClaim),
  }
}

type Part = Pick<RestartingProcessOptions, 'name' | 'start'>

/** Addresses of the database: for the service, and for migrations. */
export interface DatabaseUrls {
  service: string
  migration: string
}

/** The embedded Postgres. `onUrls` hears its addresses. */
export function postgresPart(settings: Settings, ports: Ports, onUrls: (urls: DatabaseUrls) => void): Part {
  return {
    name: 'postgres',
    async start(onSpawn) {
      const running = await startEmbeddedPostgres({
        dataDir: settings.dataDir,
        port: ports.postgres,
        log: true,
        onSpawn,
      })
      onUrls({ service: running.serviceUrl, migration: running.ownerUrl })
      return running
    },
  }
}

/** The embedded Temporal. `report` hears about downloads. */
export function temporalPart(settings: Settings, ports: Ports, report: (line: string) => void): Part {
  const { dataDir, temporalNamespace: namespace } = settings
  return {
    name: 'temporal',
    async start(onSpawn) {
      return startEmbeddedTemporal({
        cli: await findTemporalCli({ binDir: join(dataDir, 'bin'), report }),
        databaseFile: join(dataDir, 'temporal.db'),
        namespace,
        port: ports.temporal,
        uiPort: ports.temporalUi,
        codecEndpoint: `${publicUrlOf(settings, ports)}/api/v1/temporal/codec`,
        logDir: join(dataDir, 'logs'),
        onSpawn,
      })
    },
  }
}

/** The mail catcher. */
export function mailPart({ dataDir }: Settings, ports: Ports): Part {
  return {
    name: 'mail',
    start: (onSpawn) =>
      startMailCatcher({
        dataDir,
        smtpPort: ports.smtp,
        webPort: ports.mailUi,
        onSpawn,
      }),
  }
}

interface Listening {
  /** Their warnings. */
  report: (line: string) => void
  onMessage?: (message: object) => void
}

/** A process of our own. */
export function nodePart(
  name: 'api' | 'worker' | 'identity-provider',
  env: Record<string, string>,
  { report, onMessage }: Listening,
): Part {
  const onLine = createWarningFilter(name, report)
  const logDir = join(env['DATA_DIR'] as string, 'logs')
  const options = { name, folder: import.meta.dirname, env, logDir, onLine, onMessage }
  return { name, start: (onSpawn) => startServer(options, onSpawn) }
}

/** Stops keepers one after the other, the last one even when an earlier one fails. */
export async function stopInOrder(keepers: (RestartingProcess | undefined)[]): Promise<void> {
  for (const keeper of keepers) await keeper?.stop().catch(() => {})
}
