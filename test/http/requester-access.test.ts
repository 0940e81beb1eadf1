import { eq } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RequestStatus } from '../../src/domain/request/record.ts'
import { submit } from '../../src/domain/request/submission.ts'
import { accessRequests } from '../../src/features/requests/requests.table.ts'
import type { TestApp } from '../support/app.ts'
import { startTestApp } from '../support/app.ts'
import type { Client } from '../support/client.ts'
import { aFlow, aGroup, anApplication, aUser, password } from '../support/directory.ts'
import { aGrantRow } from '../support/history.ts'

let app: TestApp
let admin: Client

beforeAll(async () => {
  app = await startTestApp()
  admin = await app.signIn()
})
afterAll(() => app.close())

type Person = { id: string; name: string; email: string }

/** A request of `requester` that waits for `approver`. @returns the address of what the requester has */
async function aRequestFor(requester: Person, approver: Person, status: RequestStatus = 'pending'): Promise<string> {
  const id = uuidv7()
  const now = new Date().toISOString()
  const approvers = [{ kind: 'user' as const, userId: approver.id }]
  const flow = await aFlow(admin, { approvers })
  const activated = (person: Person) => ({ ...person, activated: true })
  const { request } = submit(
    { id, flow: { ...flow, approvers }, reason: 'I am on call.', requestedDuration: null, expiry: 'P30D', now },
    {
      requester: { ...activated(requester), department: null, manager: null },
      rules: [{ found: true, name: approver.name, people: [activated(approver)] }],
    },
  )
  await app.db.insert(accessRequests).values({
    id,
    version: 1,
    status,
    queue: 'others',
    approvalType: 'manual',
    flowId: flow.id,
    flowName: flow.name,
    requesterId: requester.id,
    requesterName: requester.name,
    createdAt: now,
    updatedAt: now,
    record: { ...request, status },
  })
  return `/access-requests/${id}/requester-access`
}

async function rowOf(path: string) {
  const id = path.split('/')[2] ?? ''
  const [row] = await app.db.select().from(accessRequests).where(eq(accessRequests.id, id))
  if (!row) throw new Error(`there is no request ${id}`)
  return row
}

async function twoPeople() {
  const [requester, approver] = [await aUser(admin, { password }), await aUser(admin, { password })]
  return { requester, approver, asRequester: await app.signIn(requester.email, password), approverId: approver.id }
}

describe('what a requester already has', () => {
  test('its approver sees by name, with the end of what is timed', async () => {
    const { requester, approver } = await twoPeople()
    const always = await anApplication(admin, { groupIds: [(await aGroup(admin)).id], color: '#0f766e' })
    const timedFlow = await aFlow(admin)
    const timed = await anApplication(admin, { groupIds: [timedFlow.groupId] })
    await admin.put(`/user-groups/${always.groupIds[0]}/members/${requester.id}`)
    await aGrantRow(app.db, { flow: timedFlow, user: requester }, { expiresAt: '2099-01-01T00:00:00.000Z' })
    const path = await aRequestFor(requester, approver)

    const answer = await (await app.signIn(approver.email, password)).get(path)

    expect(answer.status).toBe(200)
    expect(answer.body).toEqual({
      held: null,
      applications: [
        { id: always.id, name: always.name, color: '#0f766e', logoUrl: null, until: null },
        { id: timed.id, name: timed.name, color: null, logoUrl: null, until: '2099-01-01T00:00:00.000Z' },
      ],
    })
    expect((await admin.get(path)).body).toEqual(answer.body)
  })

  test.each([
    ['until then', '2099-01-01T00:00:00.000Z'],
    ['for ever', null],
  ])('says that they have just this already, %s', async (_, expiresAt) => {
    const { requester, approver } = await twoPeople()
    const path = await aRequestFor(requester, approver)
    const { flowId } = await rowOf(path)
    const flow = (await admin.get(`/approval-flows/${flowId}`)).body
    await aGrantRow(app.db, { flow, user: requester }, { expiresAt })

    const { body } = await (await app.signIn(approver.email, password)).get(path)

    expect(body.held).toEqual({ since: '2026-01-01T00:00:00.000Z', until: expiresAt })
  })

  test('is not shown to the requester by this way', async () => {
    const { requester, approver, asRequester } = await twoPeople()

    const answer = await asRequester.get(await aRequestFor(requester, approver))

    expect([answer.status, answer.body.code]).toEqual([403, 'forbidden'])
  })

  test('does not exist for others', async () => {
    const { requester, approver } = await twoPeople()
    const other = await aUser(admin, { password })
    const path = await aRequestFor(requester, approver)

    const answer = await (await app.signIn(other.email, password)).get(path)

    expect([answer.status, answer.body.code]).toEqual([404, 'not_found'])
    expect((await app.client().get(path)).status).toBe(401)
  })

  test('is closed to its approver once the request is closed', async () => {
    const { requester, approver } = await twoPeople()
    const path = await aRequestFor(requester, approver, 'denied')

    expect((await (await app.signIn(approver.email, password)).get(path)).status).toBe(403)
    expect((await admin.get(path)).status).toBe(200)
  })

  test('needs the scope requests:read', async () => {
    const { requester, approver } = await twoPeople()
    const { token } = (await admin.post('/api-tokens', { name: 'Directory', scopes: ['directory:read'] })).body
    const path = await aRequestFor(requester, approver)

    expect((await app.client({ token }).get(path)).status).toBe(403)
  })
})

test('the department of a requester is that of now, in the request, the queue and the export', async () => {
  const { requester, approver } = await twoPeople()
  const [, , id] = (await aRequestFor(requester, approver)).split('/')
  const department = 'Moved to Harbour'
  await admin.patch(`/users/${requester.id}`, { department })
  const asApprover = await app.signIn(approver.email, password)
  const found = `requester=${requester.id}`

  const shown = [
    (await admin.get(`/access-requests/${id}`)).body,
    (await admin.get(`/access-requests?${found}`)).body.items[0],
    (await admin.get(`/access-requests?${found}&view=summary`)).body.items[0],
    (await admin.get(`/access-requests/export?${found}`)).body[0],
    (await asApprover.get(`/access-requests/${id}`)).body,
  ]

  expect(shown.map((request) => request.requester.department)).toEqual(shown.map(() => department))
  expect((await admin.get(`/access-requests/export?format=csv&${found}`)).body).toContain(department)
})
