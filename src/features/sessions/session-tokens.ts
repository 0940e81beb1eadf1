/** Secrets of callers: made here, kept as SHA-256 only. Both are 256 random bits, so a plain hash is enough. */
import { createHash, createHmac, randomBytes } from 'node:crypto'

/** Marks API tokens, so that leaked ones can be searched for. */
export const apiTokenPrefix = 'ght_'

export function newSessionToken(): string {
  return randomBytes(32).toString('base64url')
}

export function newApiToken(): string {
  return apiTokenPrefix + randomBytes(32).toString('base64url')
}

export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

/** What X-CSRF-Token has to be: derived from the session's token, which other sites cannot read. */
export function csrfTokenOf(sessionToken: string): string {
  return createHmac('sha256', sessionToken).update('csrf').digest('base64url')
}
