/**
 * The door of a page that has no sign-in of its own (Temporal UI, mail catcher): it answers to names of this machine only.
 * A web page elsewhere can have its own name resolved to 127.0.0.1, and would then read and use what answers there; the
 * name in `Host` gives it away.
 */
import { randomInt } from 'node:crypto'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { connect } from 'node:net'
import type { Duplex } from 'node:stream'
import { StartFailure } from '../platform/config/start-failure.ts'
import { isLocalName } from '../platform/net/client-address.ts'
import { freePort } from '../platform/net/ports.ts'

/** Where the page itself listens. */
export interface Hidden {
  host: string
  port: number
}

/** Closes at once, open connections included. */
export interface LocalGate {
  close(): void
}

/**
 * A place for the page itself that no web page finds by trying: a random one of the 16 million addresses that Linux has
 * for loopback, and a random port; elsewhere only the port is.
 */
export async function hiddenPlace(): Promise<Hidden> {
  const part = () => randomInt(1, 255)
  const host = `127.${part()}.${part()}.${part()}`
  try {
    return { host, port: await freePort(host) }
  } catch {
    return { host: '127.0.0.1', port: await freePort() }
  }
}

/** Whether the call was made to a name of this machine, and by a page of the same origin if by a page at all. */
function isLocal({ headers: { host = '', origin } }: IncomingMessage): boolean {
  return isLocalName(host) && (origin === undefined || origin.toLowerCase() === `http://${host.toLowerCase()}`)
}

const refusal = 'This page answers to http://localhost only, and to no other page.\n'

/**
 * Lets calls to 127.0.0.1:`port` through to `target`, WebSockets included; others get 403.
 * @throws StartFailure when nothing can listen there
 */
export async function openLocalGate({ port, target }: { port: number; target: Hidden }): Promise<LocalGate> {
  const server = createServer((req, res) => (isLocal(req) ? pass(req, res, target) : refuse(res)))
  const upgraded = new Set<Duplex>()
  server.on('upgrade', (req: IncomingMessage, socket: Duplex, head: Buffer) => {
    upgraded.add(socket)
    socket.once('close', () => upgraded.delete(socket)).once('error', () => socket.destroy())
    if (isLocal(req)) passUpgrade(req, { socket, head }, target)
    else socket.end(`HTTP/1.1 403 Forbidden\r\nconnection: close\r\ncontent-type: text/plain\r\n\r\n${refusal}`)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) =>
      reject(new StartFailure(`Port ${port} on 127.0.0.1 is taken or not allowed.`, { cause })),
    )
    server.listen(port, '127.0.0.1', resolve)
  })
  return {
    close() {
      server.close()
      server.closeAllConnections()
      for (const socket of upgraded) socket.destroy()
    },
  }
}

function refuse(res: ServerResponse): void {
  res.writeHead(403, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' }).end(refusal)
}

function pass(req: IncomingMessage, res: ServerResponse, target: Hidden): void {
  const { method, url: path } = req
  const onward = request({ ...target, method, path, headers: req.rawHeaders as never }, (answer) => {
    res.writeHead(answer.statusCode ?? 502, answer.rawHeaders)
    answer.pipe(res)
  })
  onward.once('error', () => (res.headersSent ? res.destroy() : res.writeHead(502).end()))
  res.once('close', () => onward.destroy())
  req.pipe(onward)
}

/** From then on both sides speak as they like. */
function passUpgrade(req: IncomingMessage, { socket, head }: { socket: Duplex; head: Buffer }, target: Hidden): void {
  const onward = connect(target, () => {
    const lines = [`${req.method} ${req.url} HTTP/1.1`]
    for (let index = 0; index < req.rawHeaders.length; index += 2)
      lines.push(`${req.rawHeaders[index]}: ${req.rawHeaders[index + 1]}`)
    onward.write(`${lines.join('\r\n')}\r\n\r\n`)
    onward.write(head)
    socket.pipe(onward).pipe(socket)
  })
  onward.once('error', () => socket.destroy()).once('close', () => socket.destroy())
  socket.once('close', () => onward.destroy())
}
