import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AuditEntry } from '../../src/domain/audit-entry.ts'
import type { TestApp } from '../support/app.ts'
import { administrator, startTestApp } from '../support/app.ts'
import type { Client } from '../support/client.ts'
import { parseCsv } from '../support/csv.ts'

let app: TestApp
let admin: Client
const requestId = uuidv7()
const approver = { id: uuidv7(), type: 'user' as const, email: 'Approver@example.test' }

function entry(fields: Partial<AuditEntry>): AuditEntry {
  return {
    sourceKey: uuidv7(),
    eventType: 'access_management_access_request',
    timestamp: '2026-03-01T10:00:00.000Z',
    initiatedBy: approver,
    resource: { type: 'access_request', id: requestId, name: 'VPN' },
    ...fields,
  }
}

beforeAll(async () => {
  app = await startTestApp()
  admin = await app.signIn()
  await app.db.transaction((tx) =>
    app.auditLog.append(tx, [
      entry({
        accessRequestId: requestId,
        workflowId: `access-request/${requestId}`,
        origin: { clientIp: '192.0.2.1', userAgent: 'curl/8' },
      }),
      entry({
        eventType: 'access_management_access_request_approval',
        timestamp: '2026-03-02T10:00:00.000Z',
        accessRequestId: requestId,
        internalNote: 'looks odd',
      }),
      entry({
        eventType: 'access_management_access_revoked',
        timestamp: '2026-03-03T10:00:00.000Z',
        resource: { type: 'grant', id: uuidv7(), name: '=HYPERLINK("x")' },
      }),
    ]),
  )
  const many = Array.from({ length: 2500 }, (_, i) =>
    entry({ eventType: 'user_update', resource: { type: 'user', id: uuidv7(), name: `Bulk ${i}` } }),
  )
  for (let i = 0; i < many.length; i += 500)
    await app.db.transaction((tx) => app.auditLog.append(tx, many.slice(i, i + 500)))
})
afterAll(() => app.close())

const types = (answer: { body: { items: { event_type: string }[] } }) =>
  answer.body.items.map((event) => event.event_type)

describe('Directory Insights', () => {
  test('shows each event in its envelope', async () => {
    const { items } = (await admin.get('/directory-insights/events?eventType=access_management_access_request')).body

    expect(items).toEqual([
      {
        id: items[0].id,
        event_type: 'access_management_access_request',
        timestamp: '2026-03-01T10:00:00.000Z',
        service: 'access_management',
        initiated_by: approver,
        access_request_id: requestId,
        resource: { type: 'access_request', id: requestId, name: 'VPN' },
        workflow: { id: `access-request/${requestId}` },
        changes: [],
        client_ip: '192.0.2.1',
        user_agent: 'curl/8',
        success: true,
        error_message: null,
        internal_note: null,
      },
    ])
    expect((await admin.get(`/directory-insights/events/${items[0].id}`)).body).toEqual(items[0])
    expect((await admin.get(`/directory-insights/events/${requestId}`)).status).toBe(404)
  })

  test('is filtered by type, request, time, initiator and text', async () => {
    const of = async (query: string) => types(await admin.get(`/directory-insights/events?limit=200&${query}`))
    const [approval, request, revoked] = [
      'access_management_access_request_approval',
      'access_management_access_request',
      'access_management_access_revoked',
    ]

    expect(await of(`accessRequestId=${requestId}`)).toEqual([approval, request])
    expect(await of(`eventType=${request},${revoked}`)).toEqual([revoked, request])
    expect(await of('from=2026-03-02T00:00:00Z&to=2026-03-02T23:00:00%2B01:00')).toEqual([approval])
    expect(await of(`initiatedBy=${approver.id}&q=vpn`)).toEqual([approval, request])
    expect(await of('initiatedBy=approver@EXAMPLE.test&q=hyperlink')).toEqual([revoked])
    expect(await of('initiatedBy=rover@example.test')).toEqual([])
    expect(await of(`initiatedBy=${administrator.email}`)).toEqual(['user_login_attempt'])
    expect(await of('q=100%25')).toEqual([])
  })

  test('is the same in pages, newest first', async () => {
    const ids: string[] = []
    for (let cursor = ''; ; ) {
      const { body } = await admin.get(`/directory-insights/events?eventType=user_update&limit=200${cursor}`)
      ids.push(...body.items.map(({ resource }: { resource: { name: string } }) => resource.name))
      if (!body.nextCursor) break
      cursor = `&cursor=${body.nextCursor}`
    }
    expect(ids).toEqual(Array.from({ length: 2500 }, (_, i) => `Bulk ${2499 - i}`))
  })

  test('refuses filters and cursors that were made up', async () => {
    const cursor = (...value: unknown[]) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const bad = [
      'eventType=nonsense',
      'from=yesterday',
      'initiatedBy=me',
      'limit=0',
      'limit=201',
      'color=red',
      'cursor=zzz',
      `cursor=${cursor('-seq', 1, requestId)}`,
      `cursor=${cursor('-timestamp', '2026-03-01T10:00:00.000Z', requestId)}`,
      `cursor=${cursor('-timestamp', '2026-02-30T10:00:00.000Z', '1')}`,
      `cursor=${cursor('-timestamp', '2026-03-01T10:00:00.000Z', null)}`,
      `cursor=${cursor('-timestamp', null, '1')}`,
      `cursor=${cursor('name', 1, requestId)}`,
    ]
    for (const query of bad)
      expect([query, (await admin.get(`/directory-insights/events?${query}`)).status]).toEqual([query, 422])
  })

  test('holds a chain that verifies', async () => {
    expect((await app.auditLog.verify(app.db)).fault).toBeNull()
  })
})

