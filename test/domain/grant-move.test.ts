/** One move of a grant: what ends, extends and announces it, and what stands when row and workflow differ. */
import { describe, expect, test } from 'vitest'
import { arbitrateGrant, type GrantMessage, refuseEnded } from '../../src/domain/grant/move.ts'
import type { AccessGrant } from '../../src/domain/grant/record.ts'
import { refusalOf, start, thrownBy } from '../support/a-request.ts'
import { createCompany, idOf } from '../support/company.ts'

const now = '2026-03-10T09:00:00.000Z'
const end = '2026-03-12T09:00:00.000Z'
const later = '2026-03-20T09:00:00.000Z'
const company = createCompany()
const admin = company.addUser({ isAdministrator: true })
const user = company.addUser()
const suspended = company.addUser({ isAdministrator: true, activated: false })

function aGrant(fields: Partial<AccessGrant> = {}): AccessGrant {
  return {
    id: idOf(9),
    accessRequestId: idOf(8),
    flowId: idOf(7),
    flowName: 'VPN',
    user: { id: user, name: 'A', email: 'a@example.test' },
    groupId: idOf(6),
    connectorId: null,
    startedAt: start,
    expiresAt: end,
    version: 1,
    carriedOut: [],
    end: null,
    endedAt: null,
    ...fields,
  }
}

function judged(
  stored: AccessGrant | null,
  known: AccessGrant,
  message: GrantMessage,
  {
    at = now,
    messageId = 'this',
    by = admin,
    isActivated = true,
  }: { at?: string; messageId?: string; by?: string; isActivated?: boolean } = {},
) {
  return arbitrateGrant(
    stored,
    { grant: known, message, messageId, at, isSignal: false, isSealed: true },
    { actor: company.actor(by), isActivated },
  )
}
const moved = (grant: AccessGrant, message: GrantMessage, at = now) => judged(grant, grant, message, { at })

const revocation = { type: 'revoke', by: admin } as const
const extension = { type: 'extend', by: admin, until: later } as const
const remote = aGrant({ connectorId: idOf(501) })
const ending = aGrant({ connectorId: idOf(501), end: { at: now, by: admin } })
const ended = aGrant({ end: { at: now, by: admin }, endedAt: now })

describe('access is returned', () => {
  const giveBack = (by: string) => ({ type: 'return', by }) as const

  test('by whoever has it, which ends it', () => {
    const { grant, events, refusal } = judged(aGrant(), aGrant(), giveBack(user), { by: user })

    expect(refusal).toBeNull()
    expect(grant).toMatchObject({ end: { at: now, by: user }, endedAt: now })
    expect(events).toEqual([{ type: 'ended', end: { at: now, by: user } }])
  })

  test('by nobody else, an administrator neither, and not twice', () => {
    expect(judged(aGrant(), aGrant(), giveBack(admin), { by: admin }).refusal?.code).toBe('forbidden')
    expect(judged(ended, ended, giveBack(user), { by: user }).refusal?.code).toBe('grant_ended')
    const left = aGrant({ user: { id: suspended, name: 'B', email: 'b@example.test' } })
    expect(judged(left, left, giveBack(suspended), { by: suspended }).refusal?.code).toBe('forbidden')
  })
})

describe('the user of a grant is suspended', () => {
  const suspended = { isActivated: false }
  const look = { type: 'lookAgain' } as const
  const how = { at: now, by: null, cause: 'user_suspended' } as const

  test('and access in the directory itself ends at the next look, timed or not', () => {
    for (const grant of [aGrant(), aGrant({ expiresAt: null })])
      expect(judged(grant, grant, look, suspended)).toMatchObject({
        grant: { end: how, endedAt: now, version: 2 },
        events: [{ type: 'ended', end: how }],
      })
  })

  test('and a connected system is asked first', () => {
    expect(judged(remote, remote, look, suspended)).toMatchObject({ grant: { end: how, endedAt: null }, events: [] })
  })

  test('and what is ending or has ended goes on as it was', () => {
    for (const grant of [ending, ended])
      expect(judged(grant, grant, look, suspended)).toEqual({ grant, events: [], refusal: null })
  })

  test('and while they are activated a look ends nothing', () => {
    expect(moved(remote, look)).toEqual({ grant: remote, events: [], refusal: null })
  })
})

describe('an administrator revokes', () => {
  test('and in the directory itself it is over at once', () => {
    const { grant, events, refusal } = moved(aGrant(), { ...revocation, origin: { clientIp: '10.0.0.1' } })

    const how = { at: now, by: admin, origin: { clientIp: '10.0.0.1' } }
    expect(grant).toEqual(aGrant({ version: 2, carriedOut: ['this'], end: how, endedAt: now }))
    expect([events, refusal]).toEqual([[{ type: 'ended', end: how }], null])
  })

  test('and a connected system is asked first', () => {
    const { grant, events } = moved(remote, revocation)

    expect(grant).toEqual({ ...remote, version: 2, carriedOut: ['this'], end: { at: now, by: admin } })
    expect(events).toEqual([])
  })

  test('and access without an end ends', () => {
    expect(moved(aGrant({ expiresAt: null }), revocation).grant.endedAt).toBe(now)
  })
})

