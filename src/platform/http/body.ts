/** Bodies: JSON, or for a route that takes a file that file, as bytes. */
import type { Request, RequestHandler, Response } from 'express'
import express from 'express'
import { DomainError } from '../../domain/shared/errors.ts'
import type { RouteDefinition } from './route.ts'

const readJson = express.json({ limit: '256kb', strict: false })

export function hasBody(req: Request): boolean {
  return req.headers['transfer-encoding'] !== undefined || Number(req.headers['content-length'] ?? 0) > 0
}

const sizeOf = (bytes: number) => (bytes < 1e6 ? `${Math.round(bytes / 1000)} kB` : `${Math.round(bytes / 1e6)} MB`)

function tooLarge(limitBytes: number): DomainError {
  return new DomainError('payload_too_large', `The file is larger than ${sizeOf(limitBytes)}.`)
}

/** @throws DomainError `unsupported_media_type` */
function refuseOtherThan(contentType: string, req: Request): void {
  if (hasBody(req) && !req.is(contentType))
    throw new DomainError('unsupported_media_type', `Send the body as ${contentType}.`)
}

/**
 * Before anything is known of the caller: reads JSON, and refuses what is none. Of files nothing is looked at yet.
 * @throws DomainError `unsupported_media_type`
 */
export function bodyReader({ file, method }: RouteDefinition): RequestHandler {
  return (req, res, next) => {
    if (file) return next()
    if (method !== 'get') refuseOtherThan('application/json', req)
    readJson(req, res, next)
  }
}

/**
 * Reads the file into `req.body`: for callers who may send one.
 * @throws DomainError `unsupported_media_type`, or `payload_too_large` also before it is read, when it is said to be
 */
export async function readFile(
  { contentType, limitBytes }: NonNullable<RouteDefinition['file']>,
  req: Request,
  res: Response,
): Promise<void> {
  refuseOtherThan(contentType, req)
  if (Number(req.headers['content-length'] ?? 0) > limitBytes) throw tooLarge(limitBytes)
  const read = express.raw({ type: contentType, limit: limitBytes })
  const error = await new Promise<(Error & { type?: string }) | undefined>((resolve) => read(req, res, resolve))
  if (error?.type === 'entity.too.large') throw tooLarge(limitBytes)
  if (error) throw error
}
