import { expect, test } from 'vitest'
import { countChanges, noChanges, type Settings, withChanges } from './settings-switches.ts'

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
  })
  expect(settings.mails.access_ended).toBe(false)
})

test('a switch set back to what is saved is no change', () => {
  expect(countChanges(settings, noChanges)).toBe(0)
  expect(countChanges(settings, { features: { requestsEnabled: true }, mails: { request_denied: false } })).toBe(1)
})
