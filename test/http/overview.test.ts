/** The overview counts a queue whose rows are known. */
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ApprovalType } from '../../src/domain/flow/flow.ts'
import type { AccessRequest, Queue, RequestStatus } from '../../src/domain/request/record.ts'
import { accessRequests } from '../../src/features/requests/requests.table.ts'
import type { TestApp } from '../support/app.ts'
import { startTestApp } from '../support/app.ts'
import type { Client } from '../support/client.ts'
import { aFlow, aUser, password } from '../support/directory.ts'

let app: TestApp
let admin: Client

const hour = 3_600_000
const before = (milliseconds: number) => new Date(Date.now() - milliseconds).toISOString()
/** Noon in UTC so many calendar days ago. */
const noon = (days: number) => `${before(days * 24 * hour).slice(0, 10)}T12:00:00.000Z`

interface Row {
  flow: { id: string; name: string }
  status?: RequestStatus
  queue?: Queue
  approvalType?: ApprovalType
  createdAt?: string
  /** Hours from submission to decision. */
  decidedAfter?: number
  /** Hours since the decision. */
  ago?: number
  /** Ids of those the current step waits for, and since when. */
  awaited?: string[]
  since?: string
  decided?: string[]
}

const usual = {
  ...({ status: 'pending', queue: 'others', approvalType: 'manual' } as const),
  ...{ awaited: [] as string[], decided: [] as string[], since: null, ago: 0 },
}

async function put(row: Row): Promise<string> {
  const id = uuidv7()
  const { flow, status, queue, approvalType, awaited, decided, since, ago, decidedAfter } = { ...usual, ...row }
  const updatedAt = before(ago * hour)
  const createdAt = decidedAfter === undefined ? (row.createdAt ?? updatedAt) : before((ago + decidedAfter) * hour)
  const approvers = [...awaited, ...decided].map((person) => ({ id: person, name: '', email: '' }))
  const record = {
    steps: [{ state: since ? 'current' : 'waiting', approvers, currentSince: since }],
    decision: decidedAfter === undefined ? null : { at: updatedAt },
    reason: 'because',
  } as unknown as AccessRequest
  await app.db.insert(accessRequests).values({
    ...{ id, version: 1, status, queue, approvalType, createdAt, updatedAt, record },
    ...{ flowId: flow.id, flowName: flow.name, requesterId: uuidv7(), requesterName: 'Somebody', awaitedIds: awaited },
    awaitedSince: queue === 'administrator' ? [since ?? createdAt] : awaited.map(() => since ?? createdAt),
  })
  return id
}

const read = async (query = '') => (await admin.get(`/access-requests/overview${query}`)).body

beforeAll(async () => {
  app = await startTestApp()
  admin = await app.signIn()
})
afterAll(() => app.close())

