/** Mail addresses with a domain in any script, as mail servers know them. */
import { domainToASCII } from 'node:url'

/** Letters of other scripts with their marks, without signs that cannot be seen or that turn the direction of text. */
const otherLetters = '\\u00c0-\\u167f\\u1681-\\u180a\\u1810-\\u1fff\\u2c00-\\u2fff\\u3005-\\ud7ff\\uf900-\\ufdcf'
const signs = `A-Za-z0-9_+${otherLetters}-`

/**
 * An address with dots and signs that mail servers take. Its domain is in ASCII, and may be one of another script
 * (`xn--…`, RFC 5890), at the top level as well. The part before the @ may have letters of any script: those beyond ASCII
 * need SMTPUTF8 (RFC 6531), which many servers do not offer (`needsUtf8`).
 */
export const mailAddress = new RegExp(
  `^(?:[${signs}']+\\.)*[${signs}']*[${signs}]@(?:[A-Za-z0-9][A-Za-z0-9-]*\\.)+(?:[A-Za-z]{2,}|[Xx][Nn]--[A-Za-z0-9-]*[A-Za-z0-9])$`,
)

/** Whether mail to this address can only go by a server that offers SMTPUTF8. */
export function needsUtf8(address: string): boolean {
  return /[^\p{ASCII}]/u.test(address.slice(0, Math.max(0, address.lastIndexOf('@'))))
}

/** The same address with its domain as DNS has it (IDNA, RFC 5891); unchanged when that is no domain. */
export function withAsciiDomain(address: string): string {
  const at = address.lastIndexOf('@') + 1
  const domain = address.slice(at)
  if (at === 0 || !/[^\p{ASCII}]/u.test(domain)) return address
  const ascii = domainToASCII(domain)
  return ascii === '' ? address : address.slice(0, at) + ascii
}

/** What is wrong with an address that the mail server takes no mail for. */
export const needsUtf8Problem =
  'must have only ASCII letters, digits and . _ + - before the @: others need SMTPUTF8, which mail servers may not offer'
