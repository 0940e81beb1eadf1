/** A call's path as logs and the audit log may hold it. */
import type { Request } from 'express'

/** Tokens of one-time links, which are part of the path. */
const linkToken = /(\/password-resets\/)[^/]+/gi

/** Without the query, where people search for names, and without the tokens of links. */
export function recordedPath({ originalUrl }: Pick<Request, 'originalUrl'>): string {
  return (originalUrl.split('?')[0] ?? '').replaceAll(linkToken, '$1[token]')
}
