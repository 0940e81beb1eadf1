/** The first steps with a new installation: each is done once what it asks for is there. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { mailTotals } from '../../src/platform/mail/mail.table.ts'
import type { TestApp } from '../support/app.ts'
import { startTestApp } from '../support/app.ts'
import type { Client } from '../support/client.ts'
import { aFlow, anApplication, aUser } from '../support/directory.ts'

let app: TestApp
let admin: Client

beforeAll(async () => {
  app = await startTestApp()
  admin = await app.signIn()
})

afterAll(() => app.close())

const done = async () => {
  const { status, body } = await admin.get('/setup')
  expect(status).toBe(200)
  return Object.keys(body).filter((step) => body[step])
}

test('each step is done once what it asks for is there', async () => {
  expect(await done()).toEqual(['password'])

  const settings = (await admin.get('/settings')).body
  await admin.put('/settings', { ...settings, companyName: 'Northwind' })
  expect(await done()).toEqual(['password', 'company'])
  await aUser(admin)
  await anApplication(admin)
  const flow = await aFlow(admin)
  expect(await done()).toEqual(['password', 'company', 'people', 'group', 'application', 'flow'])
  await app.superuser.update(mailTotals).set({ lastSentAt: new Date().toISOString() })
  expect(await done()).toContain('mail')
  await admin.post('/access-requests', { approvalFlowId: flow.id, reason: 'I need it.' })

  expect(await done()).toEqual(['password', 'company', 'people', 'group', 'application', 'flow', 'mail', 'request'])
})
