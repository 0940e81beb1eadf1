/** What lets nobody in any more is removed some days later; what lets somebody in stays. */
import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { removeEndedCredentials } from '../../src/features/sessions/credentials.retention.repository.ts'
import { knownDevices } from '../../src/features/sessions/known-devices.table.ts'
import { passwordLinks } from '../../src/features/sessions/password-links.table.ts'
import { apiTokens, sessions } from '../../src/features/sessions/sessions.table.ts'
import type { TestApp } from '../support/app.ts'
import { startTestApp } from '../support/app.ts'
import type { Client } from '../support/client.ts'
import { aUser, password } from '../support/directory.ts'

let app: TestApp
let admin: Client
beforeAll(async () => {
  app = await startTestApp()
  admin = await app.signIn()
})
afterAll(() => app.close())

const daysAgo = (days: number) => sql`now() - make_interval(days => ${days})`

/** How many of each a user has. */
async function countsOf(userId: string) {
  const tables = [sessions, apiTokens, passwordLinks, knownDevices]
  return Promise.all(tables.map((table) => app.db.$count(table, eq(table.userId, userId))))
}

/** Somebody with one of each, all of which end at once. */
async function aPerson() {
  const { id, email } = await aUser(admin, { password })
  const client = await app.signIn(email, password)
  await client.post('/api-tokens', { name: 'Script' })
  await admin.post(`/users/${id}/password-reset`)
  return { id, client }
}

test('what ended 31 days ago goes with a limit of 30, with devices not seen for a year', async () => {
  const { id } = await aPerson()
  expect(await countsOf(id)).toEqual([1, 1, 1, 1])
  await app.db
    .update(sessions)
    .set({ lastSeenAt: daysAgo(31) })
    .where(eq(sessions.userId, id))
  await app.db
    .update(apiTokens)
    .set({ revokedAt: daysAgo(31) })
    .where(eq(apiTokens.userId, id))
  await app.db
    .update(passwordLinks)
    .set({ endedAt: daysAgo(31) })
    .where(eq(passwordLinks.userId, id))
  await app.db
    .update(knownDevices)
    .set({ signedInAt: daysAgo(366) })
    .where(eq(knownDevices.userId, id))

  const removed = await app.db.transaction((tx) => removeEndedCredentials(tx, 30))

  expect(removed).toBe(4)
  expect(await countsOf(id)).toEqual([0, 0, 0, 0])
})

test('what is good still, or ended 29 days ago, stays', async () => {
  const { id, client } = await aPerson()
  await app.db
    .update(apiTokens)
    .set({ revokedAt: daysAgo(29) })
    .where(eq(apiTokens.userId, id))
  await app.db
    .update(passwordLinks)
    .set({ endedAt: daysAgo(29) })
    .where(eq(passwordLinks.userId, id))

  expect(await app.db.transaction((tx) => removeEndedCredentials(tx, 30))).toBe(0)

  expect(await countsOf(id)).toEqual([1, 1, 1, 1])
  expect((await client.get('/me')).status).toBe(200)
})
