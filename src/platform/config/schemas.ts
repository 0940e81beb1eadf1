/** What a setting may look like. Each message completes the sentence "NAME …" and never repeats the value: it may be a secret. */
import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'
import { z } from 'zod'
import { durationProblem } from '../../domain/shared/duration.ts'
import { hasUserInformation } from '../net/callable-url.ts'
import { mailAddress, withAsciiDomain } from '../net/mail-address.ts'
import { parseEncryptionKeys } from './encryption-keys.ts'

/** A port to listen on; 0 picks a free one. */
export const port = z
  .string()
  .regex(/^\d{1,5}$/, 'takes a port number from 0 to 65535 (0 picks a free one)')
  .transform(Number)
  .refine((value) => value <= 65_535, 'takes a port number from 0 to 65535 (0 picks a free one)')

/** `true`/`false`, also `1`/`0`, `yes`/`no`, `on`/`off`. */
export const boolean = z
  .string()
  .toLowerCase()
  .refine((value) => /^(true|false|1|0|yes|no|on|off)$/.test(value), 'takes true or false')
  .transform((value) => /^(true|1|yes|on)$/.test(value))

/** Text without control characters; the message says what it stands for. */
export const text = (expected: string) => z.string().refine((value) => !/\p{Cc}/u.test(value), `takes ${expected}`)

/** The same, of at most so many characters. */
export const shortText = (expected: string, longest: number) =>
  text(expected).refine((value) => value.length <= longest, `takes at most ${longest} characters`)

/** Scopes of OpenID Connect. */
export const scopes = text('scopes with spaces between them').refine(
  (value) => value.split(/\s+/).includes('openid'),
  'takes scopes with spaces between them, openid among them',
)

/** An URL with one of the given schemes. */
export const url = (schemes: string[], example: string) =>
  z.string().refine(
    (value) => URL.canParse(value) && schemes.includes(new URL(value).protocol.slice(0, -1)),
    // What follows reads its parts.
    { error: `takes an address such as ${example}`, abort: true },
  )

/** Address of a Postgres; its client undoes the percent-encoding of every part. */
export const postgresUrl = url(['postgres', 'postgresql'], 'postgres://user:password@host:5432/gatehouse').refine(
  (value) => {
    try {
      return decodeURIComponent(value) !== ''
    } catch {
      return false
    }
  },
  'takes an address in which a percent sign is written %25',
)

/** An http address that is shown or called as it is: without a user name or password, which would be shown with it. */
export const webUrl = (example: string) =>
  url(['http', 'https'], example).refine(
    (value) => !hasUserInformation(value),
    'takes an address without a user name or password: everybody who sees the address would see them',
  )

/** A base for links: an http address without query, fragment or closing slash. */
export const baseUrl = webUrl('https://access.example.com')
  .refine((value) => !/[?#]/.test(value), 'takes an address without query or fragment')
  .transform((value) => value.replace(/\/+$/, ''))

/** Where the service itself is: the portals load their files from the root of its host. */
export const ownAddress = baseUrl.refine(
  (value) => new URL(value).pathname === '/',
  'takes an address without a path: the portals load their files from the root of a host. Give the service a host name or a port of its own, such as https://access.example.com',
)

/** `host:port`, the port from 1 to 65535. */
export const hostAndPort = z.string().refine((value) => {
  const portText = /^(?:\[[0-9a-fA-F:.]+\]|[A-Za-z0-9.-]+):(\d{1,5})$/.exec(value)?.[1]
  return portText !== undefined && Number(portText) >= 1 && Number(portText) <= 65_535
}, 'takes host:port, for example temporal.example.com:7233')

/** Names and addresses of hosts, without ports; in lower case. */
export const hosts = z.string().transform((value, context): string[] => {
  const names = value.split(',').map((name) => name.trim().toLowerCase())
  if (names.every((name) => /^[a-z0-9]([a-z0-9._-]*[a-z0-9])?$/.test(name) || isIP(name) > 0)) return names
  context.addIssue({ code: 'custom', message: 'takes names of hosts, without ports, with commas between them' })
  return z.NEVER
})

/** Values with commas between them, at least one. */
export const words = z
  .string()
  .transform((value) =>
    value
      .split(',')
      .map((word) => word.trim())
      .filter((word) => word !== ''),
  )
  .refine((value) => value.length > 0, 'takes values with commas between them')

/** One of a few words. */
export const oneOf = <const T extends [string, ...string[]]>(words: T) =>
  z.enum(words, { error: `takes ${words.slice(0, -1).join(', ')} or ${words.at(-1)}` })

/** A positive ISO-8601 duration. */
export const duration = z
  .string()
  .refine(
    (value) => durationProblem(value, '2024-01-01T00:00:00.000Z') === undefined,
    'takes a positive ISO-8601 duration of at most two years, for example P30D',
  )

/** 32-byte keys, the first one encrypts. */
export const encryptionKeys = z.string().transform((value, context) => {
  try {
    return parseEncryptionKeys(value)
  } catch (error) {
    const message = `takes 32 bytes in base64 or hex, [keyId:]key[,[keyId:]key…]; it ${(error as Error).message}`
    context.addIssue({ code: 'custom', message })
    return z.NEVER
  }
})

/** An e-mail address. */
export const email = z
  .string()
  .overwrite(withAsciiDomain)
  .pipe(z.email({ pattern: mailAddress, error: 'takes an e-mail address' }))

/** A secret that a program sends. */
export const bearerToken = z.string().regex(/^[\w.~+/-]{16,200}=*$/, 'takes 16 to 200 letters, digits and . _ ~ + / -')

/** A password for the first administrator. */
export const password = z.string().min(8, 'takes at least 8 characters').max(200, 'takes at most 200 characters')

const proxyWords = new Set(['loopback', 'linklocal', 'uniquelocal'])

/** A network of all addresses would trust everybody: not even Express takes it. */
function isNetwork(text: string): boolean {
  return isIP(text.split('/')[0] ?? '') > 0 && ipaddr.isValidCIDR(text) && ipaddr.parseCIDR(text)[1] > 0
}

/** Proxies as Express takes them: how many there are one behind the other, or which addresses and networks they have. */
export const proxies = z.string().transform((value, context): number | string[] => {
  if (/^\d$/.test(value)) return Number(value)
  const names = value.split(',').map((name) => name.trim())
  if (names.every((name) => proxyWords.has(name) || isIP(name) > 0 || isNetwork(name))) return names
  const message =
    'takes addresses and networks with commas between them (10.0.0.5,192.168.0.0/16,fd00::/8,loopback), or how many proxies there are (0 to 9)'
  context.addIssue({ code: 'custom', message })
  return z.NEVER
})
