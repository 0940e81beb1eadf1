/** What the OpenAPI document says of answers that are easily forgotten. */
import { expect, test } from 'vitest'
import { routeTable } from '../../scripts/lib/route-table.ts'
import { describeApi } from '../../src/platform/http/openapi.ts'

interface Described {
  responses: Record<string, { content?: Record<string, unknown> }>
}

const { paths = {} } = describeApi(await routeTable())
const operations = Object.entries(paths).flatMap(([path, methods]) =>
  Object.entries(methods as Record<string, Described>).map(([method, operation]) => ({ path, method, ...operation })),
)
const answersOf = (method: string, path: string) =>
  operations.find((one) => one.method === method && one.path === path)?.responses ?? {}

test('every route answers 401 to an ended bearer token, the public ones too', () => {
  expect(operations.filter(({ responses }) => !('401' in responses))).toEqual([])
})

test('every write is refused to pages of other sites', () => {
  expect(operations.filter(({ method, responses }) => method !== 'get' && !('403' in responses))).toEqual([])
})

test.each(['/access-requests/export', '/directory-insights/events/export'])('%s comes in two formats', (path) => {
  expect(Object.keys(answersOf('get', path)['200']?.content ?? {}).sort()).toEqual(['application/json', 'text/csv'])
})

test.each([
  ['post', '/session'],
  ['post', '/session/confirmation'],
  ['post', '/me/password'],
  ['post', '/access-requests'],
  ['get', '/access-requests/stream'],
  ['post', '/password-resets'],
  ['post', '/password-resets/{token}'],
  ['post', '/users'],
  ['patch', '/users/{id}'],
])('%s %s says that it is limited', (method, path) => {
  expect(answersOf(method, path)).toHaveProperty('429')
})
