/** Where somebody goes on after signing in: only ever an address of ours. */

const longest = 2000

/**
 * The path when it is one of ours (`/…`, not `//…` or `/\…`, and not a sign-in), else `/`.
 * @param publicUrl base of the service, against which it is read as a browser would
 */
export function nextAddress(text: unknown, publicUrl: string): string {
  if (typeof text !== 'string' || text.length > longest || !/^\/(?![/\\])[^\p{Cc}\\]*$/u.test(text)) return '/'
  if (!URL.canParse(text, publicUrl)) return '/'
  const url = new URL(text, publicUrl)
  const isOurs = url.origin === new URL(publicUrl).origin && !url.pathname.startsWith('//')
  return isOurs && !url.pathname.startsWith('/auth/') ? url.pathname + url.search + url.hash : '/'
}
