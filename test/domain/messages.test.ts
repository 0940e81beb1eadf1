/** Messages from anywhere: what is accepted, and that nothing else is. */
import { describe, expect, test } from 'vitest'
import { flowProblems } from '../../src/domain/flow/rules.ts'
import { parseExtend, parseRevoke, refuseExtension, reminderAt } from '../../src/domain/grant/record.ts'
import { parseDecide, parseOverride } from '../../src/domain/request/messages.ts'
import { longestText, textProblem } from '../../src/domain/shared/text.ts'
import { refusalOf, start } from '../support/a-request.ts'
import { idOf } from '../support/company.ts'
import { parsers } from '../support/parsers.ts'

const by = idOf(1)

describe.each(parsers)('%s', (_name, parse) => {
  test.each([
    undefined,
    null,
    0,
    'text',
    [],
    {},
    [{ by }],
    { by: null },
    { by: 'me' },
    { by: `${by}\n` },
    { by: { toString: () => by } },
  ])('refuses %j', (raw) => {
    expect(refusalOf(() => parse(raw))).toBe('invalid_input')
  })
})

test('what is not known is left behind', () => {
  const raw = {
    by: by.toUpperCase(),
    decision: 'approve',
    status: 'approved',
    __proto__: { reason: 'x' },
    origin: { clientIp: 7, userAgent: 'curl', cookie: 'x' },
  }

  expect(parseDecide(raw)).toStrictEqual({
    type: 'decide',
    by,
    decision: 'approve',
    reason: 'x',
    nextSteps: undefined,
    origin: { clientIp: undefined, userAgent: 'curl' },
  })
})

describe('where a message says it came from', () => {
  const originOf = (origin: unknown) => parseDecide({ by, decision: 'deny', reason: 'r', origin }).origin

  test('loses what cannot be printed, and the decision stands', () => {
    expect(originOf({ clientIp: '\u0000', userAgent: 'a\u0000b\n\tc\u202ed\ud800' })).toStrictEqual({
      clientIp: undefined,
      userAgent: 'abcd',
    })
    expect(originOf({ clientIp: '10.0.0.1', userAgent: 'Grüße 🏳️‍🌈' })).toStrictEqual({
      clientIp: '10.0.0.1',
      userAgent: 'Grüße 🏳️‍🌈',
    })
  })

  test('is cut to a limited length, and never leaves half a character behind', () => {
    expect(originOf({ userAgent: `${'x'.repeat(511)}🚀` })?.userAgent).toBe('x'.repeat(511))
  })

  test.each(['192.0.2.1', '2001:db8::1', '::', '::ffff:192.0.2.1', '1:2:3:4:5:6:7:8', '1:2:3:4:5:6:192.0.2.1'])(
    'may be the address %s',
    (clientIp) => {
      expect(originOf({ clientIp })?.clientIp).toBe(clientIp)
    },
  )

  test.each([
    'nonsense',
    '256.0.0.1',
    '1.2.3',
    '01.2.3.4',
    '1.2.3.4:80',
    '10.0.0.0/8',
    'fe80::1%eth0',
    '1::2::3',
    ':1::2',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7::8',
    '192.0.2.1::',
    ' 192.0.2.1',
    'x'.repeat(7000),
  ])('is never the text %.40s', (clientIp) => {
    expect(originOf({ clientIp })).toStrictEqual({ clientIp: undefined, userAgent: undefined })
  })
})

test('a denial needs a reason, and a reason that nobody can see is none', () => {
  for (const reason of [undefined, null, '', ' \n\t ', '\u200b\u00ad\u3164']) {
    expect(refusalOf(() => parseDecide({ by, decision: 'deny', reason }))).toBe('reason_required')
    expect(refusalOf(() => parseOverride({ by, decision: 'deny', reason }, start))).toBe('reason_required')
  }
  expect(parseDecide({ by, decision: 'deny', reason: '  no\r\nway ' })).toMatchObject({ reason: 'no\nway' })
})

test.each([
  ['a null character', 'a\u0000b'],
  ['an escape sequence', '\u001b[2Jgone'],
  ['reversed text', 'a\u202Eb'],
  ['half an emoji', 'a\uD83D'],
  ['the other half', '\uDE00a'],
  ['a noncharacter', 'a\uFFFF'],
  ['a C1 control', 'a\u0090b'],
])('%s is refused', (_name, text) => {
  expect(textProblem(text)?.message).toContain('control characters')
  expect(refusalOf(() => parseDecide({ by, decision: 'deny', reason: text }))).toBe('invalid_input')
})

