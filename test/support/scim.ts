/** A client of SCIM, as an identity provider is one. */
import type { Client } from './client.ts'

const userSchema = 'urn:ietf:params:scim:schemas:core:2.0:User'
export const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'

export interface ScimAnswer {
  status: number
  headers: Headers
  // oxlint-disable-next-line typescript/no-explicit-any -- tests look into answers of every shape
  body: any
}

export type Provider = ReturnType<typeof createProvider>

let count = 0

export function createProvider(base: string, token: string | null) {
  async function send(
    method: string,
    path: string,
    { body, headers = {} }: { body?: unknown; headers?: Record<string, string> } = {},
  ): Promise<ScimAnswer> {
    const res = await fetch(`${base}/scim/v2${path}`, {
      method,
      headers: {
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/scim+json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await res.text()
    return { status: res.status, headers: res.headers, body: text === '' ? null : JSON.parse(text) }
  }

  const patch = (path: string, operations: unknown[], headers: Record<string, string> = {}) =>
    send('PATCH', path, {
      headers,
      body: { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations: operations },
    })

  const found = (path: string, filter: string) => send('GET', `${path}?filter=${encodeURIComponent(filter)}`)

  return {
    send,
    patch,
    get: (path: string) => send('GET', path),
    post: (path: string, body: unknown) => send('POST', path, { body }),
    put: (path: string, body: unknown, headers: Record<string, string> = {}) => send('PUT', path, { body, headers }),
    delete: (path: string) => send('DELETE', path),
    found,
    /** @throws when it is refused */
    async person(fields: Record<string, unknown> = {}) {
      count += 1
      const userName = `person.${count}@people.example.test`
      const answer = await send('POST', '/Users', { body: { schemas: [userSchema], userName, ...fields } })
      if (answer.status !== 201) throw new Error(`POST /Users answered ${JSON.stringify(answer)}`)
      return answer.body
    },
    /** @throws when it is refused */
    async group(fields: Record<string, unknown> = {}) {
      count += 1
      const answer = await send('POST', '/Groups', { body: { displayName: `Team ${count}`, ...fields } })
      if (answer.status !== 201) throw new Error(`POST /Groups answered ${JSON.stringify(answer)}`)
      return answer.body
    },
  }
}

/** A provider with a source and a token of its own. */
export async function aProvider(admin: Client, base: string, name: string) {
  const source = (await admin.post('/people-sources', { name, kind: 'scim' })).body
  const token = (await admin.post('/api-tokens', { name, scopes: ['scim'], sourceId: source.id })).body
  return { source, token, provider: createProvider(base, token.token) }
}
