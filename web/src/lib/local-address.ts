/** Only addresses of this portal are followed after signing in. */

/** The address when it is a path of ours (`/…`, not `//…` or `/\…`), else nothing. */
export function localAddress(address: string | undefined): string | undefined {
  if (!address || !/^\/(?![/\\])/.test(address)) return undefined
  try {
    const url = new URL(address, window.location.origin)
    if (url.origin !== window.location.origin || url.pathname.startsWith('//')) return undefined
    return url.pathname + url.search + url.hash
  } catch {
    return undefined
  }
}
