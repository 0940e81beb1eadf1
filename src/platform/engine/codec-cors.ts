/** Lets the Temporal UI, and no other page, ask our codec server from the browser. */
import type { RequestHandler } from 'express'
import { basePath } from '../http/schemas.ts'

const paths = new Set(['decode', 'encode'].map((verb) => `${basePath}/temporal/codec/${verb}`))

/**
 * Only headers: who may decode is decided by the routes, as for every other call, and whoever is refused may read the
 * refusal.
 */
export function codecCors(temporalUiUrl: string | undefined): RequestHandler {
  const allowed = temporalUiUrl ? new URL(temporalUiUrl).origin : null
  return (req, res, next) => {
    if (!allowed || req.headers.origin !== allowed || !paths.has(req.path)) return next()
    res.setHeader('Access-Control-Allow-Origin', allowed)
    res.setHeader('Access-Control-Allow-Credentials', 'true')
    res.setHeader('Access-Control-Allow-Headers', 'content-type, authorization, x-namespace')
    res.setHeader('Access-Control-Allow-Methods', 'POST')
    res.setHeader('Vary', 'Origin')
    if (req.method === 'OPTIONS') res.status(204).end()
    else next()
  }
}
