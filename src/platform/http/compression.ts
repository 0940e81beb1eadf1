/** Compresses what is read, on the fly. */
import { constants } from 'node:zlib'
import compression from 'compression'
import type { Request, RequestHandler, Response } from 'express'

/**
 * Answers to GET of 1 kB and more, by brotli or gzip as the client takes it, quickly: the levels that are usual elsewhere
 * take twice the time of lists for a tenth of their size. Not streams of events, which have to arrive at
 * once; and nothing that holds a secret beside text that others may have chosen, whose length would tell of the secret
 * (BREACH): such answers carry `Cache-Control: no-transform`, and whatever makes a secret is a write.
 */
export function compressed(): RequestHandler {
  return compression({ filter: isWorthIt, level: 3, brotli: { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } } })
}

function isWorthIt(req: Request, res: Response): boolean {
  const isStream = String(res.getHeader('Content-Type')).startsWith('text/event-stream')
  return req.method === 'GET' && !isStream && compression.filter(req, res)
}
