import { expect, test } from 'vitest'
import { countChanges, noChanges, numberOf, type Settings, withChanges } from './settings-switches.ts'

const mails: Settings['mails'] = {
  review_requested_administrator: true,
  request_for_approvers: true,
  missing_data: true,
  processing_error: true,
  review_requested_approver: true,
  request_submitted: true,
  request_approved: true,
  request_denied: true,
  request_expired: true,
  request_canceled: true,
  access_ending: true,
  access_ended: false,
}

const house = {
  companyName: null,
  companyColor: null,
  companyLogoUrl: null,
  mailReplyTo: null,
  language: 'en',
  timeZone: 'UTC',
} as const

const settings: Settings = {
  requestsEnabled: true,
  exposeProgress: true,
  mails,
  longestTokenDays: 90,
  requestsPerHour: 30,
  requestsPerHourToFlow: 10,
  sentMailDays: 30,
  endedCredentialDays: 30,
  finishedRequestDays: null,
  auditEventDays: null,
  ...house,
  version: 3,
  updatedAt: '2026-03-02T09:00:00.000Z',
}

test('what is not changed stays as it is saved', () => {
  const after = withChanges(settings, {
    ...noChanges,
    features: { exposeProgress: false },
    mails: { access_ended: true },
  })

  expect(after).toEqual({
    requestsEnabled: true,
    exposeProgress: false,
    mails: { ...mails, access_ended: true },
    longestTokenDays: 90,
    requestsPerHour: 30,
    requestsPerHourToFlow: 10,
    sentMailDays: 30,
    endedCredentialDays: 30,
    finishedRequestDays: null,
    auditEventDays: null,
    ...house,
  })
  expect(settings.mails.access_ended).toBe(false)
})

test('a switch set back to what is saved is no change', () => {
  expect(countChanges(settings, noChanges)).toBe(0)
  expect(
    countChanges(settings, { ...noChanges, features: { requestsEnabled: true }, mails: { request_denied: false } }),
  ).toBe(1)
})

test('days are counted and saved once they are a number of days', () => {
  const changes = { ...noChanges, numbers: { longestTokenDays: '30', finishedRequestDays: '400' } }

  expect(withChanges(settings, changes)).toMatchObject({ longestTokenDays: 30, finishedRequestDays: 400 })
  expect(countChanges(settings, changes)).toBe(2)
  expect(countChanges(settings, { ...noChanges, numbers: { longestTokenDays: '90', finishedRequestDays: '' } })).toBe(0)
})

test('an empty field keeps finished requests for ever', () => {
  const kept = { ...settings, finishedRequestDays: 400 }

  expect(withChanges(kept, { ...noChanges, numbers: { finishedRequestDays: ' ' } }).finishedRequestDays).toBeNull()
})

test.each([
  ['', null],
  ['30', 30],
  ['29', undefined],
  ['3651', undefined],
])('events kept for “%s” days: %s', (text, days) => {
  expect(numberOf('auditEventDays', text)).toBe(days)
})

test.each(['', '0', '367', '1.5', '-3', 'many'])('“%s” is no life of a token', (text) => {
  expect(numberOf('longestTokenDays', text)).toBeUndefined()
  expect(countChanges(settings, { ...noChanges, numbers: { longestTokenDays: text } })).toBe(1)
})

test('a text is saved without spaces around it, and an empty one as nothing', () => {
  const named = { ...settings, companyName: 'Acme' }
  const changes = { ...noChanges, texts: { companyName: ' ', mailReplyTo: ' it@example.test ' } }

  expect(withChanges(named, changes)).toMatchObject({ companyName: null, mailReplyTo: 'it@example.test' })
  expect(countChanges(named, changes)).toBe(2)
})
