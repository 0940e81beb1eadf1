/** No URL that the service takes may hold a user name or password: everybody who sees it would see them. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestApp } from '../support/app.ts'
import { startTestApp } from '../support/app.ts'
import type { Client } from '../support/client.ts'
import { aFlow, aGroup, anApplication, unique } from '../support/directory.ts'

let app: TestApp
let admin: Client
let groupId: string
let existing: { flow: string; application: string }

beforeAll(async () => {
  app = await startTestApp()
  admin = await app.signIn()
  groupId = (await aGroup(admin)).id
  existing = { flow: (await aFlow(admin, { groupId })).id, application: (await anApplication(admin)).id }
})
afterAll(() => app.close())

const fields: [string, string, (url: string) => Promise<{ status: number; body: unknown }>][] = [
  ['of a new flow', 'logoUrl', (logoUrl) => admin.post('/approval-flows', { ...aDraft(), logoUrl })],
  ['of a flow', 'logoUrl', (logoUrl) => admin.put(`/approval-flows/${existing.flow}`, { ...aDraft(), logoUrl })],
  ['of a new application', 'url', (url) => admin.post('/applications', { name: unique('App'), url })],
  ['of an application', 'url', (url) => admin.patch(`/applications/${existing.application}`, { url })],
  ['of an application', 'logoUrl', (logoUrl) => admin.patch(`/applications/${existing.application}`, { logoUrl })],
  ['of a new connector', 'url', (url) => admin.post('/connectors', { name: unique('Connector'), url })],
]

function aDraft() {
  return { name: unique('Flow'), approvalType: 'manual', approvers: [{ kind: 'administrator' }], groupId }
}

const addresses = [
  'https://user:hunter2@example.com/x.png',
  'https://user@example.com',
  'https://:hunter2@example.com',
  'https://@example.com',
  'https:user:hunter2@example.com',
  'https:\\\\user:hunter2@example.com',
  ' ht\ntps://user:hunter2@example.com',
]

describe.each(fields)('%s the %s', (_, field, send) => {
  test.each(addresses)('is not %j', async (url) => {
    const { status, body } = await send(url)

    expect([status, body]).toMatchObject([
      422,
      {
        errors: [
          {
            path: field,
            message: expect.stringContaining('must not hold a user name or password'),
            code: 'credentials_in_url',
          },
        ],
      },
    ])
    expect(JSON.stringify(body)).not.toContain('hunter2')
  })

  test('may hold an @ behind the host', async () => {
    expect((await send('https://example.com/@someone?mail=a@example.com')).status).toBeLessThan(300)
  })
})

test('what is no web address at all is refused as such', async () => {
  const answer = await admin.post('/applications', { name: unique('App'), url: 'user:pw@host' })

  expect([answer.status, answer.body.errors]).toEqual([
    422,
    [{ path: 'url', message: 'must be an http or https address', code: 'invalid_format', params: { format: 'url' } }],
  ])
})
