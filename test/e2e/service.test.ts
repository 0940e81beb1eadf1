/** The main job on real parts: HTTP, Temporal, Postgres, SMTP and a browser, started as `npm start` starts them. */
import { AxeBuilder } from '@axe-core/playwright'
import { type Browser, chromium } from '@playwright/test'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Client, createClient } from '../support/client.ts'
import { liftSubmissionLimits } from '../support/directory.ts'
import { createService, eventually, type Service, signIn } from '../support/service.ts'

const password = 'a-good-password'
let service: Service
let admin: Client
const ids: Record<string, string> = {}

interface CaughtMail {
  subject: string
  to: { address: string }[]
  html: string
}

async function mailsTo(address: string): Promise<CaughtMail[]> {
  const mails = (await (await fetch(`${service.mailBase}/api/email`)).json()) as CaughtMail[]
  return mails.filter(({ to }) => to.some((one) => one.address === address))
}

async function person(name: string, more: object = {}): Promise<string> {
  const email = `${name}@example.test`
  const answer = await admin.post('/users', { name, email, password, mustChangePassword: false, ...more })
  expect(answer).toMatchObject({ status: 201 })
  return answer.body.id
}

async function as(name: string): Promise<Client> {
  const client = createClient(service.base)
  await client.signIn(`${name}@example.test`, password)
  return client
}

async function flow(name: string, more: object): Promise<string> {
  const answer = await admin.post('/approval-flows', {
    name,
    groupId: ids['tools'],
    approvalType: 'manual',
    approvers: [{ kind: 'administrator' }],
    ...more,
  })
  expect(answer).toMatchObject({ status: 201 })
  return answer.body.id
}

beforeAll(async () => {
  service = await createService()
  await service.start()
  admin = createClient(service.base)
  await admin.signIn(signIn.email, signIn.password)
  await liftSubmissionLimits(admin)
  ids['boss'] = await person('boss')
  ids['ann'] = await person('ann', { managerId: ids['boss'] })
  ids['ben'] = await person('ben')
  ids['tools'] = (await admin.post('/user-groups', { name: 'Tools' })).body.id
  ids['app'] = (
    await admin.post('/applications', {
      name: 'Workbench',
      url: 'https://workbench.example.com',
      groupIds: [ids['tools']],
    })
  ).body.id
}, 180_000)

afterAll(async () => {
  await service.close()
})

describe('a request, from asking to using', () => {
  test('an employee asks, the manager is mailed and approves, and the application is there', async () => {
    const approvalFlowId = await flow('Workbench', { approvers: [{ kind: 'manager' }] })
    const ann = await as('ann')

    const submitted = await ann.post('/access-requests', { approvalFlowId, reason: 'I build things <b>&</b> more.' })
    const listed = await admin.get(`/access-requests?q=${submitted.body.id}`)
    const mail = await eventually(async () => (await mailsTo('boss@example.test'))[0])
    const boss = await as('boss')
    const waiting = await boss.get('/me/approvals?state=waiting')
    const decided = await boss.post(`/access-requests/${submitted.body.id}/decisions`, { decision: 'approve' })
    const applications = await ann.get('/me/applications')

    expect(submitted.status).toBe(201)
    expect(listed.body.items).toHaveLength(1)
    expect(mail.html).toContain(`/portal/approvals/${submitted.body.id}`)
    expect(mail.html).not.toContain('<b>&</b>')
    expect(waiting.body.items.map((item: { id: string }) => item.id)).toContain(submitted.body.id)
    expect(decided.body).toMatchObject({ status: 'approved', progress: { approved: 1, total: 1 } })
    expect(applications.body.items.map((item: { name: string }) => item.name)).toEqual(['Workbench'])
    expect((await mailsTo('ann@example.test')).map(({ subject }) => subject).length).toBeGreaterThan(0)
  })

  test('of two deciders at once one wins, and the other is told who', async () => {
    const groupId = (await admin.post('/user-groups', { name: 'Races' })).body.id
    const other = createClient(service.base)
    await person('second', { roles: ['admin'] })
    await other.signIn('second@example.test', password)
    for (let round = 0; round < 40; round++) {
      const approvalFlowId = await flow(`Race ${round}`, { groupId })
      const ben = await as('ben')
      const { body } = await ben.post('/access-requests', { approvalFlowId, reason: 'race' })

      const [granted, denied] = await Promise.all([
        admin.post(`/access-requests/${body.id}/grant`),
        other.post(`/access-requests/${body.id}/deny`, { reason: 'no' }),
      ])

      const statuses = [granted.status, denied.status].sort((a, b) => a - b)
      const loser = granted.status === 409 ? granted : denied
      const winner = granted.status === 409 ? denied : granted
      expect(statuses).toEqual([200, 409])
      expect(loser.body.current).toBe(winner.body.status)
      await admin.delete(`/user-groups/${groupId}/members/${ids['ben']}`)
      const { items } = (await admin.get(`/grants?userId=${ids['ben']}`)).body
      for (const grant of items) expect((await admin.post(`/grants/${grant.id}/revoke`)).status).toBe(200)
    }
  })

  test('missing data heals by itself when the manager is set', async () => {
    const approvalFlowId = await flow('Needs a manager', { approvers: [{ kind: 'manager' }] })
    const ben = await as('ben')
    const { body } = await ben.post('/access-requests', { approvalFlowId, reason: 'no manager yet' })

    await admin.patch(`/users/${ids['ben']}`, { managerId: ids['boss'] })
    const healed = await eventually(async () => {
      const answer = await admin.get(`/access-requests/${body.id}`)
      return answer.body.status === 'pending' && answer.body
    })

    expect(body.status).toBe('missing_data')
    expect(healed.progress.steps[0].approvers[0].id).toBe(ids['boss'])
  })

  test('timed access ends by itself', async () => {
    const groupId = (await admin.post('/user-groups', { name: 'Short' })).body.id
    const approvalFlowId = await flow('Short', {
      groupId,
      approvalType: 'automatic',
      approvers: [],
      durations: ['PT2S'],
    })
    const ann = await as('ann')

    const { body } = await ann.post('/access-requests', {
      approvalFlowId,
      reason: 'briefly',
      requestedDuration: 'PT2S',
    })
    const ended = await eventually(async () => {
      const answer = await admin.get(`/access-requests/${body.id}`)
      return answer.body.grant?.endedAt && answer.body
    })

    expect(body.status).toBe('approved')
    expect(ended.grant.endedBy).toBeNull()
    expect((await admin.get(`/user-groups/${groupId}/members`)).body.items).toEqual([])
  })

  test('the same Idempotency-Key asks once and gives the same answer', async () => {
    const groupId = (await admin.post('/user-groups', { name: 'Once' })).body.id
    const approvalFlowId = await flow('Once', { groupId })
    const ann = await as('ann')
    const key = { 'idempotency-key': 'once-1' }

    const first = await ann.post('/access-requests', { approvalFlowId, reason: 'once' }, key)
    const again = await ann.post('/access-requests', { approvalFlowId, reason: 'once' }, key)
    const changed = await ann.post('/access-requests', { approvalFlowId, reason: 'twice' }, key)

    expect([first.status, again.status, changed.status]).toEqual([201, 201, 422])
    expect(again.body).toEqual(first.body)
  })
})