describe('the export', () => {
  test('as JSON is one array of every matching event', async () => {
    const answer = await admin.get('/directory-insights/events/export?format=json&eventType=user_update')

    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="directory-insights-events.json"')
    expect(answer.body).toHaveLength(2500)
    expect(answer.body[0]).toMatchObject({ event_type: 'user_update', resource: { name: 'Bulk 2499' } })
  })

  test('as CSV has a header row, CRLF, quotes, and no formula that would run', async () => {
    const answer = await admin.get(
      `/directory-insights/events/export?format=csv&columns=code&initiatedBy=${approver.id}&q=access_management`,
    )

    const lines = answer.body.split('\r\n')
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present')
    expect(lines[0]).toBe(
      'id,event_type,timestamp,service,initiated_by_id,initiated_by_type,initiated_by_email,access_request_id,resource_type,resource_id,resource_name,workflow_id,changes,client_ip,user_agent,success,error_message,internal_note',
    )
    expect(lines).toHaveLength(5)
    expect(lines[1]).toContain(`"'=HYPERLINK(""x"")"`)
    expect(lines[2]).toContain(',true,,looks odd')
  })

  test('as CSV runs no formula behind signs that show nothing, nor behind a semicolon or tab', async () => {
    const notes = [
      '\u00ad=1+1',
      '\u2060 \u200b@SUM(1)',
      '\u00a0-2',
      'please;=1+1',
      'please\t=1+1',
      '\u200bplain = text',
    ]
    const accessRequestId = uuidv7()
    await app.db.transaction((tx) =>
      app.auditLog.append(
        tx,
        notes.map((internalNote) => entry({ accessRequestId, internalNote })),
      ),
    )

    const csv = await admin.get(`/directory-insights/events/export?format=csv&accessRequestId=${accessRequestId}`)

    const cells = (csv.body as string).split('\r\n').map((line) => line.split(',').at(-1))
    expect(new Set(cells.slice(1, -1))).toEqual(
      new Set([
        "'\u00ad=1+1",
        "'\u2060 \u200b@SUM(1)",
        "'\u00a0-2",
        `"please;'=1+1"`,
        `"please\t'=1+1"`,
        '\u200bplain = text',
      ]),
    )
  })

  test('as CSV keeps texts of several lines in their cell', async () => {
    const notes = [
      'plain two\nlines',
      'l1\n=1+2',
      'l1\r=1+2',
      'l1\r\n=1+2',
      '\n=1+2',
      '\r',
      'a "quoted"\n,word,',
      '=1+2',
    ]
    const accessRequestId = uuidv7()
    await app.db.transaction((tx) =>
      app.auditLog.append(
        tx,
        notes.map((internalNote) => entry({ accessRequestId, internalNote })),
      ),
    )
    const exportOf = async (format: string) =>
      (
        await admin.get(
          `/directory-insights/events/export?format=${format}&columns=code&accessRequestId=${accessRequestId}`,
        )
      ).body

    const json: { internal_note: string }[] = await exportOf('json')
    const [header = [], ...records] = parseCsv(await exportOf('csv'))

    expect(json.map((event) => event.internal_note).reverse()).toEqual(notes)
    expect(records.map((record) => record.length)).toEqual(notes.map(() => header.length))
    expect(records.map((record) => record[header.indexOf('internal_note')]).reverse()).toEqual(
      notes.map((note) => note.replace(/^(?=[=\r])|(?<=[\r\n])(?==)/g, "'")),
    )
  })

  test('of nothing is an empty array, or the header row alone', async () => {
    const none = `accessRequestId=${uuidv7()}`

    expect((await admin.get(`/directory-insights/events/export?${none}`)).body).toEqual([])
    expect((await admin.get(`/directory-insights/events/export?format=csv&${none}`)).body.split('\r\n')).toHaveLength(2)
  })

  test('that nobody reads any more is given up', async () => {
    const controller = new AbortController()
    const res = await fetch(`${app.base}/api/v1/directory-insights/events/export`, {
      headers: { cookie: admin.cookie ?? '' },
      signal: controller.signal,
    })
    await res.body?.getReader().read()

    controller.abort()

    expect((await admin.get('/me')).status).toBe(200)
  })
})

