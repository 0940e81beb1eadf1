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

/**
 * Before anything is known of the caller: reads JSON, and refuses what the route does not take. Files are read later.
 * @throws DomainError `unsupported_media_type`, or `payload_too_large` for a file that is said to be
 */
export function bodyReader({ file, method }: RouteDefinition): RequestHandler {
  const contentType = file?.contentType ?? 'application/json'
  return (req, res, next) => {
    if (method !== 'get' && hasBody(req) && !req.is(contentType))
      throw new DomainError('unsupported_media_type', `Send the body as ${contentType}.`)
    if (!file) return readJson(req, res, next)
    if (Number(req.headers['content-length'] ?? 0) > file.limitBytes) throw tooLarge(file.limitBytes)
    next()
  }
}

/** Reads the file into `req.body`: for callers who may send one. @throws DomainError `payload_too_large` */
export async function readFile(
  { contentType, limitBytes }: NonNullable<RouteDefinition['file']>,
  req: Request,
  res: Response,
): Promise<void> {
  const read = express.raw({ type: contentType, limit: limitBytes })
  const error = await new Promise<(Error & { type?: string }) | undefined>((resolve) => read(req, res, resolve))
  if (error?.type === 'entity.too.large') throw tooLarge(limitBytes)
  if (error) throw error
}
