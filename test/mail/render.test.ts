import { describe, expect, it, test } from 'vitest'
import { plainLetterhead } from '../../src/platform/mail/mail.letterhead.repository.ts'
import { type MailKind, mailKinds } from '../../src/platform/mail/mail.types.ts'
import { type RenderableMail, renderMail } from '../../src/platform/mail/render.ts'
import { readerOf } from '../../src/platform/mail/templates/reader.ts'
import { durationInWords, subjectLine } from '../../src/platform/mail/templates/words.ts'
import { aMailRequest, someFacts } from './builders.ts'

const publicUrl = 'https://access.example.com'
const requestId = aMailRequest().id

function render<K extends MailKind>(kind: K, request = aMailRequest(), recipientName = 'Bo Lind') {
  return renderMail([{ kind, recipientName, data: someFacts(request)[kind] } as RenderableMail], { publicUrl })
}

const buttons: Record<MailKind, [label: string, path: string]> = {
  review_requested_administrator: ['Admin Portal Login', `/admin/requests/${requestId}`],
  request_for_approvers: ['Admin Portal Login', `/admin/requests/${requestId}`],
  review_requested_approver: ['Open in the User Portal', `/portal/approvals/${requestId}`],
  request_submitted: ['View your request', `/portal/requests/${requestId}`],
  request_approved: ['Open your applications', '/portal/applications'],
  request_denied: ['View your request', `/portal/requests/${requestId}`],
  request_expired: ['View your request', `/portal/requests/${requestId}`],
  request_canceled: ['View your request', `/portal/requests/${requestId}`],
  access_ending: ['Ask again', '/portal/catalog/019a0000-0000-7000-8000-0000000000f1'],
  access_ended: ['Ask again', '/portal/catalog/019a0000-0000-7000-8000-0000000000f1'],
  missing_data: ['Admin Portal Login', `/admin/requests/${requestId}`],
  processing_error: ['Admin Portal Login', `/admin/requests/${requestId}`],
  sign_in_failures: ['Sign in', '/'],
  new_device: ['Look at your sessions', '/portal/sessions'],
  administrator_made: ['Open in the Admin Portal', `/admin/users/${requestId}`],
  member_added: ['Open in the Admin Portal', `/admin/groups/${requestId}`],
  change_waits: ['See what waits', '/admin/changes'],
  mail_test: ['Open the mail settings', '/admin/mails'],
  password_reset: ['Set a new password', '/set-password#a-token'],
  password_changed: ['Set a new password', '/forgot-password'],
  address_changed: ['Sign in', '/'],
  token_created: ['See your API tokens', '/portal/api-tokens'],
  invitation: ['Set your password', '/set-password#a-token'],
}

describe.each(mailKinds)('a mail of kind %s', (kind) => {
  const [label, path] = buttons[kind]

  it('has one button, which leads to the right page', async () => {
    const { html, text } = await render(kind)

    const links = [...html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href)
    expect(links).toEqual([`${publicUrl}${path}`])
    expect(html).toContain(`>${label}</span>`)
    expect(text).toContain(`${label} ${publicUrl}${path}`)
  })

  it('names what it is about in subject, HTML and text', async () => {
    const { subject, html, text } = await render(kind)

    for (const part of [subject, html, text]) expect(part).toContain('Payroll')
    expect(text).toContain('Hello Bo Lind,')
  })

  it('shows hostile text and does not act on it', async () => {
    const hostile = '<img src=x onerror=alert(1)>"\'&\r\nBcc: all@example.test\u202e\u2066\u200b\0'
    const request = aMailRequest({
      flowName: hostile,
      reason: hostile,
      requester: { name: hostile, email: 'ana@example.test', department: hostile },
    })

    const { subject, html, text } = await render(kind, request, hostile)

    expect(html).not.toContain('<img')
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;')
    expect(subject).not.toMatch(/[\r\n]/)
    for (const part of [subject, html, text]) expect(part).not.toMatch(/[\u202e\u2066\u200b\0]/)
  })
})

test.each(['access_ended', 'access_ending'] as const)(
  'a mail of kind %s says nothing of asking again where that cannot be',
  async (kind) => {
    const data = { ...someFacts()[kind], canAskAgain: false }

    const { html, text } = await renderMail([{ kind, recipientName: 'Bo Lind', data } as RenderableMail], { publicUrl })

    expect(html).toContain(`href="${publicUrl}/portal/applications"`)
    for (const part of [html, text]) expect(part).not.toMatch(/catalog|[Aa]sk (for it )?again/)
  },
)

test('the foot of a mail says why somebody gets it', async () => {
  expect((await render('request_denied')).text).toContain('it concerns an access request of yours')
  expect((await render('token_created')).text).toContain('it concerns your account.')
})

test('the texts of people stand in every mail that promises them', async () => {
  const denied = await render('request_denied')
  expect(denied.text).toContain('Reason:\n\n> Not this month')
  expect(denied.text).toContain('Next steps:\n\n> Ask your manager')

  expect((await render('request_approved')).text).toContain('Message:\n\n> Welcome aboard')
  expect((await render('request_approved')).text).toContain('Access ends: 23 December 2026, 10:00 UTC')
  expect((await render('missing_data')).text).toContain('> Step 1: Ana Ruiz has no manager.')
  expect((await render('processing_error')).text).toContain('> The webhook answered 403.')
  expect((await render('request_canceled')).text).toContain('> The approval flow was deleted.')
  expect((await render('request_submitted')).text).toContain(
    "Has to be approved by: Requester's manager, User group: Security",
  )
})