describe('the settings', () => {
  test('are changed with a version, and each switch is recorded', async () => {
    const before = (await admin.get('/settings')).body

    const changed = await admin.put('/settings', {
      requestsEnabled: false,
      exposeProgress: true,
      mails: { access_ended: false },
      version: before.version,
    })
    const stale = await admin.put('/settings', {
      requestsEnabled: true,
      exposeProgress: true,
      mails: {},
      version: before.version,
    })
    const unknown = await admin.put('/settings', {
      requestsEnabled: true,
      exposeProgress: true,
      mails: { everything: false },
    })

    expect(before).toMatchObject({
      requestsEnabled: true,
      exposeProgress: true,
      version: 1,
      mails: { access_ended: true, request_denied: true },
    })
    expect(changed.body).toMatchObject({
      requestsEnabled: false,
      version: 2,
      mails: { access_ended: false, request_denied: true },
    })
    expect([stale.status, stale.body.currentVersion]).toEqual([409, 2])
    expect(unknown.status).toBe(422)
    const { items } = (
      await admin.get('/directory-insights/events?eventType=access_management_access_request_settings_update')
    ).body
    expect(items).toHaveLength(1)
    expect(items[0].changes).toEqual([
      { field: 'requestsEnabled', from: true, to: false },
      { field: 'mails.access_ended', from: true, to: false },
    ])
  })

  test('say for how many days mails, finished requests and events are kept, the last two for ever at first', async () => {
    const before = (await admin.get('/settings')).body
    const put = async (change: object) => admin.put('/settings', { ...(await admin.get('/settings')).body, ...change })

    expect(before).toMatchObject({ sentMailDays: 30, finishedRequestDays: null, auditEventDays: null })
    expect((await put({ auditEventDays: 29 })).status).toBe(422)
    expect((await put({ auditEventDays: 3651 })).status).toBe(422)
    expect((await put({ auditEventDays: 30 })).body).toMatchObject({ auditEventDays: 30, sentMailDays: 30 })
    expect((await put({ sentMailDays: 0 })).status).toBe(422)
    expect((await put({ sentMailDays: null })).status).toBe(422)
    expect((await put({ finishedRequestDays: 3651 })).status).toBe(422)
    expect((await put({ sentMailDays: 7, finishedRequestDays: 400 })).body).toMatchObject({
      sentMailDays: 7,
      finishedRequestDays: 400,
    })
    expect((await put({ finishedRequestDays: null })).body).toMatchObject({ finishedRequestDays: null })
  })
})
