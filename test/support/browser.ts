/** As much of a browser as signing in takes: cookies of each origin, redirects, forms. */

export interface Page {
  url: URL
  status: number
  text: string
  headers: Headers
}

interface Going {
  /** Sent as a form. */
  form?: Record<string, string>
  /** Ends before an address for which this is true, which is then the page's, with status 0. */
  until?: (url: URL) => boolean
}

export type Browser = ReturnType<typeof createBrowser>

export function createBrowser() {
  const jars = new Map<string, Map<string, string>>()

  function jarOf({ origin }: URL): Map<string, string> {
    const jar = jars.get(origin) ?? new Map<string, string>()
    jars.set(origin, jar)
    return jar
  }

  function keep(url: URL, headers: Headers): void {
    for (const line of headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (/max-age=0|expires=Thu, 01 Jan 1970/i.test(line)) jarOf(url).delete(name)
      else jarOf(url).set(name, value)
    }
  }

  async function step(url: URL, form: Record<string, string> | undefined) {
    const cookie = [...jarOf(url)].map((pair) => pair.join('=')).join('; ')
    const response = await fetch(url, {
      method: form ? 'POST' : 'GET',
      redirect: 'manual',
      headers: cookie ? { cookie } : {},
      ...(form ? { body: new URLSearchParams(form) } : {}),
    })
    keep(url, response.headers)
    return response
  }

  async function go(address: string | URL, { form, until = () => false }: Going = {}): Promise<Page> {
    let url = new URL(address)
    let body = form
    for (let hops = 0; hops < 20; hops++) {
      if (until(url)) return { url, status: 0, text: '', headers: new Headers() }
      const response = await step(url, body)
      const location = response.headers.get('location')
      if (!location || response.status < 300 || response.status > 399)
        return { url, status: response.status, text: await response.text(), headers: response.headers }
      await response.body?.cancel()
      url = new URL(location, url)
      body = undefined
    }
    throw new Error(`too many redirects, the last one to ${url.href}`)
  }

  return {
    go,
    cookies: (origin: string) => jarOf(new URL(origin)),
    cookieHeader: (origin: string) => [...jarOf(new URL(origin))].map((pair) => pair.join('=')).join('; '),
  }
}
