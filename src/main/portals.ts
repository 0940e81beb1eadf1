/** Serves the built portals: hashed assets for ever, pages never cached, every page address answered by the one document. */

import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import express, { Router } from 'express'
import { portalPolicy } from '../platform/http/security-headers.ts'

const folder = fileURLToPath(new URL('../web', import.meta.url))

/** Nothing when the portals are not built, as in `npm run dev`, where Vite serves them. */
export function portals(root: string = folder): Router | undefined {
  const page = join(root, 'index.html')
  if (!existsSync(page)) return undefined
  const document = readFileSync(page, 'utf8')
  const router = Router()
  router.use(
    '/assets',
    express.static(join(root, 'assets'), { immutable: true, maxAge: '1y', index: false, redirect: false }),
  )
  router.use(express.static(root, { index: false, redirect: false, maxAge: '1h' }))
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
