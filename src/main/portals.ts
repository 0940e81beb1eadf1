/** Serves the built portals: hashed assets for ever, pages never cached, every page address answered by the one document. */

import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Router } from 'express'
import expressStaticGzip from 'express-static-gzip'
import { dropPageHeaders, portalPolicy } from '../platform/http/security-headers.ts'

const folder = fileURLToPath(new URL('../web', import.meta.url))

/** Made by the build, beside the files. */
const compressedCopies = { index: false, enableBrotli: true, orderPreference: ['br', 'gz'] }

/** Nothing when the portals are not built, as in `npm run dev`, where Vite serves them. */
export function portals(root: string = folder): Router | undefined {
  const page = join(root, 'index.html')
  if (!existsSync(page)) return undefined
  const document = readFileSync(page, 'utf8')
  const router = Router()
  router.use(
    '/assets',
    expressStaticGzip(join(root, 'assets'), {
      ...compressedCopies,
      serveStatic: { immutable: true, maxAge: '1y', redirect: false, setHeaders: dropPageHeaders },
    }),
  )
  router.use(expressStaticGzip(root, { ...compressedCopies, serveStatic: { redirect: false, maxAge: '1h' } }))
  router.use((_req, res, next) => {
    // A file that an update has removed since: what is answered instead is not compressed.
    res.removeHeader('Content-Encoding')
    next()
  })
  router.get(/^\/(?!api\/|assets\/)/, (req, res, next) => {
    if (!req.accepts('html')) return next()
    const nonce = randomBytes(18).toString('base64')
    portalPolicy(nonce)(req, res, () => {
      res.setHeader('Cache-Control', 'no-store')
      res.type('html').send(document.replaceAll('__CSP_NONCE__', nonce))
    })
  })
  return router
}
