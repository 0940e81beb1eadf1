/** Who may read the metrics: programs on this machine, and whoever has the token. For others there are none. */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { Request, RequestHandler } from 'express'
import { DomainError } from '../../domain/shared/errors.ts'
import { isLocalName, isLoopback } from '../net/client-address.ts'

export interface MetricsAccess {
  isEnabled: boolean
  /** The address the service listens on. */
  host: string
  /** Opens the metrics to callers from elsewhere. */
  token?: string | undefined
}

/** What proxies add: such a call came from elsewhere, though its last stretch was on this machine. */
const forwardingHeaders = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip']

/** Lets a call go on, or answers as at an address where there is nothing. */
export function guardMetrics({ isEnabled, host, token }: MetricsAccess): RequestHandler {
  const isForThisMachine = isLoopback(host)
  return (req, _res, next) => {
    const isAllowed = isEnabled && ((isForThisMachine && isFromThisMachine(req)) || sendsToken(req, token))
    if (!isAllowed) throw new DomainError('not_found', 'There is nothing at this address.')
    next()
  }
}

function isFromThisMachine({ socket, headers }: Request): boolean {
  return (
    isLoopback(socket.remoteAddress) &&
    isLocalName(headers.host) &&
    forwardingHeaders.every((name) => headers[name] === undefined)
  )
}

function sendsToken({ headers }: Request, token: string | undefined): boolean {
  const sent = /^bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1]
  // Hashes are equally long, and the comparison takes equally long.
  return token !== undefined && sent !== undefined && timingSafeEqual(hashed(sent), hashed(token))
}

const hashed = (text: string) => createHash('sha256').update(text).digest()
