/** Which addresses the service may call on its own account: the public internet, unless a setting opens the rest. */
import type { LookupAddress } from 'node:dns'
import { lookup as resolve } from 'node:dns'
import type { LookupFunction } from 'node:net'
import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'

/** The target is an address that the service may not call. */
export class RefusedAddressError extends Error {
  override name = 'RefusedAddressError'
  readonly host: string

  constructor(host: string) {
    super(`${host} is a private or local address`)
    this.host = host
  }
}

/** Cloud services for the machine itself that stand at public addresses. */
const machineServices = new Set(['168.63.129.16'])
const nat64 = ipaddr.IPv6.parseCIDR('64:ff9b::/96')
const globalUnicast6 = ipaddr.IPv6.parseCIDR('2000::/3')

/** False for private, loopback, link-local, shared, multicast, reserved and unspecified addresses, also when wrapped in IPv6. */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false
  const address = ipaddr.parse(text)
  if (address instanceof ipaddr.IPv4) return address.range() === 'unicast' && !machineServices.has(address.toString())
  if (address.isIPv4MappedAddress()) return isPublicAddress(address.toIPv4Address().toString())
  // NAT64 is how networks without IPv4 reach it: the address inside decides.
  if (address.match(nat64)) {
    return isPublicAddress(ipaddr.fromByteArray(address.toByteArray().slice(-4)).toString())
  }
  return address.range() === 'unicast' && address.match(globalUnicast6)
}

/**
 * Refuses a URL whose host is written as an address that may not be called. Names are judged when they are connected to.
 * @throws RefusedAddressError
 */
export function refusePrivateLiteral(url: URL): void {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (isIP(host) && !isPublicAddress(host)) throw new RefusedAddressError(host)
}

/**
 * `dns.lookup` that fails when any of a name's addresses is inside.
 * The connection uses these very addresses, so a name that changes its answer (DNS rebinding) gets nowhere.
 */
export const lookupPublic: LookupFunction = (hostname, options, callback) => {
  resolve(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
    if (error) return callback(error, '', 0)
    if (addresses.some(({ address }) => !isPublicAddress(address)))
      return callback(new RefusedAddressError(hostname), '', 0)
    if (options.all) return callback(null, addresses)
    const [first] = addresses
    if (!first) return callback(Object.assign(new Error(`${hostname} has no address`), { code: 'ENOTFOUND' }), '', 0)
    return callback(null, first.address, first.family)
  })
}
