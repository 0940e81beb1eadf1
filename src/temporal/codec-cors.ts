/** Lets the Temporal UI, and no other page, ask our codec server from the browser. */
import type { Request, RequestHandler, Response } from 'express'
import { basePath } from '../http/schemas.ts'

function isAnonymous(req: Request): boolean {
  return req.headers.cookie === undefined && req.headers.authorization === undefined
}

/**
 * Whoever shows no credentials sees payloads as they are stored: encrypted. The UI asks this way until its
 * "include cross-origin credentials" is switched on, and would show an error on every page if we refused.
 */
function unchanged(req: Request, res: Response): void {
  res.type('application/json')
  req.pipe(res)
}

export function codecCors(temporalUiUrl: string | undefined): RequestHandler {
  const allowed = temporalUiUrl ? new URL(temporalUiUrl).origin : null
  return (req, res, next) => {
    if (!allowed || req.headers.origin !== allowed || !req.path.startsWith(`${basePath}/temporal/codec/`)) return next()
    res.setHeader('Access-Control-Allow-Origin', allowed)
    res.setHeader('Access-Control-Allow-Credentials', 'true')
    res.setHeader('Access-Control-Allow-Headers', 'content-type, authorization, x-namespace')
    res.setHeader('Access-Control-Allow-Methods', 'POST')
    res.setHeader('Vary', 'Origin')
    if (req.method === 'OPTIONS') res.status(204).end()
    else if (isAnonymous(req)) unchanged(req, res)
    else next()
  }
}
