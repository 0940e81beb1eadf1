/** Connections to Postgres, mail server and Temporal are encrypted outside this machine, unless a host is named as an exception. */
import { isLoopback } from '../net/client-address.ts'

/** What has to be known of the settings to tell. */
export interface TransportSettings {
  databaseUrl?: string | undefined
  migrationDatabaseUrl?: string | undefined
  smtpUrl?: string | undefined
  temporalAddress?: string | undefined
  /** Whether the connection to Temporal uses TLS. */
  temporalTls: boolean
  /** Hosts that may be reached without TLS, in lower case. */
  plaintextAllowed?: readonly string[] | undefined
}

/**
 * Each connection that would leave this machine in the clear, as a sentence with the ways out. The mail server is not
 * among them: its connection begins in the clear, and `mailNeedsTls` says that it must not go on so.
 */
export function plaintextProblems(settings: TransportSettings): string[] {
  const { databaseUrl, migrationDatabaseUrl, temporalAddress, temporalTls } = settings
  const problems: string[] = []
  const exception = (hosts: string[]) =>
    `or, where nobody else can listen between, put ${hosts.join(',')} into PLAINTEXT_ALLOWED`
  for (const [name, url] of Object.entries({
    DATABASE_URL: databaseUrl,
    MIGRATION_DATABASE_URL: migrationDatabaseUrl,
  })) {
    if (!url || isPostgresEncrypted(url)) continue
    const hosts = hostsInTheClear(hostOf(url).split(','), settings)
    if (hosts.length > 0)
      problems.push(
        `${name} leads to another machine without TLS: add ?sslmode=verify-full (or require, which takes any certificate), ${exception(hosts)}`,
      )
  }
  if (temporalAddress && !temporalTls) {
    const hosts = hostsInTheClear([hostOf(`tcp://${temporalAddress}`)], settings)
    if (hosts.length > 0)
      problems.push(
        `TEMPORAL_ADDRESS leads to another machine without TLS: set TEMPORAL_TLS=true (an API key or a TEMPORAL_TLS_* file does so, too), ${exception(hosts)}`,
      )
  }
  return problems
}

/** Whether mail may go only over TLS, by `smtps:` or STARTTLS: not to this machine, and not to hosts that are excepted. */
export function mailNeedsTls(settings: Pick<TransportSettings, 'smtpUrl' | 'plaintextAllowed'>): boolean {
  return settings.smtpUrl !== undefined && hostsInTheClear([hostOf(settings.smtpUrl)], settings).length > 0
}

/** As the database client reads it: `sslmode` goes before `ssl`, the last of several counts, `prefer` may end in the clear. */
function isPostgresEncrypted(url: string): boolean {
  const given = Object.fromEntries(new URL(url).searchParams)
  if (given['sslrootcert'] === 'system') return true
  const mode = given['sslmode'] || given['ssl']
  return Boolean(mode) && !['disable', 'false', 'prefer'].includes(mode as string)
}

function hostsInTheClear(hosts: string[], { plaintextAllowed = [] }: Pick<TransportSettings, 'plaintextAllowed'>) {
  return hosts.filter((host) => !isThisMachine(host) && !plaintextAllowed.includes(host))
}

function hostOf(url: string): string {
  const { hostname } = new URL(url)
  return decodeURIComponent(hostname)
    .replace(/^\[|\]$/g, '')
    .toLowerCase()
}

/** A loopback address, or the path of a socket. */
function isThisMachine(host: string): boolean {
  return isLoopback(host) || host.startsWith('/')
}
