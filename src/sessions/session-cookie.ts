/** The cookie of a browser session. */

export interface SessionCookie {
  /** The token in a Cookie header, or nothing. */
  read(header: string | undefined): string | undefined
  set(token: string, maxAgeSeconds: number): string
  clear(): string
}

const tokenPattern = /^[A-Za-z0-9_-]{43}$/

/** Behind https the cookie is Secure and bound to the host by its name. */
export function createSessionCookie(publicUrl: string): SessionCookie {
  const isSecure = publicUrl.startsWith('https:')
  const name = isSecure ? '__Host-gatehouse_session' : 'gatehouse_session'
  const attributes = `Path=/; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`
  return {
    read(header) {
      const values = (header ?? '').split(';').map((pair) => pair.trim())
      const value = values.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1)
      return value && tokenPattern.test(value) ? value : undefined
    },
    set: (token, maxAgeSeconds) => `${name}=${token}; Max-Age=${maxAgeSeconds}; ${attributes}`,
    clear: () => `${name}=; Max-Age=0; ${attributes}`,
  }
}