test('who must approve is left out when progress is not exposed', async () => {
  const data = { request: aMailRequest(), approvers: null }

  const { text } = await renderMail([{ kind: 'request_submitted', recipientName: 'Ana', data }], { publicUrl })

  expect(text).not.toContain('approved by')
})

test('a reason of 4000 characters is shown whole, line by line', async () => {
  const reason = Array.from({ length: 80 }, (_, line) => `${String(line).padStart(2, '0')} ${'x'.repeat(46)}`).join(
    '\r\n',
  )

  const { html, text } = await render('review_requested_administrator', aMailRequest({ reason }))

  for (const line of reason.split('\r\n')) {
    expect(text).toContain(`> ${line}\n`)
    expect(html).toContain(line)
  }
  expect(html.match(/<br\/>/g)).toHaveLength(79)
})

test('text that runs from right to left keeps its direction to itself', async () => {
  const { html, text } = await render(
    'review_requested_administrator',
    aMailRequest({ flowName: 'שכר', reason: 'סוף חודש' }),
  )

  expect(html).toContain('<bdi>שכר</bdi>')
  expect(html).toMatch(/<blockquote[^>]* dir="auto"[^>]*>סוף חודש</)
  expect(text).toContain('> סוף חודש')
})

test('a subject is one line of at most 120 characters and never half an emoji', () => {
  expect(subjectLine('a\r\nBcc: b\u0085c\td')).toBe('a Bcc: b c d')
  expect(Array.from(subjectLine('🔑'.repeat(200)))).toHaveLength(120)
  expect(subjectLine('🔑'.repeat(200))).not.toMatch(/\p{Surrogate}/u)
})

test("times are written in the reader's zone, which is named, and durations in words", () => {
  const inUtc = readerOf({ language: 'en', timeZone: 'UTC', product: 'Gatehouse' })
  const inBerlin = readerOf({ language: 'de', timeZone: 'Europe/Berlin', product: 'Gatehouse' })

  expect(inUtc.time('2026-11-23T10:15:59+01:00')).toBe('23 November 2026, 09:15 UTC')
  expect(inBerlin.time('2026-11-23T23:15:59Z')).toBe('24. November 2026, 00:15 MEZ')
  expect(durationInWords('P30D', 'en')).toBe('30 days')
  expect(durationInWords('P1Y2M', 'en')).toBe('1 year 2 months')
  expect(durationInWords('P1DT12H', 'en')).toBe('1 day 12 hours')
  expect(durationInWords('PT45M', 'en')).toBe('45 minutes')
  expect(durationInWords('P1DT12H', 'de')).toBe('1 Tag 12 Stunden')
})

test('every mail speaks German to who reads German, with no word of English in its frame', async () => {
  for (const kind of mailKinds) {
    const mail = { kind, recipientName: 'Bo Lind', data: someFacts()[kind] } as RenderableMail
    const german = { ...plainLetterhead, language: 'de', timeZone: 'Europe/Berlin' } as const
    const { subject, text, html } = await renderMail([mail], { publicUrl, letterhead: german })

    expect(html).toContain('lang="de"')
    expect(text).toContain('Guten Tag Bo Lind,')
    expect(subject).not.toBe((await render(kind)).subject)
    expect(text).not.toMatch(/\b(?:Hello|Received|Duration|When|From|request for|sent this)\b/)
    expect(text).not.toMatch(/\d UTC\b/)
  }
})

test('several of a kind are one mail that lists them, each with what it says and its own link', async () => {
  const requests = ['Payroll', 'Ledger'].map((flowName, at) =>
    aMailRequest({ flowName, id: `019a0000-0000-7000-8000-00000000010${at}`, reason: `For ${flowName}` }),
  )
  const [one, other] = requests.map(
    (request) =>
      ({
        kind: 'review_requested_approver',
        recipientName: 'Bo Lind',
        data: { request, steps: [] as string[] },
      }) as const,
  )
  if (!one || !other) throw new Error('two were made')

  const { subject, text, html } = await renderMail([one, other], { publicUrl })

  expect(subject).toBe('Your approval is needed: 2 access requests')
  for (const { id, reason } of requests) {
    expect(html).toContain(`href="${publicUrl}/portal/approvals/${id}"`)
    expect(text).toContain(`> ${reason}`)
  }
  expect(html).toContain(`href="${publicUrl}/portal/approvals"`)
})

test('of very many only the heads are listed, each with its link', async () => {
  const mails = Array.from({ length: 34 }, (_, at) => ({
    kind: 'review_requested_approver' as const,
    recipientName: 'Bo Lind',
    data: { request: aMailRequest({ id: `request-${at}`, reason: 'A long story' }), steps: [] as string[] },
  }))
  const [first, ...others] = mails
  if (!first) throw new Error('34 were made')

  const { text, html } = await renderMail([first, ...others], { publicUrl })

  expect(text).not.toContain('A long story')
  for (let at = 0; at < 34; at += 1) expect(html).toContain(`href="${publicUrl}/portal/approvals/request-${at}"`)
})

test("a company's name, colour and logo stand in its mails", async () => {
  const letterhead = { ...plainLetterhead, companyName: 'Acme Access', companyColor: '#7a1f5c', hasLogo: true }
  const mail = { kind: 'request_expired', recipientName: 'Ana', data: { request: aMailRequest() } } as const

  const { html, text } = await renderMail([mail], { publicUrl, letterhead })

  expect(text).toContain('Acme Access sent this mail by itself')
  expect(text).not.toContain('Gatehouse')
  expect(html).toContain('background-color:#7a1f5c')
  expect(html).toContain(`src="${publicUrl}/api/v1/company/logo"`)
})
