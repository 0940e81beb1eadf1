/** Lists by name are sorted as people sort names, and their pages fit together in that order. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TestApp } from '../support/app.ts'
import { startTestApp } from '../support/app.ts'
import type { Client } from '../support/client.ts'
import { aFlow, aGroup, aUser } from '../support/directory.ts'

const names = ['Äpfel', 'apple', 'Banana', 'Evernote', 'eWeb', 'zebra', 'Zulu']

let app: TestApp
let admin: Client

beforeAll(async () => {
  app = await startTestApp()
  admin = await app.signIn()
  for (const name of names.toReversed()) {
    const group = await aGroup(admin, { name })
    await aFlow(admin, { name, groupId: group.id })
    await admin.post('/applications', { name, url: 'https://example.test', groupIds: [] })
    await aUser(admin, { name })
  }
})
afterAll(() => app.close())

async function everyName(path: string): Promise<string[]> {
  const found: string[] = []
  let cursor = ''
  do {
    const { body } = await admin.get(`${path}&limit=2${cursor && `&cursor=${encodeURIComponent(cursor)}`}`)
    found.push(...body.items.map(({ name }: { name: string }) => name))
    cursor = body.nextCursor ?? ''
  } while (cursor)
  return found.filter((name) => names.includes(name))
}

test.each(['/user-groups', '/approval-flows', '/applications', '/users', '/catalog'])('%s by name', async (path) => {
  expect(await everyName(`${path}?sort=name`)).toEqual(names)
  expect(await everyName(`${path}?sort=-name`)).toEqual(names.toReversed())
})
