/** Makes directory objects through the API; only what matters to a test is named. */
import { eq } from 'drizzle-orm'
import { peopleSources } from '../../src/features/directory/sources/sources.table.ts'
import { users } from '../../src/features/directory/users/users.table.ts'
import type { DbOrTx } from '../../src/platform/db/columns.ts'
import type { Client } from './client.ts'

let count = 0

/** A text that no other one is equal to. */
export function unique(text: string): string {
  count += 1
  return `${text} ${count}`
}

/** In tests one person asks more often than people do. */
export async function liftSubmissionLimits(admin: Client): Promise<void> {
  const { body: settings } = await admin.get('/settings')
  const answer = await admin.put('/settings', { ...settings, requestsPerHour: 0, requestsPerHourToFlow: 0 })
  if (answer.status !== 200) throw new Error(`PUT /settings answered ${answer.status}: ${JSON.stringify(answer.body)}`)
}

async function make(client: Client, path: string, body: Record<string, unknown>) {
  const answer = await client.post(path, body)
  if (answer.status !== 201) throw new Error(`POST ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`)
  return answer.body
}

export const password = 'correct horse battery'

export function aUser(client: Client, fields: Record<string, unknown> = {}) {
  const name = unique('User')
  const email = `${name.toLowerCase().replace(' ', '.')}@example.test`
  // Who is given a password in a test goes on with it.
  return make(client, '/users', {
    name,
    email,
    ...('password' in fields ? { mustChangePassword: false } : {}),
    ...fields,
  })
}

/** Somebody who comes from a source of that name. */
export async function aManagedUser(db: DbOrTx, client: Client, source = unique('Source')) {
  const user = await aUser(client)
  const [made] = await db.insert(peopleSources).values({ name: source, kind: 'scim' }).returning()
  const from = { sourceId: made?.id ?? null, externalId: user.id }
  await db.update(users).set(from).where(eq(users.id, user.id))
  return { ...user, ...from }
}

export function aGroup(client: Client, fields: Record<string, unknown> = {}) {
  return make(client, '/user-groups', { name: unique('Group'), ...fields })
}

export function anApplication(client: Client, fields: Record<string, unknown> = {}) {
  return make(client, '/applications', { name: unique('Application'), url: 'https://app.example.test', ...fields })
}

/** A manual flow decided by administrators, into a new group. */
export async function aFlow(client: Client, fields: Record<string, unknown> = {}) {
  const groupId = fields.groupId ?? (await aGroup(client)).id
  return make(client, '/approval-flows', {
    name: unique('Flow'),
    approvalType: 'manual',
    approvers: [{ kind: 'administrator' }],
    ...fields,
    groupId,
  })
}
