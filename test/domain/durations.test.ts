import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { chooseDuration } from '../../src/domain/request/submission.ts'
import {
  addDuration,
  durationInMs,
  durationProblem,
  isDuration,
  isSameDuration,
} from '../../src/domain/shared/duration.ts'
import { refusalOf, start } from '../support/a-request.ts'

describe('a duration is a calendar', () => {
  test.each([
    ['2026-01-31T10:00:00.000Z', 'P1M', '2026-02-28T10:00:00.000Z'],
    ['2028-01-31T10:00:00.000Z', 'P1M', '2028-02-29T10:00:00.000Z'],
    ['2028-02-29T10:00:00.000Z', 'P1Y', '2029-02-28T10:00:00.000Z'],
    ['2026-12-15T10:00:00.000Z', 'P1M', '2027-01-15T10:00:00.000Z'],
    ['2026-03-02T09:00:00.000Z', 'P30D', '2026-04-01T09:00:00.000Z'],
    ['2026-03-02T09:00:00.000Z', 'P1W', '2026-03-09T09:00:00.000Z'],
    ['2026-03-02T09:00:00.000Z', 'P1DT1H1M1S', '2026-03-03T10:01:01.000Z'],
  ])('%s and %s is %s', (from, duration, until) => {
    expect(addDuration(from, duration)).toBe(until)
  })
})

test.each([
  ['P12W', 84 * 24 * 60 * 60 * 1000],
  ['P100D', 100 * 24 * 60 * 60 * 1000],
  ['PT100H', 100 * 60 * 60 * 1000],
  ['PT45M', 45 * 60 * 1000],
  ['PT90S', 90 * 1000],
])('%s takes %s ms, of however many digits it is made', (duration, length) => {
  expect(durationInMs(duration, start)).toBe(length)
})

test('what is no duration is never added: the error names it', () => {
  expect(() => addDuration(start, 'soon')).toThrow(new RangeError('not an ISO-8601 duration: soon'))
})

test.each([
  '',
  'P',
  'PT',
  'P1',
  '1D',
  'P1DT',
  'P-1D',
  'P1.5D',
  'p1d',
  ' P1D',
  'P1D\n',
  'P1H',
  'PT1D',
  'P1D1M',
  'P99999999D',
  'P１D',
])('%j is no duration', (text) => {
  expect(isDuration(text)).toBe(false)
  expect(durationProblem(text, start)?.message).toContain('ISO-8601')
})

test.each([
  ['P5D', undefined],
  ['PT1S', undefined],
  ['P2Y', undefined],
  ['P24M', undefined],
  ['P0D', 'must be at least one second'],
  ['PT0S', 'must be at least one second'],
  ['P0Y0M0DT0H0M0S', 'must be at least one second'],
  ['P10Y', 'must be at most two years'],
  ['P2YT1S', 'must be at most two years'],
  ['P9999Y', 'must be at most two years'],
])('access for %s: %s', (duration, problem) => {
  expect(durationProblem(duration, start)?.message).toBe(problem)
})

test('a longer duration never ends earlier, and no well-formed one fails', () => {
  const parts = fc.record({
    days: fc.nat(999_999),
    hours: fc.nat(9_999_999),
    months: fc.nat(99_999),
    years: fc.nat(9999),
  })
  fc.assert(
    fc.property(parts, ({ years, months, days, hours }) => {
      const length = durationInMs(`P${years}Y${months}M${days}DT${hours}H`, start)
      const longer = durationInMs(`P${years}Y${months}M${days + 1 > 999_999 ? days : days + 1}DT${hours}H`, start)

      expect(length).toBeGreaterThanOrEqual(0)
      expect(longer).toBeGreaterThanOrEqual(length)
    }),
  )
})

test('a request names one of the durations of its flow', () => {
  expect(chooseDuration([], null)).toBeNull()
  expect(chooseDuration(['P5D', 'P10D'], null)).toBe('P5D')
  expect(chooseDuration(['P5D', 'P10D'], 'P10D')).toBe('P10D')
  expect(chooseDuration(['P5D', 'P7D'], 'P1W')).toBe('P7D')
  expect(refusalOf(() => chooseDuration(['P5D'], 'P6D'))).toBe('invalid_input')
  expect(refusalOf(() => chooseDuration([], 'P5D'))).toBe('invalid_input')
})

test.each([
  ['P1W', 'P7D', true],
  ['P1Y', 'P12M', true],
  ['PT24H', 'P1D', true],
  ['PT90M', 'PT1H30M', true],
  ['P1M', 'P30D', false],
  ['P1M', 'PT1M', false],
  ['soon', 'soon', false],
])('%s and %s mean the same: %s', (one, other, isSame) => {
  expect([isSameDuration(one, other), isSameDuration(other, one)]).toEqual([isSame, isSame])
})
