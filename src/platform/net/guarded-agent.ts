/** Connections to other systems: where they lead is checked at the moment of connecting. */
import { Agent } from 'undici'
import { lookupOutside } from './public-address.ts'

interface OutsideAgentOptions {
  /** Lets targets be private or loopback addresses. */
  allowPrivate: boolean
  connectTimeoutMs: number
  keepAliveTimeoutMs: number
  /** Bytes of an answer's body; longer ones are broken off with an error. */
  largestAnswer: number
}

/** The guard is for names; hosts that are written as addresses go through `refuseInsideLiteral` first. */
export function createOutsideAgent(options: OutsideAgentOptions): Agent {
  const { allowPrivate, connectTimeoutMs, keepAliveTimeoutMs, largestAnswer } = options
  return new Agent({
    connect: { timeout: connectTimeoutMs, ...(allowPrivate ? {} : { lookup: lookupOutside }) },
    keepAliveTimeout: keepAliveTimeoutMs,
    maxResponseSize: largestAnswer,
  })
}
