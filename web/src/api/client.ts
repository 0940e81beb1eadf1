/** The one way to the API: same origin, session cookie, CSRF token, and every refusal as an ApiProblem. */
import createFetchClient, { type Middleware } from 'openapi-fetch'
import createQueryClient from 'openapi-react-query'
import { noteAnswer, noteNoAnswer } from '../lib/connection.ts'
import { askToConfirm } from './confirmation.ts'
import { type ApiProblem, readProblem, toProblem } from './problem.ts'
import type { paths } from './schema.d.ts'
import { checkIdentity, endSession, getCsrfToken, learnSession, startSession } from './session-identity.ts'

export const apiBase = '/api/v1'

/** In every answer to a session: whose it is. */
const userHeader = 'X-Gatehouse-User'

let onSignedOut: () => void = () => {}

/** What to do when the session has ended while somebody works. */
export function whenSignedOut(listener: () => void): void {
  onSignedOut = listener
}

const factsOf = async (response: Response) => (await response.clone().json()) as Parameters<typeof learnSession>[0]

/** The service answers every call well before this; what takes longer was lost on the way. Milliseconds. */
const longestCallMs = 60_000

const send = (input: Request) =>
  fetch(input, { signal: AbortSignal.any([input.signal, AbortSignal.timeout(longestCallMs)]) })

/**
 * The token is stale when the session was renewed in another tab: learn the new one and try once more, as the same person.
 * So is a call that asks for a fresh sign-in, once the person has given their password.
 */
async function fetchWithToken(input: Request): Promise<Response> {
  const response = await sendSigned(input.clone())
  if (response.status !== 403 || input.method === 'GET') return response
  const problem = await readProblem(response.clone())
  if (!(await isOpenNow(problem))) return response
  return sendSigned(input)
}

function sendSigned(input: Request): Promise<Response> {
  const token = getCsrfToken()
  if (token && input.method !== 'GET') input.headers.set('X-CSRF-Token', token)
  return send(input)
}

/** Whether what was refused may be tried once more: with the token of now, or after the person has given their password. */
async function isOpenNow({ code }: ApiProblem): Promise<boolean> {
  if (code === 'fresh_sign_in_required') return askToConfirm()
  if (code !== 'csrf_token_invalid') return false
  const me = await fetch(`${apiBase}/me`)
  return me.ok && learnSession(await factsOf(me))
}

const askedAt = new Map<string, number>()

/** When a call was made; asked once, when it is over. */
function startOf(id: string): number {
  const start = askedAt.get(id) ?? 0
  askedAt.delete(id)
  return start
}

const middleware: Middleware = {
  onRequest({ id }) {
    askedAt.set(id, performance.now())
  },
  async onResponse({ id, response, schemaPath }) {
    noteAnswer(startOf(id))
    // The page is being loaded anew: what is somebody else's is not shown here.
    if (schemaPath !== '/session' && !checkIdentity(response.headers.get(userHeader))) return new Promise(() => {})
    if (!response.ok) {
      const problem = await readProblem(response)
      if (problem.status === 401) endSession()
      if (problem.status === 401 && schemaPath !== '/session' && schemaPath !== '/me') onSignedOut()
      throw problem
    }
    if (response.status === 200 && schemaPath === '/session') startSession(await factsOf(response))
    if (response.status === 200 && schemaPath === '/me') learnSession(await factsOf(response))
    return undefined
  },
  onError({ id, error }) {
    startOf(id)
    const problem = toProblem(error)
    // A page that was left asks no more: that says nothing about the service.
    const isGivenUp = error instanceof DOMException && error.name === 'AbortError'
    if (problem.status === 0 && !isGivenUp) noteNoAnswer()
    return problem
  },
}

function joinList(query: Record<string, unknown>): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === null || value === '') continue
    search.set(name, Array.isArray(value) ? value.join(',') : String(value as string | number | boolean))
  }
  return search.toString()
}

/** Query text as the API reads it: lists by comma, nothing for what is not set. */
export const querySerializer = joinList

export const client = createFetchClient<paths>({ baseUrl: apiBase, fetch: fetchWithToken, querySerializer })
client.use(middleware)

/** `$api.useQuery('get', '/users', { params: { query: { q } } })`: typed by the API's own description. */
export const $api = createQueryClient(client)

/** Asks whether service and session are still there; the connection banner and the way to the sign-in page follow from it. */
export async function probe(): Promise<void> {
  try {
    await client.GET('/me')
  } catch (error) {
    if (toProblem(error).status === 401) onSignedOut()
  }
}

/** For what no call of ours can be refused for, such as a download. False: the person does not want to give their password. */
export async function ensureFresh(): Promise<boolean> {
  const { data } = await client.GET('/me')
  return data?.fresh === true || askToConfirm()
}
