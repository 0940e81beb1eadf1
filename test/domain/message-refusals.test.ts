/** What a caller reads when a message cannot be taken, and what stays of one that can. */
import { describe, expect, test } from 'vitest'
import {
  origin,
  parseDecide,
  parseFlowClosed,
  parseOverride,
  parseWithdraw,
} from '../../src/domain/request/messages.ts'
import type { DomainError } from '../../src/domain/shared/errors.ts'
import { toRefusal } from '../../src/domain/shared/errors.ts'
import { start, thrownBy } from '../support/a-request.ts'

const by = 'abcdef01-2345-7abc-8def-0123456789ab'
const tooLong = 'must be at most 4000 characters long'
const unsafe = 'must not contain control characters: U+0000 at position 2'
const notText = ['must be text', 'wrong_type', { expected: 'string' }] as const
const parsers = {
  decide: parseDecide,
  override: (raw: unknown) => parseOverride(raw, start),
  withdraw: parseWithdraw,
  flowClosed: parseFlowClosed,
}
const ways = Object.entries(parsers)
const waysOfPeople = ways.filter(([name]) => name !== 'flowClosed')
const approve = { by, decision: 'approve' }
const grant = { by, decision: 'grant' }
const fieldErrors = (run: () => unknown) => {
  const { code, details } = toRefusal(thrownBy(run) as DomainError)
  return [code, details.errors]
}
const refused = (path: string, message: string, code: string, params: object = {}) => [
  'invalid_input',
  [{ path, message, code, params }],
]

test.each(ways)('%s is an object, and nothing else is taken for one', (_name, parse) => {
  for (const raw of [undefined, null, 'text', 7, [], [approve]])
    expect(fieldErrors(() => parse(raw))).toEqual(
      refused('', 'must be an object', 'wrong_type', { expected: 'object' }),
    )
})

test.each(waysOfPeople)('%s is said by the id of a user', (name, parse) => {
  const decision = name === 'override' ? 'grant' : 'approve'

  for (const who of [undefined, null, 7, '', 'me', [by], `x${by}`, `${by}x`])
    expect(fieldErrors(() => parse({ by: who, decision }))).toEqual(
      refused('by', 'must be the id of a user', 'invalid_format', { format: 'uuid' }),
    )
})

describe('what is said is one of a few words', () => {
  test.each([undefined, null, '', 'grant', 'APPROVE', ['approve']])('never %j by an approver', (decision) => {
    expect(fieldErrors(() => parseDecide({ by, decision }))).toEqual(
      refused('decision', 'must be one of approve, deny', 'not_one_of', { allowed: ['approve', 'deny'] }),
    )
  })

  test.each([undefined, '', 'approve'])('never %j by an administrator', (decision) => {
    expect(fieldErrors(() => parsers.override({ by, decision }))).toEqual(
      refused('decision', 'must be one of grant, deny', 'not_one_of', { allowed: ['grant', 'deny'] }),
    )
  })

  test.each([undefined, '', 'renamed'])('never %j of a flow', (cause) => {
    expect(fieldErrors(() => parseFlowClosed({ cause }))).toEqual(
      refused('cause', 'must be one of deleted, disabled', 'not_one_of', { allowed: ['deleted', 'disabled'] }),
    )
  })
})

describe.each([
  ['decide', 'reason', approve],
  ['decide', 'nextSteps', approve],
  ['override', 'reason', grant],
  ['override', 'message', grant],
  ['override', 'nextSteps', grant],
  ['override', 'internalNotes', grant],
  ['override', 'duration', grant],
] as const)('%s: the field %s', (name, field, rest) => {
  const parse = parsers[name]

  test.each([
    [7, ...notText],
    [['text'], ...notText],
    [{}, ...notText],
    [false, ...notText],
    ['x'.repeat(4001), tooLong, 'too_long', { maximum: 4000 }],
    ['a\u0000b', unsafe, 'control_characters', { character: 'U+0000', position: 2 }],
  ])('is refused when it is %j', (value, message, code, params) => {
    expect(fieldErrors(() => parse({ ...rest, [field]: value }))).toEqual(refused(field, message, code, params))
  })

  test.each([undefined, null, '', ' \r\n\t '])('is left out when it is %j', (value) => {
    expect(parse({ ...rest, [field]: value })).toMatchObject({ [field]: undefined })
  })
})

