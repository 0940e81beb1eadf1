/**
 * How far a call is that takes long, for callers who ask for it by `Accept: application/x-ndjson`: a line of JSON each
 * time, and at the end one with the status and the body that others get as the answer.
 */
import type { Request, Response } from 'express'

const contentType = 'application/x-ndjson'
const streams = new WeakSet<Response>()

/** @returns tells the caller; nothing happens when they have not asked for it */
export function progressOf(req: Request, res: Response): (progress: object) => void {
  if (!req.headers.accept?.includes(contentType)) return () => {}
  return (progress) => {
    if (!res.headersSent) {
      streams.add(res)
      // Compressed, the lines would be kept back until there are enough of them.
      res.status(200).setHeader('Content-Type', contentType).setHeader('Cache-Control', 'no-store, no-transform')
    }
    if (!res.destroyed) res.write(`${JSON.stringify(progress)}\n`)
  }
}

/** Ends with the answer. @returns false when the caller was told of no progress: it is answered as any other */
export function endProgress(res: Response, { status, body }: { status: number; body?: unknown }): boolean {
  if (!streams.has(res)) return false
  res.end(`${JSON.stringify({ status, body })}\n`)
  return true
}
