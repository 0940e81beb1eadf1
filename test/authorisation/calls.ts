/** How a route is called so that it would do something, and so that it says only whether its caller is let in. */
import type { Answer, Client } from '../support/client.ts'
import { unique } from '../support/directory.ts'
import type { Row } from './matrix.ts'
import type { Scene } from './scene.ts'

const kindOf: Record<string, keyof Scene> = {
  'access-requests': 'request',
  grants: 'grant',
  catalog: 'flow',
  'approval-flows': 'flow',
  users: 'user',
  'user-groups': 'group',
  applications: 'application',
  connectors: 'connector',
  'people-sources': 'source',
  views: 'view',
  'api-tokens': 'token',
  me: 'session',
  'directory-insights': 'event',
}

/** The path with what the scene has in place of its parameters. */
export function pathIn(scene: Scene, { path }: Row): string {
  const [, first = ''] = path.split('/')
  const id = scene[kindOf[first] ?? 'user']
  const others: Record<string, string> = { userId: scene.user, credentialId: scene.token, token: 'no-such-link' }
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => (name === 'id' ? id : (others[name] ?? id)))
}

const aDraft = ({ group }: Scene) => ({
  name: unique('Flow'),
  groupId: group,
  approvalType: 'automatic',
  approvers: [],
})

/** Bodies that would do something, of the routes that take one. */
const bodies: Record<string, (scene: Scene) => unknown> = {
  'post /api-tokens': () => ({ name: 'Taken' }),
  'post /me/password': () => ({ currentPassword: 'not the password', newPassword: 'another good password' }),
  'post /session/confirmation': () => ({ password: 'not the password' }),
  'post /access-requests': ({ flow }) => ({ approvalFlowId: flow, reason: 'Me too' }),
  'post /access-requests/bulk': ({ request }) => ({ action: 'grant', ids: [request] }),
  'post /access-requests/{id}/deny': () => ({ reason: 'No' }),
  'post /access-requests/{id}/decisions': () => ({ decision: 'approve' }),
  'post /grants/{id}/extend': () => ({ until: new Date(Date.now() + 864e5).toISOString() }),
  'post /approval-flows': aDraft,
  'put /approval-flows/{id}': aDraft,
  'post /approval-flows/preview': aDraft,
  'post /users': () => ({
    name: 'Puppet',
    email: `${unique('puppet').replace(' ', '.')}@example.test`,
    roles: ['admin'],
  }),
  'patch /users/{id}': () => ({ roles: ['admin'] }),
  'post /user-groups': () => ({ name: unique('Group') }),
  'patch /user-groups/{id}': () => ({ name: unique('Group') }),
  'post /applications': () => ({ name: unique('App'), url: 'https://app.example.test' }),
  'patch /applications/{id}': () => ({ name: unique('App') }),
  'post /connectors': () => ({ name: unique('CRM'), url: 'https://crm.example.test' }),
  'patch /connectors/{id}': () => ({ name: unique('CRM') }),
  'post /people-sources': () => ({ name: unique('Source'), kind: 'scim' }),
  'put /people-sources/{id}/ldap': () => ({
    settings: { directory: 'openldap', url: 'ldaps://ldap.example.test', bindDn: 'cn=x', peopleBase: 'dc=x' },
    bindPassword: 'secret',
  }),
  'patch /people-sources/{id}': () => ({ name: unique('Source') }),
  'post /views': () => ({ name: unique('View'), search: { status: 'error' }, shared: true }),
  'put /views/{id}': () => ({ name: unique('View'), search: {}, shared: false }),
  'put /me/default-view': ({ view }) => ({ viewId: view }),
  'put /me/preferences': () => ({ language: 'de' }),
  'put /settings': () => ({ requestsPerHour: 1 }),
}

/** Whose rights hang on the object as well as on the caller: there a call only tells when it is really made. */
export const hangsOnObject = ({ method, path }: Row) =>
  method !== 'get' &&
  (path.startsWith('/access-requests/{id}/') || ['/api-tokens/{id}', '/me/sessions/{id}', '/views/{id}'].includes(path))

/** As somebody would who wants it done. */
export async function callFor(client: Client, row: Row, scene: Scene): Promise<Answer> {
  const body = bodies[`${row.method} ${row.path}`]?.(scene)
  // A live view never ends; asked for its head it answers as it would begin.
  const method = row.path.endsWith('/stream') ? 'HEAD' : row.method.toUpperCase()
  return client.send(method, pathIn(scene, row), body === undefined ? {} : { body })
}

/** Asks for the impossible where that is refused only after the caller was let in, so that nothing is done. */
export async function callOnly(client: Client, row: Row, scene: Scene): Promise<Answer> {
  if (row.method === 'get' || hangsOnObject(row)) return callFor(client, row, scene)
  return client.send(row.method.toUpperCase(), pathIn(scene, row), { body: { noSuchField: true } })
}

/** To be asked for the password once more is no refusal. */
export function outcomeOf({ status, body }: Answer): string {
  if (![401, 403, 404].includes(status)) return status < 500 ? '+' : String(status)
  return body?.code === 'fresh_sign_in_required' ? '+' : String(status)
}
