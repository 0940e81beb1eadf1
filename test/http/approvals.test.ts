/** What waits for an approver, what they have decided, and one's own requests: searched, sorted, counted and in pages. */
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AccessRequest } from '../../src/domain/request/record.ts'
import { rowOf } from '../../src/features/requests/requests.repository.ts'
import { accessRequests } from '../../src/features/requests/requests.table.ts'
import { aRequest, movesOf } from '../support/a-request.ts'
import type { TestApp } from '../support/app.ts'
import { startTestApp } from '../support/app.ts'
import type { Client } from '../support/client.ts'
import { createCompany } from '../support/company.ts'
import { aUser, password } from '../support/directory.ts'

let app: TestApp
let asApprover: Client
let asChloe: Client
const waiting: string[] = []
const decided: string[] = []

const people = ['Chloé Dupont', 'Noah van Dijk', 'Anna Groß']

/** A row of the queue as a submission leaves it, without a workflow; `ids` are those of the directory, by those of the company. */
async function insert(request: AccessRequest, ids: Record<string, string>): Promise<string> {
  let text = JSON.stringify({ ...request, flow: { ...request.flow, id: uuidv7() } })
  for (const [known, id] of Object.entries(ids)) text = text.replaceAll(known, id)
  await app.db.insert(accessRequests).values(rowOf(JSON.parse(text) as AccessRequest, true))
  return request.id
}

beforeAll(async () => {
  app = await startTestApp()
  const admin = await app.signIn()
  const approver = await aUser(admin, { name: 'Olga Approver', password })
  const company = createCompany()
  const olga = company.addUser({ name: approver.name })
  for (const [place, name] of people.entries()) {
    const user = await aUser(admin, { name, password })
    const requester = company.addUser({ name })
    const ids = { [olga]: approver.id, [requester]: user.id }
    const ask = (day: number, reason: string) =>
      aRequest(company, requester, {
        ...{ id: uuidv7(), reason, now: `2026-03-0${day}T09:00:00.000Z`, expiry: `P${40 - 10 * place}D` },
        approvers: [{ kind: 'user', userId: olga }],
      })
    waiting.push(await insert(ask(place + 1, 'Because of the vault'), ids))
    decided.push(await insert(movesOf(company).approve(ask(place + 4, 'For the audit'), olga), ids))
    if (place === 0) asChloe = await app.signIn(user.email, password)
  }
  asApprover = await app.signIn(approver.email, password)
})
afterAll(() => app?.close())

async function idsOf(client: Client, path: string): Promise<string[]> {
  const { status, body } = await client.get(path)
  expect(status).toBe(200)
  return body.items.map(({ id }: { id: string }) => id)
}
const pick = (ids: readonly string[], ...places: number[]) => places.map((place) => ids[place])

test('without more said, what has waited longest and what was asked for last come first', async () => {
  expect(await idsOf(asApprover, '/me/approvals')).toEqual(waiting)
  expect(await idsOf(asApprover, '/me/approvals?state=decided')).toEqual(decided.toReversed())
})

test.each([
  ['createdAt', [0, 1, 2]],
  ['requesterName', [2, 0, 1]],
  ['expiresAt', [2, 1, 0]],
])('what waits is sorted by %s in both directions, also from page to page', async (sort, order) => {
  const inOrder = pick(waiting, ...order)

  expect(await idsOf(asApprover, `/me/approvals?sort=${sort}`)).toEqual(inOrder)
  expect(await idsOf(asApprover, `/me/approvals?sort=-${sort}`)).toEqual(inOrder.toReversed())
  const { body } = await asApprover.get(`/me/approvals?sort=${sort}&limit=2`)
  expect(body.items.map(({ id }: { id: string }) => id)).toEqual(inOrder.slice(0, 2))
  const next = `/me/approvals?sort=${sort}&limit=2&cursor=${encodeURIComponent(body.nextCursor)}`
  expect(await idsOf(asApprover, next)).toEqual(inOrder.slice(2))
})

test('sorted by flow, what is of flows of the same name has an order of its own, which pages keep', async () => {
  const all = await idsOf(asApprover, '/me/approvals?sort=flowName')

  expect(new Set(all)).toEqual(new Set(waiting))
  expect(await idsOf(asApprover, '/me/approvals?sort=-flowName')).toEqual(all.toReversed())
})

test('words find requester, flow, reason and id, and only among what is mine to see', async () => {
  const search = (q: string, more = '') => idsOf(asApprover, `/me/approvals?q=${encodeURIComponent(q)}${more}`)

  expect(await search('chloe vault')).toEqual(pick(waiting, 0))
  expect(await search('VAULT database')).toEqual(waiting)
  expect(await search(waiting[1] ?? '')).toEqual(pick(waiting, 1))
  expect(await search('gross audit', '&state=decided')).toEqual(pick(decided, 2))
  expect(await search('audit')).toEqual([])
  expect(await idsOf(asChloe, '/me/approvals?q=vault')).toEqual([])
})

test('they are counted as they are listed', async () => {
  const count = async (query: string) => (await asApprover.get(`/me/approvals/count${query}`)).body

  expect(await count('')).toEqual({ count: 3, isCapped: false })
  expect(await count('?q=chloe')).toEqual({ count: 1, isCapped: false })
  expect(await count('?state=decided&q=dijk')).toEqual({ count: 1, isCapped: false })
  expect(await count('?q=nobody')).toEqual({ count: 0, isCapped: false })
})

test('one’s own requests are found by words of flow, reason and id, beside their status', async () => {
  expect(await idsOf(asChloe, '/me/requests?q=vault')).toEqual(pick(waiting, 0))
  expect(await idsOf(asChloe, '/me/requests?q=database+audit')).toEqual(pick(decided, 0))
  expect(await idsOf(asChloe, `/me/requests?q=${waiting[0]}`)).toEqual(pick(waiting, 0))
  expect(await idsOf(asChloe, '/me/requests?q=production&status=denied')).toEqual([])
  expect(await idsOf(asChloe, `/me/requests?q=${waiting[1]}`)).toEqual([])
})

test.each(['sort=status', 'sort=name', 'state=open', 'q=a&page=2', 'sort=expiresAt&cursor=nonsense'])(
  'an approver who asks for ?%s is told what is wrong',
  async (query) => {
    const { status, body } = await asApprover.get(`/me/approvals?${query}`)

    expect([status, body.code]).toEqual([422, 'invalid_input'])
  },
)
