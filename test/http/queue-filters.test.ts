/** What the queue can be filtered by beside tab, status, type and time: flow, department, approver and expiry. */
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { rowOf } from '../../src/features/requests/requests.repository.ts'
import { accessRequests } from '../../src/features/requests/requests.table.ts'
import { aRequest } from '../support/a-request.ts'
import type { TestApp } from '../support/app.ts'
import { startTestApp } from '../support/app.ts'
import { type Client, createClient } from '../support/client.ts'
import { createCompany } from '../support/company.ts'
import { aUser, password } from '../support/directory.ts'

let app: TestApp
let admin: Client
let adminId: string
let approverId: string
const flows = { vault: uuidv7(), mail: uuidv7() }
const requestOf: Record<string, string> = {}

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString()

beforeAll(async () => {
  app = await startTestApp()
  admin = await app.signIn()
  adminId = (await admin.get('/me')).body.user.id
  approverId = (await aUser(admin, { name: 'Approver' })).id
  const ada = await aUser(admin, { name: 'Ada', department: 'Forschung & Lehre' })
  const ben = await aUser(admin, { name: 'Ben', department: 'Finance' })
  await put('assigned', { by: ada, flowId: flows.vault, awaits: approverId, expiresInDays: 2 })
  await put('administrators', { by: ben, flowId: flows.vault, expiresInDays: 20 })
  await put('own', { by: { ...ben, id: adminId }, flowId: flows.mail, expiresInDays: 9 })
  await put('closed', { by: ada, flowId: flows.mail, isClosed: true })
})
afterAll(() => app.close())

interface Kept {
  by: { id: string; name: string; email: string }
  flowId: string
  awaits?: string
  expiresInDays?: number
  isClosed?: boolean
}

/** A row of the queue as a submission leaves it, without a workflow. */
async function put(name: string, { by, flowId, awaits, expiresInDays, isClosed = false }: Kept): Promise<void> {
  const company = createCompany()
  const request = aRequest(company, company.addUser(by), { id: uuidv7(), reason: name })
  const row = rowOf(
    { ...request, requester: { ...request.requester, id: by.id, name: by.name, email: by.email } },
    true,
  )
  requestOf[name] = request.id
  await app.db.insert(accessRequests).values({
    ...row,
    flowId,
    queue: awaits ? 'others' : 'administrator',
    awaitedIds: awaits ? [awaits] : [],
    status: isClosed ? 'denied' : 'pending',
    expiresAt: isClosed || expiresInDays === undefined ? null : inDays(expiresInDays),
  })
}

async function found(query: string): Promise<string[]> {
  const names = new Map(Object.entries(requestOf).map(([name, id]) => [id, name]))
  const lists = await Promise.all(
    ['full', 'summary'].map((view) => admin.get(`/access-requests?view=${view}&sort=createdAt&${query}`)),
  )
  const [full, summary] = lists.map(({ status, body }) => {
    expect([status, body.detail]).toEqual([200, undefined])
    return body.items.map(({ id }: { id: string }) => names.get(id))
  })
  expect(summary).toEqual(full)
  const { body: counts } = await admin.get(`/access-requests/counts?${query}`)
  const tab = new URLSearchParams(query).get('queue')
  expect(tab ? counts[tab] : counts.administrator + counts.others).toBe(full.length)
  const exported = await admin.get(`/access-requests/export?format=json&sort=createdAt&${query}`)
  expect(exported.body.map(({ id }: { id: string }) => names.get(id))).toEqual(full)
  return full
}

test('by flows, of which several may be named', async () => {
  expect(await found(`flow=${flows.vault}`)).toEqual(['assigned', 'administrators'])
  expect(await found(`flow=${flows.vault},${flows.mail}`)).toEqual(['assigned', 'administrators', 'own', 'closed'])
  expect(await found(`flow=${flows.mail}&flow=${flows.vault}&status=denied`)).toEqual(['closed'])
  expect(await found(`flow=${uuidv7()}`)).toEqual([])
})

test('by the department that the requester is in now, without regard to accents and case', async () => {
  expect(await found(`department=${encodeURIComponent('forschung & LEHRE')}`)).toEqual(['assigned', 'closed'])
  expect(await found('department=Finance')).toEqual(['administrators'])
  expect(await found('department=Fin')).toEqual([])
})

test('by who is waited for: assigned approvers, and every administrator but who asks', async () => {
  expect(await found(`approver=${approverId}`)).toEqual(['assigned'])
  expect(await found(`approver=${adminId}`)).toEqual(['administrators'])
  expect(await found(`approver=${approverId}&queue=others`)).toEqual(['assigned'])
  expect(await found(`approver=${adminId}&queue=others`)).toEqual([])
})

test('who is suspended, or no administrator any more, is not waited for as one', async () => {
  const { id } = await aUser(admin, { password, state: 'activated', roles: ['admin'] })
  expect(await found(`approver=${id}`)).toEqual(['administrators', 'own'])

  await admin.patch(`/users/${id}`, { roles: [] })

  expect(await found(`approver=${id}`)).toEqual([])
})

test('by when open requests expire, in every order; closed ones never do', async () => {
  expect(await found(`expiresBefore=${inDays(7)}`)).toEqual(['assigned'])
  expect(await found(`expiresAfter=${inDays(7)}`)).toEqual(['administrators', 'own'])
  expect(await found(`expiresAfter=${inDays(7)}&expiresBefore=${inDays(10)}`)).toEqual(['own'])
  const { body } = await admin.get(`/access-requests?sort=expiresAt&expiresBefore=${inDays(10)}`)
  expect(body.items.map(({ reason }: { reason: string }) => reason)).toEqual(['assigned', 'own'])
})

test('several together narrow each other', async () => {
  expect(await found(`flow=${flows.vault}&department=Finance&approver=${adminId}&q=admin`)).toEqual(['administrators'])
  expect(await found(`flow=${flows.mail}&approver=${approverId}`)).toEqual([])
})

test.each([
  ['flow=vault', 'flow.0', 'must be an id (a UUID)'],
  ['approver=ada', 'approver', 'must be an id (a UUID)'],
  ['department=', 'department', 'must have'],
  ['expiresBefore=soon', 'expiresBefore', 'must be'],
  ['expiresAfter=0001-01-01', 'expiresAfter', 'must lie between'],
])('%s is refused in words', async (query, path, words) => {
  for (const route of ['', '/counts', '/export', '/stream']) {
    const { status, body } = await admin.get(`/access-requests${route}?${query}`)
    expect([route, status, body.code, body.errors[0].path]).toEqual([route, 422, 'invalid_input', path])
    expect(body.errors[0].message).toContain(words)
  }
})

test('the departments to choose from are those that somebody is in, each once', async () => {
  await aUser(admin, { department: 'Finance' })

  const names = async (query: string) =>
    (await admin.get(`/departments?${query}`)).body.items.map(({ name }: { name: string }) => name)

  expect(await names('')).toEqual(['Finance', 'Forschung & Lehre'])
  expect(await names('q=LEHRE%20forsch')).toEqual(['Forschung & Lehre'])
  expect((await createClient(app.base).get('/departments')).status).toBe(401)
})