test.each([
  'Grüße, 東京 🏳️‍🌈 👩🏽‍💻',
  '<script>alert(1)</script>',
  "Robert'); DROP TABLE users;--",
  'a\tb\nc',
  '=cmd|calc!A1',
  '\u200Fעברית',
])('%j is text like any other', (text) => {
  expect(parseDecide({ by, decision: 'deny', reason: text })).toMatchObject({ reason: text })
})

test('a text has 4,000 characters at most', () => {
  expect(parseDecide({ by, decision: 'deny', reason: 'x'.repeat(longestText) })).toBeDefined()
  expect(refusalOf(() => parseDecide({ by, decision: 'deny', reason: 'x'.repeat(longestText + 1) }))).toBe(
    'invalid_input',
  )
  expect(refusalOf(() => parseOverride({ by, decision: 'grant', internalNotes: 'x'.repeat(100_000) }, start))).toBe(
    'invalid_input',
  )
})

test('an override takes a duration that access can have', () => {
  const grant = (duration: unknown) => refusalOf(() => parseOverride({ by, decision: 'grant', duration }, start))

  expect(grant('P5D')).toBeUndefined()
  for (const duration of ['P0D', 'P10Y', 'soon', 5, {}]) expect(grant(duration)).toBe('invalid_input')
})

describe('a grant', () => {
  const grant = {
    id: idOf(9),
    accessRequestId: idOf(8),
    flowId: idOf(7),
    flowName: 'VPN',
    user: { id: by, name: 'A', email: 'a@example.test' },
    groupId: idOf(6),
    connectorId: null,
    startedAt: start,
    expiresAt: '2026-03-12T09:00:00.000Z',
    version: 1,
    carriedOut: [],
    end: null,
    endedAt: null,
  }

  test('what a revocation says about where it came from is text of limited length, or nothing', () => {
    expect(parseRevoke({ by, origin: { clientIp: '10.0.0.1', userAgent: 'x'.repeat(9999), more: 1 } })).toEqual({
      by,
      origin: { clientIp: '10.0.0.1', userAgent: 'x'.repeat(512) },
    })
    expect(parseRevoke({ by, origin: { clientIp: { $ne: 1 }, userAgent: ['x'] } })).toEqual({
      by,
      origin: { clientIp: undefined, userAgent: undefined },
    })
    expect(parseRevoke({ by, origin: 'evil' })).toEqual({ by })
  })

  test('is extended to a later end, at most two years away', () => {
    expect(parseExtend({ by, until: '2026-03-20T10:00:00+01:00' }, start).until).toBe('2026-03-20T09:00:00.000Z')
    for (const until of ['2026-03-01T00:00:00Z', start, '2036-01-01T00:00:00Z', 'tomorrow', 12]) {
      expect(refusalOf(() => parseExtend({ by, until }, start))).toBe('invalid_input')
    }
    expect(refusalOf(() => refuseExtension(grant, '2026-03-11T09:00:00.000Z'))).toBe('invalid_input')
    expect(refusalOf(() => refuseExtension({ ...grant, expiresAt: null }, '2026-03-20T09:00:00.000Z'))).toBe('conflict')
    expect(refusalOf(() => refuseExtension(grant, '2026-03-20T09:00:00.000Z'))).toBeUndefined()
  })

  test.each([
    ['2026-03-12T09:00:00.000Z', '2026-03-11T09:00:00.000Z'],
    ['2026-03-02T21:00:00.000Z', '2026-03-02T20:00:00.000Z'],
    ['2026-03-02T10:00:00.000Z', null],
    [null, null],
  ])('that ends %s reminds at %s', (expiresAt, expected) => {
    expect(reminderAt({ startedAt: start, expiresAt })).toBe(expected)
  })
})

test('administrators do not mix with other approvers, and every approver is named once', () => {
  const problems = (approvers: Parameters<typeof flowProblems>[0]['approvers'], durations: string[] = []) =>
    flowProblems({ approvalType: 'manual', approvalRequirement: 'any', approvers, durations }, start).map(
      ({ path }) => path,
    )

  expect(problems([{ kind: 'administrator' }])).toEqual([])
  expect(problems([{ kind: 'administrator' }, { kind: 'manager' }])).toEqual(['approvers.1.kind'])
  expect(problems([{ kind: 'manager' }, { kind: 'manager' }])).toEqual(['approvers.1'])
  expect(problems([{ kind: 'user' }, { kind: 'user_group', groupId: by, required: 0 }])).toEqual([
    'approvers.0.userId',
    'approvers.1.required',
  ])
  expect(problems([], ['P10Y', 'P5D', 'P5D'])).toEqual(['approvers', 'durations.0', 'durations.2'])
})
