/** What a connected system answered, with its host, is for administrators; others read a plain sentence. */
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fail } from '../../src/domain/request/lifecycle.ts'
import { submit } from '../../src/domain/request/submission.ts'
import { plainFailure } from '../../src/features/requests/requests.presenter.ts'
import { accessRequests } from '../../src/features/requests/requests.table.ts'
import type { TestApp } from '../support/app.ts'
import { startTestApp } from '../support/app.ts'
import type { Client as HttpClient } from '../support/client.ts'
import { aFlow, aUser, password } from '../support/directory.ts'

const raw = 'The webhook at idp-7.corp.internal:8443 answered 500, saying: no lease for vault-admins'

let app: TestApp
let admin: HttpClient

beforeAll(async () => {
  app = await startTestApp()
  admin = await app.signIn()
})
afterAll(() => app?.close())

type Person = { id: string; name: string; email: string }

/** A request of `requester`, decided by `approver`, whose access could not be given. */
async function aFailedRequest(requester: Person, approver: Person): Promise<string> {
  const id = uuidv7()
  const now = new Date().toISOString()
  const approvers = [{ kind: 'user' as const, userId: approver.id }]
  const flow = await aFlow(admin, { approvers })
  const person = { ...requester, activated: true, department: null, manager: null }
  const { request } = submit(
    { id, flow: { ...flow, approvers }, reason: 'I am on call.', requestedDuration: null, expiry: 'P30D', now },
    { requester: person, rules: [{ found: true, name: approver.name, people: [{ ...approver, activated: true }] }] },
  )
  const failed = fail(request, { message: raw, attempts: 5 }, now).request
  await app.db.insert(accessRequests).values({
    ...{ id, version: failed.version, status: failed.status, queue: failed.queue, approvalType: failed.approvalType },
    ...{ flowId: flow.id, flowName: flow.name, requesterId: requester.id, requesterName: requester.name },
    ...{ createdAt: now, updatedAt: now, awaitedIds: [approver.id], record: failed },
  })
  return id
}

describe('why access could not be given', () => {
  test('its requester and approvers read in a plain sentence, administrators in the words of the system', async () => {
    const [requester, approver] = [await aUser(admin, { password }), await aUser(admin, { password })]
    const id = await aFailedRequest(requester, approver)
    const asRequester = await app.signIn(requester.email, password)
    const asApprover = await app.signIn(approver.email, password)

    const others = [
      await asRequester.get(`/access-requests/${id}`),
      await asRequester.get('/me/requests'),
      await asApprover.get(`/access-requests/${id}`),
      await asApprover.get('/me/approvals?state=waiting'),
    ]
    const shown = [await admin.get(`/access-requests/${id}`), await admin.get('/access-requests')]

    for (const { status, body } of others) {
      expect(status).toBe(200)
      expect((body.items?.[0] ?? body).error).toMatchObject({ message: plainFailure, attempts: 5 })
      expect(JSON.stringify(body)).not.toMatch(/corp\.internal|vault-admins/)
    }
    for (const { body } of shown) expect((body.items?.[0] ?? body).error.message).toBe(raw)
  })

  test('only administrators take away in a file', async () => {
    const { email } = await aUser(admin, { password })
    const path = '/api/v1/access-requests/export?format=csv'
    const textFor = async ({ cookie = '' }: HttpClient) => {
      const answer = await fetch(app.base + path, { headers: { cookie } })
      return [answer.status, (await answer.text()).includes(raw)]
    }

    expect(await textFor(await app.signIn(email, password))).toEqual([403, false])
    expect(await textFor(admin)).toEqual([200, true])
  })
})