describe('the overview', () => {
  test('of an empty queue has nothing in it', async () => {
    expect(await read()).toEqual({
      open: [],
      timeToDecision: { decisions: 0, medianSeconds: null, p90Seconds: null, flows: [] },
      administrators: null,
      holders: [],
    })
  })

  test('counts open requests by age, status and tab', async () => {
    const flow = await aFlow(admin)
    await put({ flow, createdAt: noon(0) })
    for (const days of [1, 2]) await put({ flow, createdAt: noon(days), queue: 'administrator' })
    await put({ flow, createdAt: noon(6), status: 'missing_data' })
    await put({ flow, createdAt: noon(7), status: 'error' })
    await put({ flow, createdAt: noon(13) })
    await put({ flow, createdAt: noon(14) })
    await put({ flow, createdAt: noon(90) })
    await put({ flow, createdAt: noon(1), status: 'expired' })

    const one = { queue: 'others', count: 1 }
    expect((await read()).open).toEqual([
      { ...one, fromDays: 0, status: 'pending' },
      { ...one, fromDays: 1, status: 'pending', queue: 'administrator', count: 2 },
      { ...one, fromDays: 3, status: 'missing_data' },
      { ...one, fromDays: 7, status: 'error' },
      { ...one, fromDays: 7, status: 'pending' },
      { ...one, fromDays: 14, status: 'pending' },
      { ...one, fromDays: 30, status: 'pending' },
    ])
  })

  test('begins the days where the reader is', async () => {
    const total = async (zone: string) =>
      (await read(`?timeZone=${zone}`)).open.reduce((sum: number, { count }: { count: number }) => sum + count, 0)

    const zones = ['UTC', 'Pacific/Kiritimati', 'America/Los_Angeles']
    expect(await Promise.all(zones.map(total))).toEqual([8, 8, 8])
    for (const wrong of ['Mars/Olympus', '%2B01:00', "x'"])
      expect((await admin.get(`/access-requests/overview?timeZone=${wrong}`)).status).toBe(422)
  })

  test('gives median and p90 of the time to decision for each flow, the slowest first', async () => {
    const [slow, quick] = [await aFlow(admin), await aFlow(admin)]
    for (const decidedAfter of [10, 20, 30]) await put({ flow: slow, status: 'denied', decidedAfter })
    for (const decidedAfter of [1, 3]) await put({ flow: quick, status: 'approved', decidedAfter })
    await put({ flow: quick, status: 'approved', approvalType: 'automatic', decidedAfter: 0 })
    await put({ flow: quick, status: 'canceled', decidedAfter: 99 })

    const { timeToDecision } = await read()

    const hours = ({ medianSeconds, p90Seconds }: { medianSeconds: number; p90Seconds: number }) =>
      [medianSeconds, p90Seconds].map((seconds) => Math.round(seconds / 360) / 10)
    expect([timeToDecision.decisions, ...hours(timeToDecision)]).toEqual([5, 10, 26])
    expect(timeToDecision.flows).toMatchObject([
      { id: slow.id, name: slow.name, queue: 'others', decisions: 3 },
      { id: quick.id, name: quick.name, decisions: 2 },
    ])
    expect(timeToDecision.flows.map(hours)).toEqual([
      [20, 28],
      [2, 2.8],
    ])
  })

  test('leaves decisions out that are older than asked for', async () => {
    expect((await admin.get('/access-requests/overview?days=0')).status).toBe(422)
    await put({ flow: await aFlow(admin), status: 'denied', decidedAfter: 5, ago: 30 })

    const decisions = async (days: number) => (await read(`?days=${days}`)).timeToDecision.decisions
    expect([await decisions(1), await decisions(2)]).toEqual([5, 6])
  })

  test('names who holds requests longest, and the request that waits longest', async () => {
    const flow = await aFlow(admin)
    const [ann, ben, cem] = [await aUser(admin), await aUser(admin), await aUser(admin)]
    const since = (hours: number) => ({ flow, since: before(hours * hour) })
    const oldest = await put({ ...since(50), awaited: [ann.id] })
    const shared = await put({ ...since(40), awaited: [ben.id, ann.id], decided: [cem.id] })
    await put({ ...since(60), awaited: [ann.id], status: 'denied' })
    const toAdministrators = await put({ ...since(100), queue: 'administrator' })

    const { holders, administrators } = await read()

    expect(holders).toEqual([
      { id: ann.id, name: ann.name, email: ann.email, waiting: 2, since: expect.any(String), requestId: oldest },
      { id: ben.id, name: ben.name, email: ben.email, waiting: 1, since: expect.any(String), requestId: shared },
    ])
    expect(Math.round((Date.now() - Date.parse(holders[0].since)) / hour)).toBe(50)
    expect(administrators).toMatchObject({ waiting: 3, requestId: toAdministrators })
  })

  test('is for administrators', async () => {
    const user = await aUser(admin, { password })
    const client = await app.signIn(user.email, password)

    expect((await client.get('/access-requests/overview')).status).toBe(403)
    expect((await app.client().get('/access-requests/overview')).status).toBe(401)
  })
})
