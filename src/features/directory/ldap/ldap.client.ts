/** Reads a directory server, page by page. Nothing is ever written there. */
import net from 'node:net'
import { BusyError, Client, type Entry, InvalidCredentialsError, ResultCodeError, UnavailableError } from 'ldapts'
import { DomainError } from '../../../domain/shared/errors.ts'
import { lookupPublic, RefusedAddressError, refusePrivateLiteral } from '../../../platform/net/public-address.ts'
import type { LdapSettings } from './ldap.settings.ts'

export type { Entry } from 'ldapts'

export interface LdapTarget {
  settings: LdapSettings
  password: string
  /** Lets servers be at private or loopback addresses. */
  allowPrivate: boolean
}

export interface Search {
  base: string
  filter: string
  attributes: readonly string[]
  scope?: 'base' | 'sub'
  /** Attributes whose values are bytes. */
  binary?: readonly string[]
}

/** Entries that are asked for at once: Active Directory gives at most 1,000. */
const pageSize = 500
/** Milliseconds for an answer, and to connect. */
const patienceMs = 30_000
const connectMs = 10_000

const codes: Record<string, string> = {
  ECONNREFUSED: 'nothing listens at that address',
  ENOTFOUND: 'there is no server of that name',
  EAI_AGAIN: 'its name cannot be looked up now',
  ETIMEDOUT: 'it does not answer',
  ECONNRESET: 'it has broken the connection off',
}

/** What a person can do about it; nothing of the password. */
export function ldapProblem(error: unknown): DomainError {
  if (error instanceof DomainError) return error
  const { code, message } = error as { code?: string | number; message?: string }
  const known = typeof code === 'string' ? codes[code] : undefined
  const text = `The directory server was not read: ${known ?? saying(error, message)}.`
  // A password that is not accepted is not tried again: servers lock accounts for that.
  if (known === undefined && isFinal(error))
    return new DomainError('connector_refused', text, { current: 'not_read' }, { cause: error })
  return new DomainError('connector_unavailable', text, { current: 'not_read', retryAfter: 60 }, { cause: error })
}

const isBusy = (error: unknown) => error instanceof BusyError || error instanceof UnavailableError

function isFinal(error: unknown): boolean {
  return error instanceof RefusedAddressError || (error instanceof ResultCodeError && !isBusy(error))
}

function saying(error: unknown, message = ''): string {
  if (error instanceof InvalidCredentialsError) return 'it does not accept the bind DN and password'
  if (error instanceof RefusedAddressError) return 'it is at a private address (CONNECTOR_ALLOW_PRIVATE allows that)'
  if (error instanceof ResultCodeError) return `it says “${message.trim()}” (${error.name})`
  if (/certificate|self.signed|altname/i.test(message)) return `its certificate is not trusted (${message.trim()})`
  if (/closed|socket/i.test(message)) return 'it has broken the connection off'
  if (/timeout|timed out/i.test(message)) return 'it does not answer'
  return message.trim() || 'no reason is known'
}

function clientOf({ settings: { url }, allowPrivate }: LdapTarget): Client {
  const lookup = allowPrivate ? undefined : lookupPublic
  if (!allowPrivate) refusePrivateLiteral(new URL(url))
  const connect = (port: number, host: string) => net.connect({ port, host, ...(lookup ? { lookup } : {}) })
  const isSecure = /^ldaps:/i.test(url)
  return new Client({
    url,
    timeout: patienceMs,
    connectTimeout: connectMs,
    ...(isSecure
      ? { tlsOptions: { minVersion: 'TLSv1.2', ...(lookup ? { lookup } : {}) } }
      : { createConnection: connect as typeof net.connect }),
  })
}

/**
 * Signed in there. Call `close` at the end.
 * @throws DomainError `connector_unavailable` that says why, also from `pages`, when the server stops in the middle
 */
export async function openLdap(target: LdapTarget) {
  const { settings, password } = target
  try {
    const client = clientOf(target)
    if (settings.startTls && !/^ldaps:/i.test(settings.url)) await client.startTLS({ minVersion: 'TLSv1.2' })
    await client.bind(settings.bindDn, password)
    return readerOf(client)
  } catch (error) {
    throw ldapProblem(error)
  }
}

function readerOf(client: Client) {
  async function* pages({ base, filter, attributes, binary = [], scope = 'sub' }: Search): AsyncGenerator<Entry[]> {
    try {
      const options = {
        scope,
        filter,
        attributes: [...attributes],
        explicitBufferAttributes: [...binary],
        paged: { pageSize },
      }
      for await (const { searchEntries } of client.searchPaginated(base, options)) yield searchEntries
    } catch (error) {
      throw ldapProblem(error)
    }
  }

  return {
    pages,

    /** One entry by its name; nothing when it is not there. */
    async one(dn: string, attributes: readonly string[]): Promise<Entry | undefined> {
      for await (const [entry] of pages({ base: dn, scope: 'base', filter: '(objectClass=*)', attributes }))
        if (entry) return entry
      return undefined
    },

    close: (): Promise<void> => client.unbind().catch(() => undefined),
  }
}

export type LdapReader = Awaited<ReturnType<typeof openLdap>>
