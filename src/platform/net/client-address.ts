/** Where a call came from, as one spelling of one address. */
import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'

/** Some proxies write the caller's port behind the address. */
const withPort = /^(?:\[(?<six>[^\]]+)\]|(?<four>[\d.]+))(?::\d{1,5})?$/

/**
 * The IP address in what a connection or a proxy says, IPv4 in IPv6 as IPv4; nothing for anything else.
 * @param text such as `192.0.2.1`, `::ffff:192.0.2.1`, `[2001:db8::1]:443`, or whatever somebody sent
 */
export function clientAddress(text: string | undefined): string | undefined {
  if (text === undefined || text.length > 64) return undefined
  const { six, four } = withPort.exec(text)?.groups ?? {}
  const [bare = ''] = (six ?? four ?? text).split('%')
  // ipaddr.js alone also reads 0x7f.1 and the like.
  return isIP(bare) ? ipaddr.process(bare).toString() : undefined
}

/** True for an address of this machine itself, and for `localhost`. */
export function isLoopback(text: string | undefined): boolean {
  const address = clientAddress(text)
  return address === undefined ? text === 'localhost' : ipaddr.parse(address).range() === 'loopback'
}

/**
 * True when a `Host` names this machine by an address or as `localhost`. Any other name may be that of a web page, which
 * has it resolved to 127.0.0.1 and then reads what answers there.
 */
export function isLocalName(host: string | undefined): boolean {
  return isLoopback(host?.toLowerCase().replace(/^localhost:\d{1,5}$/, 'localhost'))
}

/**
 * What counts as one place: an IPv4 address, or the /64 of an IPv6 one, which is one network of one household.
 * @param address as `clientAddress` gives it; callers without one share one place
 */
export function placeOf(address: string | undefined): string {
  if (address === undefined) return 'unknown'
  const parsed = ipaddr.process(address)
  if (parsed instanceof ipaddr.IPv4) return parsed.toString()
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${address}/64`).toString()}/64`
}
