/** The bench of the read side fills only what it has made, and finds what has become slower. */
import { expect, test } from 'vitest'
import { summary } from '../../bench/http.ts'
import { peopleOf } from '../../bench/reads/company.ts'
import { refusal } from '../../bench/reads/fill.ts'
import { readOptions, sizeOf } from '../../bench/reads/options.ts'
import { plansIn, readOf } from '../../bench/reads/plans.ts'
import { ratiosOf, worse } from '../../bench/reads/ratios.ts'
import { templatesOf } from '../../bench/reads/templates.ts'

const ours = { host: '127.0.0.1', mark: 'ours', requests: 0 }
const took = (fastest: number, failed = 0) => ({ fastest, failed })

test('percentiles are those of the sorted times', () => {
  const times = Array.from({ length: 100 }, (_, index) => 100 - index)

  expect(summary(times)).toEqual({ count: 100, p50: 51, p95: 96, p99: 100 })
  expect(summary([])).toEqual({ count: 0, p50: 0, p95: 0, p99: 0 })
})

test('only an empty database that the bench has made is filled, and with no more than a million requests', () => {
  expect(refusal(ours, 'ours', 10_000)).toBeUndefined()
  expect(refusal(ours, 'ours', 1_000_000)).toBeUndefined()

  expect(refusal({ ...ours, mark: null }, 'ours', 10_000)).toContain('has not made')
  expect(refusal({ ...ours, mark: 'of another run' }, 'ours', 10_000)).toContain('has not made')
  expect(refusal({ ...ours, host: 'db.example.com' }, 'ours', 10_000)).toContain('another machine')
  expect(refusal({ ...ours, requests: 1 }, 'ours', 10_000)).toContain('requests already')
  expect(refusal(ours, 'ours', 1_000_001)).toContain('more than')
  expect(refusal(ours, 'ours', Number.NaN)).toBeDefined()
})

test('a call that is not answered any more has no ratio, one that was not answered before is left out', () => {
  const small = { list: took(4), search: took(10), overview: took(9000, 3) }
  const large = { list: took(6), search: took(8600, 3), overview: took(9000, 3), newer: took(5) }

  expect(ratiosOf(small, large)).toEqual({ list: 1.5, search: null })
})

test('a call is worse when its ratio is above the committed one by more than the margin', () => {
  const found = (ratio: number | null, committed: number | null, p50 = 100) =>
    worse({ list: ratio }, { list: committed }, { large: { list: took(p50) }, allowed: 1.5 })

  expect(found(3, 2)).toEqual([])
  expect(found(3.1, 2)).toEqual(['list: 3.1 × as slow, at most 3 ×'])
  expect(found(1.4, 0.8)).toEqual([])
  expect(found(9, null)).toEqual([])
  expect(found(null, 2)).toEqual(['list: is not answered any more'])
  expect(found(9, 1, 7.5)).toEqual([])
})

test('a call without a committed ratio may not grow by more than the margin', () => {
  const large = { large: { list: took(100) }, allowed: 1.5 }

  expect(worse({ list: 1.5 }, {}, large)).toEqual([])
  expect(worse({ list: 1.6 }, {}, large)).toHaveLength(1)
})

test('sizes are told in short', () => {
  expect(readOptions(['--reads', '--sizes=50k,10k'])).toMatchObject({ isReadsOnly: true, sizes: [10_000, 50_000] })
  expect(readOptions([])).toMatchObject({ isReadsOnly: false, isCheck: false, sizes: [10_000, 100_000, 1_000_000] })
  expect(readOptions(['--check'])).toMatchObject({ isReadsOnly: true, isCheck: true })
  expect(sizeOf('1m')).toBe(1_000_000)
  for (const wrong of ['2m', '10', '-10k', 'many', '']) expect(() => sizeOf(wrong)).toThrow('no number of requests')
})

test('everybody in the company has a name and an address of their own', () => {
  const people = peopleOf(20_000)

  expect(new Set(people.map(({ name }) => name)).size).toBe(20_000)
  expect(new Set(people.map(({ email }) => email)).size).toBe(20_000)
  expect(people.every(({ manager }, index) => manager !== index)).toBe(true)
})

test('every way that a request can go ends in the status it is named by', () => {
  for (const { outcome, rows } of templatesOf('sequential', true)) {
    const row = JSON.parse(rows[0]?.body ?? '') as { status: string; state: { status: string } }

    expect([row.status, row.state.status]).toEqual([outcome, outcome])
  }
})

test('plans are found in the log of Postgres, with the rows that they read', () => {
  const plan = {
    'Query Text': 'select',
    Plan: {
      'Node Type': 'Limit',
      'Actual Rows': 20,
      'Actual Loops': 1,
      Plans: [
        {
          'Node Type': 'Index Scan',
          'Relation Name': 'grants',
          'Index Name': 'grants_started',
          'Actual Rows': 2,
          'Actual Loops': 10,
          'Rows Removed by Filter': 3,
        },
        { 'Node Type': 'Seq Scan', 'Relation Name': 'users', 'Actual Rows': 500, 'Actual Loops': 1 },
        { 'Node Type': 'Seq Scan', 'Relation Name': 'settings', 'Actual Rows': 1, 'Actual Loops': 1 },
      ],
    },
  }
  const told = JSON.stringify(plan, null, 2).replaceAll('\n', '\n\t')
  const log = `2026-03-02 09:00:00 UTC [1] LOG:  duration: 0.120 ms  plan:\n\t${told}\n2026-03-02 09:00:01 UTC [1] WARNING:  something else\n`

  expect(plansIn(log)).toEqual([plan])
  expect(readOf(plansIn(log))).toEqual({ rows: 550, by: ['grants_started', 'all of users'] })
})
