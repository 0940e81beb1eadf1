/** How long a caller may take to send a call: slow ones hold a connection that others need. */
import type { ServerOptions } from 'node:http'

/** Options for `createServer`: who has not sent headers and body within `ms` gets a 408 within about a second more. */
export function serverLimits(ms: number): ServerOptions {
  return {
    headersTimeout: ms,
    requestTimeout: ms,
    // Node looks at its connections only this often, and by default every 30 s.
    connectionsCheckingInterval: Math.min(1000, ms),
  }
}
