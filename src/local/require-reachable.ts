import { StartFailure } from '../platform/config/start-failure.ts'
import { acceptsConnections } from '../platform/net/ports.ts'

/**
 * Checks that the server a setting names can be reached at all, so that a typing error is told as one.
 * @throws StartFailure naming the variable and the address, never the password in it.
 */
export async function requireReachable(variable: string, address: string, usualPort: number): Promise<void> {
  const url = new URL(address.includes('://') ? address : `tcp://${address}`)
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const port = Number(url.port) || usualPort
  if (await acceptsConnections(port, host, 5000)) return
  throw new StartFailure(`${variable} names ${host}:${port}, but nothing answers there.`)
}