describe('an administrator extends', () => {
  test('and the end is another', () => {
    const { grant, events } = moved(aGrant(), extension)

    expect(grant).toEqual(aGrant({ version: 2, carriedOut: ['this'], expiresAt: later }))
    expect(events).toEqual([{ type: 'extended', by: admin, from: end, until: later }])
  })

  test.each([
    ['to no later end', aGrant({ expiresAt: later }), 'invalid_input'],
    ['access without an end', aGrant({ expiresAt: null }), 'conflict'],
  ])('never %s', (_name, grant, code) => {
    expect(moved(grant, extension)).toMatchObject({ grant, events: [], refusal: { code } })
  })
})

describe.each([revocation, extension])('$type', (message) => {
  test.each([
    ['an activated user who is no administrator', user],
    ['an administrator who was suspended', suspended],
    ['somebody whom nobody knows', idOf(77)],
  ])('is refused to %s', (_name, by) => {
    const { grant, refusal } = judged(remote, remote, message, { by })

    expect([grant, refusal?.code]).toEqual([remote, 'not_an_administrator'])
    expect(refusal?.message).toBe('Only an administrator can end or extend access.')
  })

  test.each([
    ['is being taken away', ending],
    ['has ended', ended],
  ])('is refused of access that %s', (_name, grant) => {
    expect(moved(grant, message)).toEqual({
      grant,
      events: [],
      refusal: expect.objectContaining({ code: 'grant_ended' }) as unknown,
    })
  })
})

test('the refusal says since when access is over', () => {
  expect(refuseEnded(aGrant())).toBeUndefined()
  expect(thrownBy(() => refuseEnded(ending))).toMatchObject({
    message: `This access has ended or is being taken away since ${now}.`,
    details: { current: 'ended', endedAt: null },
  })
  expect(thrownBy(() => refuseEnded({ ...ended, end: null }))).toMatchObject({
    message: `This access has ended or is being taken away since ${now}.`,
    details: { current: 'ended', endedAt: now },
  })
})

describe('its time is over', () => {
  test.each([
    ['before its end, which is another by now', '2026-03-12T08:59:59.999Z', false],
    ['at its end', end, true],
    ['after its end', later, true],
  ])('%s', (_name, at, isOver) => {
    expect(moved(aGrant(), { type: 'expire' }, at)).toEqual(
      isOver
        ? {
            grant: aGrant({ version: 2, carriedOut: ['this'], end: { at, by: null }, endedAt: at }),
            events: [{ type: 'ended', end: { at, by: null } }],
            refusal: null,
          }
        : { grant: aGrant(), events: [], refusal: null },
    )
  })

  test.each([
    ['access without an end', aGrant({ expiresAt: null })],
    ['what is being taken away', ending],
    ['what has ended', ended],
  ])('never of %s', (_name, grant) => {
    expect(moved(grant, { type: 'expire' }, later)).toEqual({ grant, events: [], refusal: null })
  })

  test('and a connected system is asked', () => {
    expect(moved(remote, { type: 'expire' }, end).grant).toMatchObject({ end: { at: end, by: null }, endedAt: null })
  })
})

describe('its user is told that it ends soon', () => {
  test('which changes nothing', () => {
    expect(moved(aGrant(), { type: 'announce' })).toEqual({
      grant: aGrant(),
      events: [{ type: 'ending_soon', expiresAt: end }],
      refusal: null,
    })
  })

  test.each([
    ['at its end', aGrant(), end],
    ['after its end', aGrant(), later],
    ['without an end', aGrant({ expiresAt: null }), now],
    ['while it is being taken away', ending, now],
  ])('not %s', (_name, grant, at) => {
    expect(moved(grant, { type: 'announce' }, at).events).toEqual([])
  })
})

describe('a connected system', () => {
  test('has taken the user out, and it is over since it was revoked', () => {
    const { grant, events } = moved(ending, { type: 'takenAway' }, later)

    expect(grant).toEqual({ ...ending, version: 2, carriedOut: ['this'], endedAt: now })
    expect(events).toEqual([{ type: 'ended', end: ending.end }])
  })

  test.each([
    ['that nobody ends', remote],
    ['that has ended', ended],
  ])('takes nothing away of access %s', (_name, grant) => {
    expect(moved(grant, { type: 'takenAway' })).toEqual({ grant, events: [], refusal: null })
  })

  test('has not taken the user out, which is told while it matters', () => {
    const message = { type: 'notTakenAway', message: 'It is away.' } as const

    expect(moved(ending, message)).toEqual({
      grant: ending,
      events: [{ type: 'not_ended', message: 'It is away.' }],
      refusal: null,
    })
    expect(moved(ended, message).events).toEqual([])
  })
})

