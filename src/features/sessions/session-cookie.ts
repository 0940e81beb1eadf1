/** The cookies of a browser: its session, by what it is known after that, and a sign-in that is under way elsewhere. */
import { parseCookie, stringifySetCookie } from 'cookie'

export interface TokenCookie {
  /** The token in a Cookie header, or nothing. */
  read(header: string | undefined): string | undefined
  set(token: string, maxAgeSeconds: number): string
  clear(): string
}

const tokenPattern = /^[A-Za-z0-9_-]{43}$/

/** Behind https the cookie is Secure and bound to the host by its name. */
function createCookie(publicUrl: string, kind: 'session' | 'device' | 'sign_in'): TokenCookie {
  const isSecure = publicUrl.startsWith('https:')
  const name = `${isSecure ? '__Host-' : ''}gatehouse_${kind}`
  const options = { path: '/', httpOnly: true, sameSite: 'lax', secure: isSecure } as const
  return {
    read(header) {
      const value = parseCookie(header ?? '')[name]
      return value && tokenPattern.test(value) ? value : undefined
    },
    set: (token, maxAge) => stringifySetCookie(name, token, { ...options, maxAge }),
    clear: () => stringifySetCookie(name, '', { ...options, maxAge: 0 }),
  }
}

export const createSessionCookie = (publicUrl: string): TokenCookie => createCookie(publicUrl, 'session')

/** Opens nothing by itself: it tells that somebody has signed in from this browser before. */
export const createDeviceCookie = (publicUrl: string): TokenCookie => createCookie(publicUrl, 'device')

/** Shows that a sign-in at the identity provider was begun in this browser. */
export const createSignInCookie = (publicUrl: string): TokenCookie => createCookie(publicUrl, 'sign_in')
