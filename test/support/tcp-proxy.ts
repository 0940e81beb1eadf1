/** A TCP proxy that can be cut: what is behind it is away for those who come through it. */
import { once } from 'node:events'
import type { AddressInfo, Socket } from 'node:net'
import { connect, createServer } from 'node:net'

export interface TcpProxy {
  port: number
  /** Ends every connection; new ones are ended at once. */
  cut(): void
  restore(): void
  /** Ends every connection; new ones go through. `abruptly`: by a reset, as when the other side has been killed. */
  drop(how?: 'politely' | 'abruptly'): void
  /** Ends, once, the connection on which a client sends this text; the text does not arrive. */
  dropOn(text: string): void
  /** Ends, once, the connection on which so many bytes have been answered. */
  dropAfter(bytes: number): void
  close(): Promise<void>
}

export async function startTcpProxy(target: { host: string; port: number }): Promise<TcpProxy> {
  const sockets = new Set<Socket>()
  let isCut = false
  let deadly: string | undefined
  let left = Number.POSITIVE_INFINITY
  const server = createServer((inner) => {
    if (isCut) return inner.destroy()
    const outer = connect(target.port, target.host)
    for (const [one, other] of [
      [inner, outer],
      [outer, inner],
    ] as const) {
      sockets.add(one)
      one.on('error', () => undefined)
      one.on('close', () => {
        sockets.delete(one)
        other.destroy()
      })
    }
    outer.pipe(inner)
    outer.on('data', (chunk: Buffer) => {
      left -= chunk.length
      if (left > 0) return
      left = Number.POSITIVE_INFINITY
      inner.destroy()
    })
    inner.on('data', (chunk: Buffer) => {
      if (deadly === undefined || !chunk.includes(deadly)) return outer.write(chunk)
      deadly = undefined
      inner.destroy()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const drop = (how: 'politely' | 'abruptly' = 'politely') => {
    for (const socket of sockets) {
      if (how === 'politely') socket.destroy()
      else socket.resetAndDestroy()
    }
  }
  const cut = () => {
    isCut = true
    drop()
  }

  return {
    port: (server.address() as AddressInfo).port,
    cut,
    dropAfter: (bytes) => {
      left = bytes
    },
    restore: () => {
      isCut = false
    },
    drop,
    dropOn: (text) => {
      deadly = text
    },
    close: async () => {
      cut()
      server.close()
      await once(server, 'close')
    },
  }
}
