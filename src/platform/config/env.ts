/** The settings of this process, read from the environment once. Only this room looks at `process.env`. */
import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import type { z } from 'zod'
import { isLoopback } from '../net/client-address.ts'
import { type EncryptionKey, loadEncryptionKey, loadOrCreateEncryptionKey } from './encryption-keys.ts'
import { givenSecret } from './secret-files.ts'
import { signInProblems } from './sign-in-problems.ts'
import { mailNeedsTls, plaintextProblems } from './transport.ts'
import type { Variable } from './variable.ts'
import { variables } from './variables.ts'

/** Of everybody in the demo on this machine, and of nobody else. */
export const demoPassword = 'gatehouse-demo'

type Camel<S extends string> = S extends `${infer Head}_${infer Rest}`
  ? `${Lowercase<Head>}${Capitalize<Camel<Rest>>}`
  : Lowercase<S>
type Variables = typeof variables
type Name = keyof Variables
type Value<N extends Name> = z.output<Variables[N]['schema']>
type Parsed = {
  [N in Name as Camel<N>]: Variables[N] extends { default: string } ? Value<N> : Value<N> | undefined
}

/** Typed settings in camelCase (`PUBLIC_URL` is `publicUrl`). Variables without a default are `undefined` when not set. */
export type Settings = Omit<
  Parsed,
  'adminPassword' | 'encryptionKey' | 'publicUrl' | 'signalsInClear' | 'temporalTls'
> & {
  /** Password of the first administrator; without it they get one that is used once. */
  adminPassword: string | undefined
  /** A demo that nobody but the people of this machine can reach: its passwords are known to everybody. */
  isLocalDemo: boolean
  /** Base of links, without a closing slash. */
  publicUrl: string
  /** Keys of `ENCRYPTION_KEY`, the first one encrypts; empty when it is not set: see `encryptionKeysOf`. */
  encryptionKeys: EncryptionKey[]
  /** Whether messages that decide count when nobody has sealed them. */
  signalsInClear: boolean
  /** Whether mail may leave only over TLS. */
  smtpNeedsTls: boolean
  /** Whether the connection to Temporal uses TLS. */
  temporalTls: boolean
}

/** One or more settings are bad. The message names each variable and what it takes, one per line. */
export class SettingsError extends Error {
  override name = 'SettingsError'
  readonly problems: string[]

  constructor(problems: string[]) {
    super(problems.join('\n'))
    this.problems = problems
  }
}

/**
 * Reads and checks every setting. An empty variable counts as not set; `dataDir` comes back absolute.
 * @param provider `bringsProvider`: the program starts an identity provider itself: what needs one may be set
 * @throws SettingsError listing every bad variable, never their values.
 */
export function readSettings(env: NodeJS.ProcessEnv = process.env, provider?: { bringsProvider: boolean }): Settings {
  const { parsed, problems } = parseVariables(env)
  problems.push(...signInProblems(parsed, provider), ...contradictions(parsed))
  if (problems.length > 0) throw new SettingsError(problems)

  const isLocalDemo = isDemoOfThisMachine(parsed)
  const { encryptionKey = [], publicUrl, signalsInClear, temporalTls, ...rest } = parsed
  return {
    ...rest,
    adminPassword: parsed.adminPassword ?? (isLocalDemo ? demoPassword : undefined),
    isLocalDemo,
    dataDir: resolve(parsed.dataDir),
    publicUrl: publicUrl ?? `http://localhost:${parsed.port}`,
    encryptionKeys: encryptionKey,
    signalsInClear: signalsInClear ?? isSenderKnown(parsed),
    smtpNeedsTls: mailNeedsTls(parsed),
    temporalTls: temporalTls ?? wantsTls(parsed),
  }
}

/** What could be read, and what could not; with problems `parsed` has gaps. */
function parseVariables(env: NodeJS.ProcessEnv): { parsed: Parsed; problems: string[] } {
  const problems: string[] = []
  const values: Record<string, unknown> = {}
  for (const [name, variable] of Object.entries<Variable>(variables)) {
    const { value, source, problem } = variable.secret
      ? givenSecret(name, env)
      : { value: env[name]?.trim(), source: name }
    if (problem) problems.push(problem)
    const raw = value || variable.default
    if (raw === undefined || problem) continue
    const result = variable.schema.safeParse(raw)
    if (result.success) values[camelCase(name)] = result.data
    else problems.push(`${source} ${result.error.issues[0]?.message}`)
  }
  return { parsed: values as unknown as Parsed, problems }
}

