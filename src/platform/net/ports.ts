/** Ports of the embedded parts: the usual one, a free one, or the one that was asked for. */
import { randomInt } from 'node:crypto'
import { connect, createServer } from 'node:net'
import { StartFailure } from '../config/start-failure.ts'

/** The port that was set (if any), the usual one, and the variable's name for the error message. */
export interface PortWish {
  variable: string
  wanted: number | undefined
  usual: number
}

/** True when a server could listen on this port now. */
export function isFree(port: number, host = '127.0.0.1'): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) =>
      isNotOurs(error) ? reject(new StartFailure(hostProblem(host))) : resolve(false),
    )
    // `exclusive` and no SO_REUSEPORT: the same check the real server will meet.
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)))
  })
}

/** Below where any system takes its own ports from, and above the well-known ones. */
const [lowest, highest] = [12_000, 32_000]
const triesAtMost = 100

/** A port nobody listens on, and that no connection is given by chance before it is used, unlike one asked for as port 0. */
export async function freePort(host = '127.0.0.1'): Promise<number> {
  for (let tries = 0; tries < triesAtMost; tries++) {
    const port = randomInt(lowest, highest)
    if (await isFree(port, host)) return port
  }
  throw new StartFailure(`No port is free between ${lowest} and ${highest} on ${host}.`)
}

/**
 * Chooses a port: one that was set must be free, 0 picks a free one, and a usual one gives way when it is taken.
 * @throws StartFailure naming the variable when the wanted port is taken, HOST when its address is not of this machine.
 */
export async function choosePort({ variable, wanted, usual }: PortWish): Promise<number> {
  if (wanted === undefined) return (await isFree(usual)) ? usual : freePort()
  if (wanted === 0) return freePort()
  await claimPort(variable, wanted)
  return wanted
}

/** @throws StartFailure in one sentence when the port is taken or not allowed, or the host not of this machine. */
export async function claimPort(variable: string, port: number, host = '127.0.0.1'): Promise<void> {
  if (port === 0 || (await isFree(port, host))) return
  throw new StartFailure(`Port ${port} on ${host} is taken or not allowed: set ${variable} to another port.`)
}

/** What is said of a HOST that this machine does not have. */
export function hostProblem(host: string): string {
  return `HOST takes an address of this machine, such as 127.0.0.1 or 0.0.0.0; ${host} is none.`
}

/** True when listening failed for its address, whatever the port. */
export function isNotOurs({ code }: NodeJS.ErrnoException): boolean {
  return code !== undefined && /^(EADDRNOTAVAIL|EAFNOSUPPORT|EAI_|EINVAL|ENOTFOUND)/.test(code)
}

/** True when something takes a connection there within `timeoutMs`. */
export function acceptsConnections(port: number, host = '127.0.0.1', timeoutMs = 2000): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host, timeout: timeoutMs })
    const answer = (value: boolean) => {
      socket.destroy()
      resolve(value)
    }
    socket.once('connect', () => answer(true))
    socket.once('error', () => answer(false))
    socket.once('timeout', () => answer(false))
  })
}
