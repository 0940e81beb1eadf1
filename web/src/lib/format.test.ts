import { expect, test } from 'vitest'
import { createFormat } from './format.ts'

const now = new Date(2026, 10, 23, 13, 0).getTime()
const dayMs = 86_400_000
const relative = (ms: number, language = 'en') => createFormat(language).relative(new Date(now + ms).toISOString(), now)

test.each([
  [20_000, 'now'],
  [-90_000, '1 minute ago'],
  [5 * 3_600_000, 'in 5 hours'],
  [-30 * 3_600_000, 'yesterday'],
  [-45 * 3_600_000, '2 days ago'],
  [30 * dayMs - 60_000, 'in 30 days'],
  [45 * dayMs, 'in 45 days'],
  [60 * dayMs, 'in 2 months'],
  [-400 * dayMs, '13 months ago'],
  [1000 * dayMs, 'in 2 years'],
])('%i ms away is “%s”', (ms, text) => {
  expect(relative(ms)).toBe(text)
})

test('the words are those of the language', () => {
  expect(relative(30 * dayMs, 'de')).toBe('in 30 Tagen')
  expect(createFormat('de').duration('P30D')).toBe('30 Tage')
})

test.each([
  [90_000, '2 minutes'],
  [3 * dayMs, '3 days'],
])('a span of %i ms is “%s”', (ms, text) => {
  expect(createFormat('en').span(ms)).toBe(text)
})
