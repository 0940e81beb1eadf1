/** OpenAPI 3.1 from the schemas that validate. */
import { z } from 'zod'
import type { ZodOpenApiPathsObject } from 'zod-openapi'
import { createDocument } from 'zod-openapi'
import { abilities } from '../../domain/abilities.ts'
import type { ResponseDefinition, RouteDefinition } from './route.ts'
import { basePath, problemSchema } from './schemas.ts'

const refusals: Record<number, string> = {
  401: 'Not signed in',
  403: 'Not yours to do',
  404: 'Does not exist, or not for you',
  409: 'Conflicts with the state; `current` names it',
  413: 'Body too large',
  415: 'Body is not JSON',
  422: 'Bad input; `errors` names the fields',
  429: 'Too many requests; see Retry-After',
  503: 'Database, engine or connected system away, or no answer in time; see Retry-After',
}

function refusalsOf(definition: RouteDefinition): number[] {
  const isPublic = abilities[definition.ability].who === 'anyone'
  const isWrite = definition.method !== 'get'
  return [
    // Also where anyone may call: a bearer token that does not count is never taken for nobody.
    401,
    // Writes are refused to pages of other sites, whoever calls.
    ...(isPublic && !isWrite ? [] : [403]),
    404,
    ...(isWrite ? [400, 409, 413, 415] : []),
    422,
    ...(definition.documents429 ? [429] : []),
    503,
  ]
}

function operationId(definition: RouteDefinition): string {
  const words = definition.path
    .split('/')
    .filter(Boolean)
    .map((part) => part.replaceAll(/[{}]/g, ''))
  return [definition.method, ...words].join('-').replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
}

const callers = { anyone: 'Anyone', user: 'Whoever is signed in', administrator: 'Administrators' } as const

function callersOf({ ability }: RouteDefinition): string {
  const { who, scope } = abilities[ability]
  return scope ? `${callers[who]}; a token needs the scope \`${scope}\`.` : `${callers[who]}.`
}

const idempotencyHeader = z.object({
  'Idempotency-Key': z
    .string()
    .regex(/^[\x21-\x7e]{1,200}$/)
    .optional()
    .meta({
      description:
        'The same key, caller and body give the same answer for 24 hours, also when they come at the same time; another body is refused with 422. After 202 or 503 the same key asks again, and does nothing twice.',
    }),
})

/** Keys belong to a caller: where there is none yet they count for nothing. */
function takesKey({ method, ability }: RouteDefinition): boolean {
  return method === 'post' && abilities[ability].who !== 'anyone'
}

function freshnessOf({ fresh = false }: RouteDefinition): string | null {
  if (!fresh) return null
  const when = typeof fresh === 'function' ? ' for some bodies' : ''
  return `Asks a browser session${when} for a password given within the last 5 minutes, else 403 \`fresh_sign_in_required\`: then POST /session/confirmation.`
}

function descriptionOf(definition: RouteDefinition): string {
  const ignoresKey = definition.method === 'post' && !takesKey(definition)
  const key = 'An Idempotency-Key is ignored: there is no caller yet to whom it could belong.'
  return [callersOf(definition), freshnessOf(definition), ignoresKey ? key : null].filter(Boolean).join(' ')
}

function contentOf(
  schema: ResponseDefinition['schema'],
  contentType: ResponseDefinition['contentType'] = 'application/json',
) {
  return Object.fromEntries([contentType].flat().map((one) => [one, schema ? { schema } : {}]))
}

function operationOf(definition: RouteDefinition) {
  const { params, query, body, file, responses } = definition
  const problem = (status: number) => ({
    description: refusals[status] ?? 'The request could not be read',
    content: { 'application/problem+json': { schema: problemSchema } },
  })
  return {
    operationId: operationId(definition),
    summary: definition.summary,
    tags: [definition.tag],
    description: descriptionOf(definition),
    'x-ability': definition.ability,
    ...(abilities[definition.ability].who === 'anyone' ? { security: [] } : {}),
    requestParams: {
      ...(params ? { path: params } : {}),
      ...(query ? { query } : {}),
      ...(takesKey(definition) ? { header: idempotencyHeader } : {}),
    },
    ...(body ? { requestBody: { content: { [file?.contentType ?? 'application/json']: { schema: body } } } } : {}),
    responses: {
      ...Object.fromEntries(refusalsOf(definition).map((status) => [status, problem(status)])),
      ...Object.fromEntries(
        Object.entries(responses).map(([status, { description, schema, contentType }]) => [
          status,
          {
            description,
            ...(schema || contentType ? { content: contentOf(schema, contentType) } : {}),
          },
        ]),
      ),
    },
  }
}

/** The document of all routes, as `/api/v1/openapi.json` serves it. */
export function describeApi(routes: readonly RouteDefinition[]) {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const definition of routes) {
    const path = paths[definition.path] ?? {}
    path[definition.method] = operationOf(definition)
    paths[definition.path] = path
  }
  return createDocument({
    openapi: '3.1.0',
    info: { title: 'Gatehouse', version: '1', description: 'Access requests: submitted, decided, given, taken away.' },
    servers: [{ url: basePath }],
    security: [{ session: [] }, { token: [] }],
    components: {
      securitySchemes: {
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'gatehouse_session',
          description: 'With X-CSRF-Token on writes',
        },
        token: { type: 'http', scheme: 'bearer', description: 'API token' },
      },
    },
    paths: paths as ZodOpenApiPathsObject,
  })
}
