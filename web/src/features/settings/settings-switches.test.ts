import { expect, test } from 'vitest'
import { countChanges, noChanges, type Settings, tokenDaysOf, withChanges } from './settings-switches.ts'

const settings: Settings = {
  requestsEnabled: true,
  exposeProgress: true,
  mails: { request_denied: true, access_ended: false },
  longestTokenDays: 90,
  requestsPerHour: 30,
  requestsPerHourToFlow: 10,
  version: 3,
  updatedAt: '2026-03-02T09:00:00.000Z',
}

test('what is not changed stays as it is saved', () => {
  const after = withChanges(settings, { features: { exposeProgress: false }, mails: { access_ended: true } })

  expect(after).toEqual({
    requestsEnabled: true,
    exposeProgress: false,
    mails: { request_denied: true, access_ended: true },
    longestTokenDays: 90,
  })
  expect(settings.mails.access_ended).toBe(false)
})

test('a switch set back to what is saved is no change', () => {
  expect(countChanges(settings, noChanges)).toBe(0)
  expect(countChanges(settings, { features: { requestsEnabled: true }, mails: { request_denied: false } })).toBe(1)
})

test('the longest life of tokens is counted and saved once it is a number of days', () => {
  const changes = { ...noChanges, longestTokenDays: '30' }

  expect(withChanges(settings, changes).longestTokenDays).toBe(30)
  expect(countChanges(settings, changes)).toBe(1)
  expect(countChanges(settings, { ...noChanges, longestTokenDays: '90' })).toBe(0)
})

test.each(['', '0', '367', '1.5', '-3', 'many'])('“%s” is no life of a token', (text) => {
  expect(tokenDaysOf(text)).toBeUndefined()
  expect(countChanges(settings, { ...noChanges, longestTokenDays: text })).toBe(1)
})
