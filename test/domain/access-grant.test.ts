/** What may be said to a grant, what it is told in return, and when its user is reminded. */
import { describe, expect, test } from 'vitest'
import { grantOf, parseExtend, parseRevoke, refuseExtension, reminderAt } from '../../src/domain/grant/record.ts'
import { durationInMs } from '../../src/domain/shared/duration.ts'
import { aRequest, start, thrownBy } from '../support/a-request.ts'
import { createCompany, idOf } from '../support/company.ts'

const by = 'abcdef01-2345-7abc-8def-0123456789ab'
const inMs = (ms: number) => new Date(Date.parse(start) + ms).toISOString()
const hour = 60 * 60 * 1000
const day = 24 * hour

function refused(path: string, message: string) {
  return { code: 'invalid_input', message: `${path}: ${message}`, details: { errors: [{ path, message }] } }
}

describe('who says it', () => {
  const notAnId = refused('by', 'must be the id of a user')

  test.each([
    null,
    undefined,
    {},
    { by: 7 },
    { by: [by] },
    { by: `x${by}` },
    { by: `${by}x` },
    { by: by.replaceAll('-', '') },
  ])('has to be the id of a user, and %j is none', (raw) => {
    expect(thrownBy(() => parseRevoke(raw))).toMatchObject(notAnId)
    expect(thrownBy(() => parseExtend(raw, start))).toMatchObject(notAnId)
  })

  test('is known by the id in small letters, however it was typed', () => {
    expect(parseRevoke({ by: by.toUpperCase() })).toStrictEqual({ by })
    expect(parseExtend({ by: by.toUpperCase(), until: inMs(day) }, start).by).toBe(by)
  })
})

describe('the new end of an extension', () => {
  const longest = durationInMs('P2Y', start)

  test.each([
    ['a number', 2030, 'must be an RFC 3339 time'],
    ['nothing', undefined, 'must be an RFC 3339 time'],
    ['a word', 'tomorrow', 'must be an RFC 3339 time'],
    ['a year', '2027', 'must be an RFC 3339 time'],
    ['a date as people write it', 'March 7, 2027', 'must be an RFC 3339 time'],
    ['a time that does not say where', '2027-03-07T12:00:00', 'must be an RFC 3339 time'],
    ['a day that does not exist', '2027-13-07T12:00:00Z', 'must be an RFC 3339 time'],
    ['a time with words around it', 'at 2027-03-07T12:00:00Z sharp', 'must be an RFC 3339 time'],
    ['the past', inMs(-1), 'must lie in the future; revoke the grant to end it now'],
    ['this moment', start, 'must lie in the future; revoke the grant to end it now'],
    ['more than two years away', inMs(longest + 1), 'must be at most two years away'],
  ])('is never %s', (_name, until, message) => {
    expect(thrownBy(() => parseExtend({ by, until }, start))).toMatchObject(refused('until', message))
  })

  test.each([
    ['a moment away', inMs(1)],
    ['in another place', `${inMs(hour).slice(0, 19)}.5+00:00`],
    ['two years away', inMs(longest)],
  ])('may be %s', (_name, until) => {
    expect(parseExtend({ by, until }, start)).toStrictEqual({ by, until: new Date(until).toISOString() })
  })
})

describe('an extension', () => {
  const extended = (expiresAt: string | null, until: string) => () => {
    const company = createCompany()
    const given = { id: idOf(9), connectorId: null, startedAt: start, expiresAt, endedAt: null, endedBy: null }
    refuseExtension(grantOf(aRequest(company, company.addUser()), given), until)
  }

  test('of access without an end is refused, since it would shorten it', () => {
    expect(thrownBy(extended(null, inMs(day)))).toMatchObject({
      code: 'conflict',
      message: 'This access has no end; there is nothing to extend.',
      details: { current: 'endless' },
    })
  })

  test.each([inMs(day), inMs(day - 1)])('to %s, no later than it ends now, is refused', (until) => {
    expect(thrownBy(extended(inMs(day), until))).toMatchObject(
      refused('until', `must be later than the present end, ${inMs(day)}`),
    )
  })

  test('to any later end is taken', () => {
    expect(thrownBy(extended(inMs(day), inMs(day + 1)))).toBeUndefined()
  })
})

describe('the reminder', () => {
  test.each([
    ['a day ahead of what is longer than two days', 2 * day + 1, day + 1],
    ['an hour ahead of what takes two days', 2 * day, 2 * day - hour],
    ['an hour ahead of what is longer than two hours', 2 * hour + 1, hour + 1],
    ['not at all of what takes two hours', 2 * hour, null],
  ])('comes %s', (_name, length, expected) => {
    expect(reminderAt({ startedAt: start, expiresAt: inMs(length) })).toBe(expected === null ? null : inMs(expected))
  })
})

test('the grant of an approved request begins as version 1, and says whose it is, of what and for how long', () => {
  const company = createCompany()
  const requester = company.addUser({ name: 'Rita', managerId: company.addUser() })
  const request = aRequest(company, requester)
  const given = { id: idOf(9), connectorId: idOf(501), startedAt: start, expiresAt: inMs(day) }

  expect(grantOf(request, { ...given, endedAt: null, endedBy: null })).toStrictEqual({
    ...given,
    accessRequestId: request.id,
    flowId: request.flow.id,
    flowName: 'Production database',
    user: { id: requester, name: 'Rita', email: 'rita@example.test' },
    groupId: request.flow.groupId,
    version: 1,
    carriedOut: [],
    end: null,
    endedAt: null,
  })
})