describe('bad input', () => {
  const bad: [string, object][] = [
    ['an empty reason', { reason: '  ' }],
    ['a reason of 100 kB', { reason: 'x'.repeat(100_000) }],
    ['control characters', { reason: 'a\u0000b' }],
    ['a duration of zero', { reason: 'x', requestedDuration: 'PT0S' }],
    ['ten years', { reason: 'x', requestedDuration: 'P10Y' }],
    ['unknown fields', { reason: 'x', surprise: true }],
  ]

  test.each(bad)('%s is refused with the field that is wrong', async (_name, fields) => {
    const { items } = (await admin.get('/approval-flows?limit=1')).body

    const answer = await admin.post('/access-requests', { approvalFlowId: items[0].id, ...fields })

    expect(answer.status).toBe(422)
    expect(answer.body.errors.length).toBeGreaterThan(0)
  })

  test.each(['cursor=nonsense', 'sort=color', 'status=open', 'limit=0', 'from=yesterday', 'unknown=1'])(
    'the list refuses ?%s',
    async (query) => {
      expect((await admin.get(`/access-requests?${query}`)).status).toBe(422)
    },
  )

  test('unknown and foreign requests do not exist for the caller', async () => {
    const { items } = (await admin.get('/access-requests?q=race&limit=1')).body
    const ann = await as('ann')

    const statuses = [
      (await ann.get(`/access-requests/${items[0].id}`)).status,
      (await ann.get('/access-requests/not-an-id')).status,
      (await ann.get('/access-requests')).status,
      (await createClient(service.base).get('/access-requests')).status,
      (await admin.send('POST', '/access-requests', { body: '{', headers: { 'content-type': 'application/json' } }))
        .status,
    ]

    expect(statuses).toEqual([404, 404, 403, 401, 400])
  })
})

describe('a crash of everything', () => {
  test('open requests are still open, and one can be granted, with one mail', async () => {
    const groupId = (await admin.post('/user-groups', { name: 'Survivors' })).body.id
    const ann = await as('ann')
    const open: string[] = []
    for (let index = 0; index < 12; index++) {
      const approvalFlowId = await flow(`Survivor ${index}`, { groupId })
      open.push((await ann.post('/access-requests', { approvalFlowId, reason: 'still here' })).body.id)
    }

    await service.killEverything()
    await service.start()
    const states = await Promise.all(open.map(async (id) => (await admin.get(`/access-requests/${id}`)).body.status))
    const granted = await admin.post(`/access-requests/${open[0]}/grant`)
    const approvals = await eventually(async () => {
      const mails = (await mailsTo('ann@example.test')).filter(
        ({ subject }) => subject.includes('Survivor 0') && subject.includes('approved'),
      )
      return mails.length > 0 && mails
    })

    expect(new Set(states)).toEqual(new Set(['pending']))
    expect(granted.body.status).toBe('approved')
    expect(approvals).toHaveLength(1)
  })
})

describe('the portals, in a real browser', () => {
  let browser: Browser

  beforeAll(async () => {
    const flags = [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ]
    browser = await chromium.launch({
      executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
      args: flags,
    })
  })

  afterAll(async () => {
    await browser.close()
  })

  test('an administrator signs in by the link of the mail and sees that request, without accessibility findings', async () => {
    const { items } = (await admin.get('/access-requests?status=pending&q=Survivor&limit=1')).body
    const page = await (await browser.newContext()).newPage()

    await page.goto(`${service.base}/admin/requests/${items[0].id}`)
    await page.getByLabel(/e-?mail/i).fill(signIn.email)
    await page.locator('input[type=password]').fill(signIn.password)
    await page.keyboard.press('Enter')
    await page.getByText('still here').first().waitFor()
    const { violations } = await new AxeBuilder({ page }).analyze()

    expect(page.url()).toContain(items[0].id)
    expect(violations.map(({ id }) => id)).toEqual([])
  })
})