test('a signal that could not be read is refused with what was wrong, and a look changes nothing', () => {
  const message = { type: 'unreadable', name: 'extend', by: null, code: 'invalid_input', detail: 'until?' } as const

  expect(moved(aGrant(), message)).toMatchObject({
    grant: aGrant(),
    events: [],
    refusal: { code: 'invalid_input', message: 'until?' },
  })
  expect(moved(aGrant(), { type: 'lookAgain' })).toEqual({ grant: aGrant(), events: [], refusal: null })
})

test('what is no refusal is not taken for one', () => {
  const stranger = { type: 'unheard' } as unknown as GrantMessage

  expect(thrownBy(() => moved(aGrant(), stranger))).toBeInstanceOf(TypeError)
  expect(refusalOf(() => moved(aGrant(), stranger))).toContain('not a function')
})

describe('row and workflow', () => {
  const after = () => ({
    revoked: moved(aGrant(), revocation).grant,
    extended: moved(aGrant(), extension).grant,
  })

  test('a message that was carried out before is neither repeated nor refused', () => {
    const { revoked } = after()

    expect(moved(revoked, revocation)).toEqual({ grant: revoked, events: [], refusal: null })
    expect(judged(revoked, revoked, revocation, { messageId: 'other' }).refusal?.code).toBe('grant_ended')
    expect(judged(revoked, aGrant(), revocation)).toEqual({ grant: revoked, events: [], refusal: null })
  })

  test('a row that is ahead is adopted', () => {
    const { extended } = after()

    expect(judged(extended, aGrant(), { type: 'expire' }, { at: end, messageId: 'end' }).grant).toEqual(extended)
  })

  test('of one version made by two messages the row stands', () => {
    const { revoked, extended } = after()
    const { grant, refusal } = judged(revoked, extended, extension, { messageId: 'mine' })

    expect([grant, refusal?.code]).toEqual([revoked, 'grant_ended'])
  })

  test('a row that is gone is written again', () => {
    const { revoked } = after()

    expect(judged(null, aGrant(), { type: 'lookAgain' })).toEqual({ grant: aGrant(), events: [], refusal: null })
    expect(judged(null, revoked, { type: 'lookAgain' })).toEqual({
      grant: revoked,
      events: [{ type: 'ended', end: revoked.end }],
      refusal: null,
    })
  })

  test('a row that is behind gets what has changed, keeps the rest, and hears of the end it missed', () => {
    const { revoked, extended } = after()
    const row = aGrant({ flowName: 'As the row says' })

    expect(judged(row, revoked, { type: 'lookAgain' })).toEqual({
      grant: { ...revoked, flowName: 'As the row says' },
      events: [{ type: 'ended', end: revoked.end }],
      refusal: null,
    })
    expect(judged(row, revoked, revocation)).toMatchObject({ events: [{ type: 'ended' }], refusal: null })
    expect(judged(row, revoked, revocation, { messageId: 'other' })).toMatchObject({
      events: [{ type: 'ended' }],
      refusal: { code: 'grant_ended' },
    })
    expect(judged(row, extended, { type: 'lookAgain' })).toMatchObject({ grant: { expiresAt: later }, events: [] })
  })

  test('a row that is behind hears of no end it knows, and of none that has not come', () => {
    const { revoked } = after()
    const known = { ...revoked, version: 3 }
    const isEnding = { ...ending, version: 2 }

    expect(judged(revoked, known, { type: 'lookAgain' })).toMatchObject({ grant: { version: 3 }, events: [] })
    expect(judged(remote, isEnding, { type: 'lookAgain' })).toEqual({ grant: isEnding, events: [], refusal: null })
    expect(judged(null, { ...known, end: null }, { type: 'lookAgain' }).events).toEqual([])
  })

  test('what happens now comes after what the row missed', () => {
    const { revoked } = after()
    const isEnding = { ...ending, version: 2, carriedOut: ['before'] }

    expect(judged(remote, isEnding, { type: 'takenAway' })).toEqual({
      grant: { ...isEnding, version: 3, carriedOut: ['before', 'this'], endedAt: now },
      events: [{ type: 'ended', end: ending.end }],
      refusal: null,
    })
    expect(judged(null, revoked, { type: 'notTakenAway', message: 'x' }, { messageId: 'other' }).events).toEqual([
      { type: 'ended', end: revoked.end },
    ])
  })
})
