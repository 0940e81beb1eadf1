/** A real HTTP server that plays the other system. */
import { once } from 'node:events'
import type { IncomingHttpHeaders, RequestListener } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Call {
  method: string
  path: string
  headers: IncomingHttpHeaders
  body: string
}

export interface WebhookTarget {
  url: string
  port: number
  calls: Call[]
  close(): Promise<void>
}

/** `answer` runs when the whole body has been read; without it the target answers 204. */
export async function startWebhookTarget(
  answer: RequestListener = (_, response) => response.writeHead(204).end(),
): Promise<WebhookTarget> {
  const calls: Call[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8')
    request.on('data', (chunk: string) => {
      body += chunk
    })
    request.on('end', () => {
      calls.push({ method: request.method ?? '', path: request.url ?? '', headers: request.headers, body })
      answer(request, response)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo

  return {
    url: `http://127.0.0.1:${port}/hook`,
    port,
    calls,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