test('a denial without a reason is told who will read it', () => {
  const refusal = {
    code: 'reason_required',
    message: 'Say why: a denial needs a reason, which the requester will read.',
    details: { errors: [{ path: 'reason', message: 'is required to deny', code: 'required', params: {} }] },
  }

  for (const parse of [parsers.decide, parsers.override])
    expect(toRefusal(thrownBy(() => parse({ by, decision: 'deny' })) as DomainError)).toStrictEqual(refusal)
})

test.each([
  ['soon', 'must be an ISO-8601 duration such as P30D or PT8H', 'invalid_format', { format: 'duration' }],
  ['P0D', 'must be at least one second', 'duration_too_short', { minimum: 'PT1S' }],
  ['P3Y', 'must be at most two years', 'duration_too_long', { maximum: 'P2Y' }],
])('a grant for %s is refused', (duration, message, code, params) => {
  expect(fieldErrors(() => parsers.override({ ...grant, duration }))).toEqual(
    refused('duration', message, code, params),
  )
})

describe('a message that is taken', () => {
  test('says who decides, what, and why; an approval needs no reason', () => {
    expect(parseDecide({ ...approve, by: by.toUpperCase() })).toStrictEqual({
      type: 'decide',
      by,
      decision: 'approve',
      reason: undefined,
      nextSteps: undefined,
    })
    expect(parseDecide({ by, decision: 'deny', reason: 'No.', nextSteps: ' Ask\r\nagain. ' })).toStrictEqual({
      type: 'decide',
      by,
      decision: 'deny',
      reason: 'No.',
      nextSteps: 'Ask\nagain.',
    })
  })

  test('says what an administrator decides, for how long, to the requester and to other administrators', () => {
    const said = { duration: 'P5D', message: 'Take care.', reason: 'On call.', nextSteps: 'Sign in.' }

    expect(parsers.override({ ...grant, ...said, internalNotes: 'Checked.' })).toStrictEqual({
      type: 'override',
      by,
      decision: 'grant',
      ...said,
      internalNotes: 'Checked.',
    })
    expect(parsers.override({ by, decision: 'deny', reason: 'No.' })).toMatchObject({ decision: 'deny', reason: 'No.' })
  })

  test('says who withdraws, and why a flow has closed', () => {
    expect(parseWithdraw({ by })).toStrictEqual({ type: 'withdraw', by })
    expect(parseFlowClosed({ cause: 'deleted' })).toStrictEqual({ type: 'flowClosed', cause: 'deleted' })
    expect(parseFlowClosed({ cause: 'disabled' })).toStrictEqual({ type: 'flowClosed', cause: 'disabled' })
  })
})

describe('where a message comes from', () => {
  test.each([undefined, null, 'there', 7])('is not said by %j', (value) => {
    expect(origin({ origin: value })).toStrictEqual({})
  })

  test('is an IP address, and a browser of at most 512 characters in one line', () => {
    expect(origin({ origin: { clientIp: '10.0.0.1', userAgent: `a\n\tb${'x'.repeat(600)}` } })).toStrictEqual({
      origin: { clientIp: '10.0.0.1', userAgent: `ab${'x'.repeat(508)}` },
    })
    expect(origin({ origin: { clientIp: '1'.repeat(65), userAgent: 'curl' } })).toStrictEqual({
      origin: { clientIp: undefined, userAgent: 'curl' },
    })
    expect(origin({ origin: { clientIp: '', userAgent: 7 } })).toStrictEqual({
      origin: { clientIp: undefined, userAgent: undefined },
    })
  })

  test.each(waysOfPeople)('is kept of %s', (name, parse) => {
    const decision = name === 'override' ? 'grant' : 'approve'
    const said = { clientIp: '10.0.0.1', userAgent: 'curl' }

    expect(parse({ by, decision, origin: { ...said, more: 1 } })).toMatchObject({ origin: said })
  })
})
