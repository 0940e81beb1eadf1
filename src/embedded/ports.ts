/** Ports of the embedded parts: the usual one, a free one, or the one that was asked for. */
import { connect, createServer } from 'node:net'
import { StartFailure } from './start-failure.ts'

/** The port that was set (if any), the usual one, and the variable's name for the error message. */
export interface PortWish {
  variable: string
  wanted: number | undefined
  usual: number
}

/** True when a server could listen on this port now. */
export async function isFree(port: number, host = '127.0.0.1'): Promise<boolean> {
  return (await tryListen(port, host)) !== undefined
}

/** A port nobody listens on. */
export async function freePort(host = '127.0.0.1'): Promise<number> {
  const port = await tryListen(0, host)
  if (port === undefined) throw new StartFailure(`No port is free on ${host}.`)
  return port
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

function tryListen(port: number, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) =>
      isNotOurs(error) ? reject(new StartFailure(hostProblem(host))) : resolve(undefined),
    )
    // `exclusive` and no SO_REUSEPORT: the same check the real server will meet.
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' ? address?.port : undefined))
    })
  })
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
