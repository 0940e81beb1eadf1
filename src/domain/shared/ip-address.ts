/** What an IP address looks like. Written out here, because the domain imports nothing. */

const byte = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)'
const ipv4 = new RegExp(`^${byte}(?:\\.${byte}){3}$`)
const group = /^[0-9a-f]{1,4}$/i

function isIpv6(text: string): boolean {
  const halves = text.split('::')
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')))
  // The last two groups may be written as an IPv4 address.
  const hasIpv4 = ipv4.test(groups.at(-1) ?? '')
  if (hasIpv4) groups.splice(-1, 1, '0', '0')
  const isWhole = halves.length === 2 ? groups.length <= 7 : halves.length === 1 && groups.length === 8
  return isWhole && !(hasIpv4 && text.endsWith('::')) && groups.every((one) => group.test(one))
}

/** True for an IPv4 or IPv6 address as such: no port, no network, no zone, no leading zeros in IPv4. */
export function isIpAddress(text: string): boolean {
  return text.length <= 45 && (ipv4.test(text) || isIpv6(text))
}
