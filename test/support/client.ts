/** A small HTTP client that keeps its session: cookie and CSRF token. */
import { problemSchema } from '../../src/platform/http/schemas.ts'

export interface Answer {
  status: number
  headers: Headers
  /** Parsed JSON; the text when it is not JSON. */
  // oxlint-disable-next-line typescript/no-explicit-any -- tests look into answers of every shape
  body: any
}

async function contentOf(res: Response): Promise<unknown> {
  const text = await res.text()
  return text && /^application\/(?:problem\+)?json\b/.test(res.headers.get('content-type') ?? '')
    ? JSON.parse(text)
    : text
}

/** The contract, checked in every test: a 409 says what stood in the way. */
function refuseSilentConflict({ status, body }: Answer): void {
  if (status === 409 && typeof body?.current !== 'string')
    throw new Error(`a 409 without \`current\`: ${JSON.stringify(body)}`)
}

/** The contract, checked in every test: a problem has the shape of the documentation, and each field that is wrong a code. */
function refuseOtherProblems({ headers, body }: Answer): void {
  if (!headers.get('content-type')?.startsWith('application/problem+json')) return
  const { error } = problemSchema.safeParse(body)
  if (error) throw new Error(`an undocumented problem: ${JSON.stringify({ body, issues: error.issues })}`)
}

export type Client = ReturnType<typeof createClient>

export function createClient(base: string, { token }: { token?: string } = {}) {
  const cookies = new Map<string, string>()
  let csrfToken: string | undefined

  function headersOf(method: string, hasBody: boolean): Record<string, string> {
    return {
      ...(hasBody ? { 'content-type': 'application/json' } : {}),
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(cookies.size > 0 ? { cookie: [...cookies].map((pair) => pair.join('=')).join('; ') } : {}),
      ...(csrfToken && method !== 'GET' ? { 'x-csrf-token': csrfToken } : {}),
    }
  }

  function keep(line: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
    if (line.includes('Max-Age=0')) cookies.delete(name)
    else cookies.set(name, value)
  }

  /** `path` is below the base; `body` goes as JSON, text as it is; `headers` win over what the client would send. */
  async function send(
    method: string,
    path: string,
    { body, headers = {} }: { body?: unknown; headers?: Record<string, string> } = {},
  ): Promise<Answer> {
    const hasBody = body !== undefined
    const isAsItIs = typeof body === 'string' || body instanceof Blob
    const sent = isAsItIs ? body : JSON.stringify(body)
    const res = await fetch(`${base}/api/v1${path}`, {
      method,
      redirect: 'manual',
      headers: { ...headersOf(method, hasBody), ...headers },
      ...(hasBody ? { body: sent } : {}),
    })
    for (const line of res.headers.getSetCookie()) keep(line)
    const answer = { status: res.status, headers: res.headers, body: await contentOf(res) }
    refuseSilentConflict(answer)
    // The answer to HEAD has no body.
    if (method !== 'HEAD') refuseOtherProblems(answer)
    return answer
  }

  return {
    send,
    get: (path: string) => send('GET', path),
    post: (path: string, body: unknown = {}, headers: Record<string, string> = {}) =>
      send('POST', path, { body, headers }),
    /** The bytes as they are. */
    sendFile: (path: string, body: string | Blob, headers: Record<string, string>) =>
      send('POST', path, { body, headers }),
    put: (path: string, body: unknown = {}) => send('PUT', path, { body }),
    patch: (path: string, body: unknown = {}) => send('PATCH', path, { body }),
    delete: (path: string) => send('DELETE', path),
    /** Keeps the session for what follows. */
    async signIn(email: string, password: string, headers: Record<string, string> = {}): Promise<Answer> {
      const answer = await send('POST', '/session', { body: { email, password }, headers })
      if (answer.status === 200) csrfToken = answer.body.csrfToken
      return answer
    },
    /** The session's, as the browser would send it. */
    get cookie() {
      const found = [...cookies].find(([name]) => name.endsWith('gatehouse_session'))
      return found?.join('=')
    },
    get csrfToken() {
      return csrfToken
    },
  }
}