/** The keys to encrypt with: those of `ENCRYPTION_KEY`, else the one kept in `DATA_DIR`, made when there is none. */
export function encryptionKeysOf(settings: Pick<Settings, 'encryptionKeys' | 'dataDir'>): EncryptionKey[] {
  return settings.encryptionKeys.length > 0 ? settings.encryptionKeys : loadOrCreateEncryptionKey(settings.dataDir)
}

/** Those keys, or nothing when there are none yet: for what a key that nobody else has would be of no use to. */
export function knownEncryptionKeys(settings: Pick<Settings, 'encryptionKeys' | 'dataDir'>) {
  return settings.encryptionKeys.length > 0 ? settings.encryptionKeys : loadEncryptionKey(settings.dataDir)
}

/**
 * A copy of the environment for a child process, with `changes` over it; `undefined` takes a variable away. With a
 * variable its `NAME_FILE` goes, too: it would contradict the value.
 */
export function childEnvironment(changes: Record<string, string | undefined> = {}): Record<string, string> {
  const withoutFiles = Object.fromEntries(Object.keys(changes).map((name) => [`${name}_FILE`, undefined]))
  const merged = Object.entries({ ...process.env, ...withoutFiles, ...changes })
  return Object.fromEntries(merged.filter((entry): entry is [string, string] => entry[1] !== undefined))
}

/** True when the person who starts this process set the variable, rather than its default applying. */
export function isSet(name: Name, env: NodeJS.ProcessEnv = process.env): boolean {
  return Boolean(env[name]?.trim())
}

/** What can be started with and is most likely not meant, each as a line for the log. */
export function settingsWarnings({ publicUrl }: Pick<Settings, 'publicUrl'>, env: NodeJS.ProcessEnv = process.env) {
  if (!publicUrl.startsWith('https:') || isSet('TRUSTED_PROXIES', env)) return []
  return [
    'TRUSTED_PROXIES is not set, although PUBLIC_URL is https: unless TLS ends on this machine, all calls seem to come from the proxy, and share the limits of sign-in',
  ]
}

/**
 * How many passwords are hashed at once: one for each core, and never on all threads of the pool, which files and names
 * of hosts wait for too (four, or UV_THREADPOOL_SIZE).
 */
export function passwordHashesAtOnce(env: NodeJS.ProcessEnv = process.env): number {
  const threads = Number(env['UV_THREADPOOL_SIZE']) || 4
  return Math.max(1, Math.min(availableParallelism(), threads - 1))
}

function contradictions(parsed: Parsed): string[] {
  const problems: string[] = []
  if (parsed.adminPassword === demoPassword && !isDemoOfThisMachine(parsed))
    problems.push(
      'ADMIN_PASSWORD takes another password than that of the demo, which everybody knows; or nothing, for a random one',
    )
  if (Boolean(parsed.temporalTlsClientCertPath) !== Boolean(parsed.temporalTlsClientKeyPath))
    problems.push('TEMPORAL_TLS_CLIENT_CERT_PATH and TEMPORAL_TLS_CLIENT_KEY_PATH go together: set both or neither')
  if (parsed.temporalTls === false && wantsTls(parsed))
    problems.push('TEMPORAL_TLS takes true (or nothing) when an API key or another TEMPORAL_TLS_* is set')
  problems.push(...plaintextProblems({ ...parsed, temporalTls: parsed.temporalTls ?? wantsTls(parsed) }))
  return problems
}

/** The Temporal server itself asks who is calling, or nobody but the people of this machine can call it. */
function isSenderKnown(parsed: Parsed): boolean {
  if (parsed.temporalApiKey || parsed.temporalTlsClientCertPath) return true
  const temporalHost = parsed.temporalAddress?.replace(/:\d+$/, '').replace(/^\[|\]$/g, '')
  return parsed.seed === 'demo' && isLoopback(parsed.host) && isLoopback(temporalHost ?? 'localhost')
}

/** What others can reach has no password that everybody knows. With settings that could not be read it is no demo. */
function isDemoOfThisMachine({ seed, host, publicUrl }: Parsed): boolean {
  return seed === 'demo' && isLoopback(host) && !publicUrl?.startsWith('https:')
}

function wantsTls(parsed: Parsed): boolean {
  return Boolean(
    parsed.temporalApiKey ||
      parsed.temporalTlsClientCertPath ||
      parsed.temporalTlsServerCaCertPath ||
      parsed.temporalTlsServerName,
  )
}

function camelCase(name: string): string {
  return name.toLowerCase().replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
}
