/** A real HTTP server with logos, and with much that is none. */
import type { RequestListener } from 'node:http'
import { startWebhookTarget, type WebhookTarget } from '../connectors/webhook-target.ts'

export const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=',
  'base64',
)
export const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
/** Bytes of the biggest logo there may be. */
export const largest = 256 * 1024

const answering =
  (type: string, body: string | Buffer, more: Record<string, string> = {}): RequestListener =>
  (_, response) =>
    response.writeHead(200, { 'content-type': type, ...more }).end(body)

const answers: Record<string, RequestListener> = {
  '/logo.png': answering('image/png', png),
  '/logo.svg': answering('Image/SVG+XML; charset=utf-8', svg),
  '/largest.webp': answering('image/webp', Buffer.alloc(largest)),
  '/page.html': answering('text/html', '<h1>Hello</h1>'),
  '/untyped': (_, response) => response.end(png),
  '/empty.png': answering('image/png', ''),
  '/packed.svg': answering('image/svg+xml', svg, { 'content-encoding': 'gzip' }),
  '/huge.png': answering('image/png', Buffer.alloc(largest + 1)),
  '/endless.png': (_, response) => {
    response.writeHead(200, { 'content-type': 'image/png' })
    const more = () => response.write(Buffer.alloc(64 * 1024), (error) => error ?? more())
    more()
  },
  '/moved.png': (_, response) => response.writeHead(302, { location: '/logo.png' }).end(),
  '/gone.png': (_, response) => response.writeHead(410, { 'content-type': 'image/png' }).end(png),
  '/cut.png': (_, response) => {
    response.writeHead(200, { 'content-type': 'image/png', 'content-length': '100' })
    response.write('half', () => response.destroy())
  },
  '/silent.png': () => undefined,
  '/stalling.png': (_, response) => response.writeHead(200, { 'content-type': 'image/png' }).write('half'),
}

/** Its `calls` count what was asked for, by path. */
export function startLogoHost(): Promise<WebhookTarget> {
  return startWebhookTarget((request, response) => answers[request.url ?? '']?.(request, response))
}
