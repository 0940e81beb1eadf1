import { expect, test } from 'vitest'
import { expiryOf } from './token-expiry.ts'

const now = new Date('2026-03-02T09:00:00.000Z')

test('a number of days counts from now', () => {
  expect(expiryOf({ choice: '30', day: '' }, now)).toBe('2026-04-01T09:00:00.000Z')
})

test('as late as allowed is for the service to say', () => {
  expect(expiryOf({ choice: 'longest', day: '2027-01-31' }, now)).toBeNull()
})

test('a chosen day counts to its end, where the reader is', () => {
  const end = new Date(2027, 0, 31, 23, 59, 59).toISOString()

  expect(expiryOf({ choice: 'custom', day: '2027-01-31' }, now)).toBe(end)
})

test.each(['', '2026-02-28', 'tomorrow'])('the day “%s” is no end', (day) => {
  expect(expiryOf({ choice: 'custom', day }, now)).toBeUndefined()
})
