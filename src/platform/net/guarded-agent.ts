/** Connections to other systems: where they lead is checked at the moment of connecting. */
import { Agent } from 'undici'
import { lookupPublic } from './public-address.ts'

interface GuardedAgentOptions {
  /** Lets targets be private or loopback addresses. */
  allowPrivate: boolean
  connectTimeoutMs: number
  keepAliveTimeoutMs: number
  /** Bytes of an answer's body; longer ones are broken off with an error. */
  largestAnswer: number
}

/** The guard is for names; hosts that are written as addresses go through `refusePrivateLiteral` first. */
export function createGuardedAgent(options: GuardedAgentOptions): Agent {
  const { allowPrivate, connectTimeoutMs, keepAliveTimeoutMs, largestAnswer } = options
  return new Agent({
    connect: { timeout: connectTimeoutMs, ...(allowPrivate ? {} : { lookup: lookupPublic }) },
    keepAliveTimeout: keepAliveTimeoutMs,
    maxResponseSize: largestAnswer,
  })
}
