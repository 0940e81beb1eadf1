/** The queue's routes on the really started service: many at once, files, the live view, and who may do what. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { abilities } from '../../src/domain/abilities.ts'
import { type Client, createClient } from '../support/client.ts'
import { parseCsv } from '../support/csv.ts'
import { aFlow, aGroup, aUser, password, unique } from '../support/directory.ts'
import { createService, eventually, type Service, signIn } from '../support/service.ts'

let service: Service
let admin: Client

beforeAll(async () => {
  service = await createService()
  await service.start()
  admin = createClient(service.base)
  await admin.signIn(signIn.email, signIn.password)
}, 180_000)

afterAll(async () => {
  await service.close()
})

async function employed(fields: Record<string, unknown> = {}): Promise<{ client: Client; id: string; email: string }> {
  const { id, email } = await aUser(admin, { password, state: 'activated', ...fields })
  const client = createClient(service.base)
  await client.signIn(email, password)
  return { client, id, email }
}

async function asked(by: Client, fields: { flow?: Record<string, unknown>; reason?: string } = {}) {
  const flow = await aFlow(admin, fields.flow)
  const answer = await by.post('/access-requests', { approvalFlowId: flow.id, reason: fields.reason ?? 'I need it.' })
  expect(answer).toMatchObject({ status: 201 })
  return answer.body
}

async function mailsTo(address: string): Promise<{ subject: string; html: string; text: string; headers: object }[]> {
  const mails = (await (await fetch(`${service.mailBase}/api/email`)).json()) as never[]
  return mails.filter(({ to }) => (to as { address: string }[]).some((one) => one.address === address))
}

describe('many at once', () => {
  test('each has its own result, in order, whatever became of the others', async () => {
    const { client } = await employed()
    const [first, second] = [await asked(client), await asked(client)]
    await aUser(admin, { roles: ['admin'], state: 'activated' })
    const own = await asked(admin)
    await admin.post(`/access-requests/${second.id}/deny`, { reason: 'Not this one.' })
    const unknown = '0192a0a0-0000-7000-8000-000000000000'

    const { status, body } = await admin.post('/access-requests/bulk', {
      action: 'grant',
      ids: [second.id, unknown, first.id, own.id, first.id],
      message: 'Welcome',
    })

    expect(status).toBe(200)
    expect(body.results).toEqual([
      expect.objectContaining({ id: second.id, status: 'denied', problem: expect.objectContaining({ status: 409 }) }),
      expect.objectContaining({ id: unknown, problem: expect.objectContaining({ status: 404 }) }),
      { id: first.id, status: 'approved' },
      expect.objectContaining({
        id: own.id,
        status: 'pending',
        problem: expect.objectContaining({ code: 'own_request' }),
      }),
    ])
  })

  test('two hundred are denied in one call, two hundred and one are refused', async () => {
    const { client } = await employed()
    const groupId = (await aGroup(admin)).id
    const ids: string[] = []
    for (let index = 0; index < 30; index++) ids.push((await asked(client, { flow: { groupId } })).id)
    const many = Array.from({ length: 201 }, (_, index) => `0192a0a0-0000-7000-8000-${String(index).padStart(12, '0')}`)

    const { body } = await admin.post('/access-requests/bulk', { action: 'deny', ids, reason: 'All of them.' })
    const tooMany = await admin.post('/access-requests/bulk', { action: 'deny', ids: many, reason: 'No.' })
    const withoutReason = await admin.post('/access-requests/bulk', { action: 'deny', ids })

    expect(body.results).toEqual(ids.map((id) => ({ id, status: 'denied' })))
    expect([tooMany.status, withoutReason.status]).toEqual([422, 422])
    expect(withoutReason.body.errors).toEqual([expect.objectContaining({ path: 'reason' })])
  })
})

test('an action that asks for no body refuses fields, and changes nothing', async () => {
  const { client } = await employed()
  const { id } = await asked(client)

  const refused = await client.post(`/access-requests/${id}/withdraw`, { foo: 1 })

  expect(refused).toMatchObject({ status: 422, body: { errors: [{ path: 'foo' }] } })
  expect((await client.get(`/access-requests/${id}`)).body.status).toBe('pending')
  expect((await client.post(`/access-requests/${id}/withdraw`)).body.status).toBe('canceled')
})

test('a summary of the queue has a part of the fields of each request, as they are', async () => {
  const word = unique('summary')
  const reason = `${word} please`
  const first = await employed()
  const groupId = (await aGroup(admin)).id
  const flows = [
    { groupId },
    { groupId, approvers: [{ kind: 'manager' }] },
    { groupId, approvers: [{ kind: 'manager' }] },
  ]
  for (const flow of flows) await asked(first.client, { flow, reason })
  const list = `/access-requests?q=${encodeURIComponent(word)}&sort=createdAt`
  const [{ id }] = (await admin.get(`${list}&queue=others`)).body.items
  await admin.post(`/access-requests/${id}/deny`, { reason: 'No.' })

  const full = (await admin.get(list)).body
  const summary = (await admin.get(`${list}&view=summary`)).body

  for (const [index, { reason: _cut, progress, ...rest }] of summary.items.entries()) {
    expect(full.items[index]).toMatchObject(rest)
    expect(full.items[index].progress).toMatchObject({ approved: progress.approved, total: progress.total })
  }
  expect(summary.items[0].reason).toBe(full.items[0].reason.slice(0, 200))
  for (const [index, { progress }] of summary.items.entries()) {
    const { steps } = full.items[index].progress
    expect(progress.steps).toMatchObject(steps.map(({ order, state, label }: typeof full) => ({ order, state, label })))
  }
  expect(summary.items).toHaveLength(3)
  expect(summary.items.filter((one: { decision: unknown }) => one.decision)).toEqual([
    expect.objectContaining({
      id,
      status: 'denied',
      decision: { override: true },
      progress: expect.objectContaining({ approved: 0, total: 1 }),
    }),
  ])
  expect(Object.keys(summary.items[0])).not.toContain('grant')
})

describe('an export', () => {
  const note = 'internal-note-5a1'

  test('holds every page of what the filters show, in their order, and no internal note', async () => {
    const word = unique('exported')
    const { client } = await employed()
    const groupId = (await aGroup(admin)).id
    for (let index = 0; index < 12; index++) await asked(client, { flow: { groupId }, reason: `${word} ${index}` })
    const { items } = (await admin.get(`/access-requests?q=${encodeURIComponent(word)}&limit=1`)).body
    await admin.post(`/access-requests/${items[0].id}/deny`, { reason: 'No.', internalNotes: note })
    const filter = `q=${encodeURIComponent(word)}&queue=administrator&sort=createdAt`

    const listed = (await admin.get(`/access-requests?${filter}&limit=200`)).body.items
    const json = await admin.get(`/access-requests/export?${filter}&format=json`)
    const csv = await admin.get(`/access-requests/export?${filter}&format=csv`)

    const idsOf = (rows: { id: string }[]) => rows.map(({ id }) => id)
    expect(idsOf(json.body)).toEqual(idsOf(listed))
    expect(json.headers.get('content-disposition')).toContain('attachment')
    expect(
      csv.body
        .trim()
        .split('\r\n')
        .slice(1)
        .map((line: string) => line.split(',')[0]),
    ).toEqual(idsOf(listed))
    expect(JSON.stringify(json.body) + csv.body + JSON.stringify(listed)).not.toContain(note)
    expect(
      JSON.stringify((await admin.get(`/directory-insights/events?accessRequestId=${items[0].id}`)).body),
    ).toContain(note)
  })

  test('as CSV runs no formula and keeps quotes and lines', async () => {
    const { client } = await employed()
    const { id } = await asked(client, { reason: '=HYPERLINK("https://evil.example","click")\nand, so on' })

    const { body } = await admin.get(`/access-requests/export?format=csv&q=${id}`)

    expect(body).toContain(`"'=HYPERLINK(""https://evil.example"",""click"")\nand, so on"`)
  })

  test('as CSV has one record for each request, however many lines its texts have', async () => {
    const word = unique('lines')
    const reasons = [`plain ${word}\nlines`, `l1 ${word}\n=1+2`, `a ${word}\n\n"quote",`]
    const { client } = await employed()
    for (const reason of reasons) await asked(client, { reason })
    const exportOf = async (format: string) =>
      (
        await admin.get(
          `/access-requests/export?format=${format}&columns=code&sort=createdAt&q=${encodeURIComponent(word)}`,
        )
      ).body

    const json: { reason: string }[] = await exportOf('json')
    const [header = [], ...records] = parseCsv(await exportOf('csv'))

    expect(json.map(({ reason }) => reason)).toEqual(reasons)
    const harmless = reasons.map((reason) => reason.replace('\n=', "\n'="))
    expect(records.map((record) => record[header.indexOf('reason')])).toEqual(harmless)
    expect(records.map((record) => record.length)).toEqual(reasons.map(() => header.length))
  })

  test('of nothing is an empty array, or the header row alone', async () => {
    const json = await admin.get('/access-requests/export?format=json&q=nobody-wrote-this')
    const csv = await admin.get('/access-requests/export?format=csv&q=nobody-wrote-this')

    expect(json.body).toEqual([])
    expect(csv.body.trim().split('\r\n')).toHaveLength(1)
  })
})

describe('the live view', () => {
  test('tells each change with its version, and the counters under the filters of its viewer', async () => {
    const word = unique('live')
    const controller = new AbortController()
    const response = await fetch(`${service.base}/api/v1/access-requests/stream?q=${encodeURIComponent(word)}`, {
      headers: { cookie: String(admin.cookie) },
      signal: controller.signal,
    })
    let heard = ''
    const reading = (async () => {
      for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>)
        heard += Buffer.from(chunk).toString()
    })().catch(() => undefined)
    const { client } = await employed()

    const { id } = await asked(client, { reason: word })
    await eventually(async () => heard.includes('"administrator":1'))
    await admin.post(`/access-requests/${id}/deny`, { reason: 'No.' })
    await eventually(async () => heard.includes(`{"id":"${id}","status":"denied"`))
    controller.abort()
    await reading

    expect(response.headers.get('content-type')).toContain('text/event-stream')
    expect(heard.indexOf('"administrator":0')).toBeLessThan(heard.indexOf('"administrator":1'))
    expect(heard).toContain(`{"id":"${id}","status":"pending","version":1}`)
  })
})

describe('workflow payloads', () => {
  const plain = {
    metadata: { encoding: Buffer.from('json/plain').toString('base64') },
    data: Buffer.from('"a reason"').toString('base64'),
  }

  test('are encrypted, and decoded for administrators only', async () => {
    const { client } = await employed()

    const encoded = (await admin.post('/temporal/codec/encode', { payloads: [plain] })).body
    const decoded = await admin.post('/temporal/codec/decode', encoded)
    const foreign = await client.post('/temporal/codec/decode', encoded)

    expect(Buffer.from(encoded.payloads[0].data, 'base64').toString()).not.toContain('reason')
    expect(decoded.body.payloads).toEqual([plain])
    expect(foreign.status).toBe(403)
  })

  test('that are not ours are refused', async () => {
    const { body } = await admin.post('/temporal/codec/encode', { payloads: [plain] })
    const broken = { ...body.payloads[0], data: Buffer.from('nonsense').toString('base64') }

    expect(await admin.post('/temporal/codec/decode', { payloads: [broken] })).toMatchObject({ status: 422 })
  })
})

describe('every route', () => {
  interface Operation {
    path: string
    method: string
    ability: keyof typeof abilities
  }

  async function operations(): Promise<Operation[]> {
    const { paths } = (await admin.get('/openapi.json')).body
    return Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods as Record<string, { 'x-ability': keyof typeof abilities }>).map(([method, operation]) => ({
        path: path.replaceAll(/\{\w+\}/g, '0192a0a0-0000-7000-8000-000000000000').replace(/^\/api\/v1/, ''),
        method: method.toUpperCase(),
        ability: operation['x-ability'],
      })),
    )
  }

  const call = (client: Client, { method, path }: Operation) =>
    client.send(method, path, method === 'GET' || method === 'DELETE' ? {} : { body: {} })
  const named = ({ method, path }: Operation, status: number) => `${method} ${path} ${status}`

  test('is closed to whoever is not signed in, but those for anyone', async () => {
    const closed = (await operations()).filter(({ ability }) => abilities[ability].who !== 'anyone')
    const nobody = createClient(service.base)

    const answers = await Promise.all(closed.map(async (one) => named(one, (await call(nobody, one)).status)))

    expect(closed.length).toBeGreaterThan(50)
    expect(answers).toEqual(closed.map((one) => named(one, 401)))
  })

  test('for administrators is closed to everybody else', async () => {
    const closed = (await operations()).filter(({ ability }) => abilities[ability].who === 'administrator')
    const { client } = await employed()

    const answers = await Promise.all(closed.map(async (one) => named(one, (await call(client, one)).status)))

    expect(closed.length).toBeGreaterThan(30)
    expect(answers).toEqual(closed.map((one) => named(one, 403)))
  })

  test('is closed to a token without its scope, though its owner is an administrator', async () => {
    const scoped = (await operations()).filter(({ ability }) => {
      const { scope } = abilities[ability]
      return scope !== null && scope !== 'audit:read'
    })
    const { token } = (await admin.post('/api-tokens', { name: 'reader', scopes: ['audit:read'] })).body
    const reader = createClient(service.base, { token })

    const answers = await Promise.all(scoped.map(async (one) => named(one, (await call(reader, one)).status)))

    expect(scoped.length).toBeGreaterThan(40)
    expect(answers).toEqual(scoped.map((one) => named(one, 403)))
  })
})

describe('an approver', () => {
  test('who was suspended between mail and click decides nothing, and the request waits for an approver', async () => {
    const boss = await employed()
    const { client } = await employed({ managerId: boss.id })
    const { id } = await asked(client, { flow: { approvers: [{ kind: 'manager' }] } })
    await eventually(async () => (await mailsTo(boss.email)).length > 0)

    await admin.patch(`/users/${boss.id}`, { state: 'suspended' })
    const late = await boss.client.post(`/access-requests/${id}/decisions`, { decision: 'approve' })
    const missing = await eventually(async () => {
      const { body } = await admin.get(`/access-requests/${id}`)
      return body.status === 'missing_data' && body
    })

    expect(late.status).toBe(401)
    expect(missing.missingData).toEqual([expect.objectContaining({ kind: 'manager' })])
  })

  test('of a group that was deleted is missing, and an administrator may decide', async () => {
    const member = await employed()
    const group = await aGroup(admin)
    await admin.put(`/user-groups/${group.id}/members/${member.id}`)
    const { client } = await employed()
    const { id, approvalFlow } = await asked(client, {
      flow: { approvers: [{ kind: 'user_group', groupId: group.id, required: 1 }] },
    })

    const refused = await admin.delete(`/user-groups/${group.id}`)
    const { body: flow } = await admin.get(`/approval-flows/${approvalFlow.id}`)
    await admin.put(`/approval-flows/${flow.id}?confirm=true`, { ...flow, approvers: [{ kind: 'administrator' }] })
    const deleted = await admin.delete(`/user-groups/${group.id}`)
    await eventually(async () => (await admin.get(`/access-requests/${id}`)).body.status === 'missing_data')
    const late = await member.client.post(`/access-requests/${id}/decisions`, { decision: 'approve' })
    const granted = await admin.post(`/access-requests/${id}/grant`)

    expect([refused.status, deleted.status]).toEqual([409, 204])
    expect([403, 404]).toContain(late.status)
    expect(granted.body).toMatchObject({ status: 'approved', decision: { override: true } })
  })

  test('is refused when it is not their turn, and when it is somebody else’s', async () => {
    const [boss, owner, stranger] = [await employed(), await employed(), await employed()]
    const { client } = await employed({ managerId: boss.id })
    const approvers = [{ kind: 'manager' }, { kind: 'resource_owner', userId: owner.id }]
    const { id } = await asked(client, { flow: { approvers, approvalRequirement: 'sequential' } })
    const approve = (by: Client) => by.post(`/access-requests/${id}/decisions`, { decision: 'approve' })

    const early = await approve(owner.client)
    const foreign = await approve(stranger.client)
    const own = await approve(client)
    const first = await approve(boss.client)
    const twice = await approve(boss.client)
    const last = await approve(owner.client)

    expect([early.status, foreign.status, own.status, twice.status]).toEqual([403, 404, 403, 409])
    expect(first.body).toMatchObject({ status: 'pending', progress: { approved: 1, total: 2 } })
    expect(last.body).toMatchObject({ status: 'approved', progress: { approved: 2, total: 2 } })
  })
})

describe('a reason', () => {
  test('full of markup and mail headers is text in the mail, and adds no header', async () => {
    const { client, email } = await employed({ name: 'Eve\u2019s <b>Name</b>' })
    const boss = await employed()
    await admin.patch(`/users/${(await client.get('/me')).body.user.id}`, { managerId: boss.id })
    const reason = '<script>alert(1)</script>\r\nBcc: all@example.test\r\n\r\n<img src=x onerror=alert(1)>'

    const { id } = await asked(client, { reason, flow: { approvers: [{ kind: 'manager' }] } })
    const [mail] = await eventually(async () => {
      const mails = await mailsTo(boss.email)
      return mails.length > 0 && mails
    })

    expect((await admin.get(`/access-requests/${id}`)).body.reason).toContain('<script>')
    expect(mail?.html).not.toContain('<script>')
    expect(mail?.html).not.toContain('<img src=x')
    expect(Object.keys(mail?.headers ?? {}).map((name) => name.toLowerCase())).not.toContain('bcc')
    expect(await mailsTo('all@example.test')).toEqual([])
    expect(email).toContain('@')
  })
})
