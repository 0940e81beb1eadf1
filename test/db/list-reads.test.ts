/** Lists of events, access, members and decided requests, whatever is asked for, say the same as looking at every row. */
import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AuditEntry } from '../../src/domain/audit-entry.ts'
import {
  type AuditEventRow,
  allEvents,
  listEvents,
  newestFirst,
} from '../../src/features/audit/audit.events.repository.ts'
import { createAuditLog } from '../../src/features/audit/audit.repository.ts'
import type { EventFilters } from '../../src/features/audit/audit.schemas.ts'
import { listMembers } from '../../src/features/directory/groups/groups.repository.ts'
import { listUsers } from '../../src/features/directory/users/users.repository.ts'
import { listGrants } from '../../src/features/grants/grants.list.repository.ts'
import { listApprovals } from '../../src/features/requests/approvals.repository.ts'
import { type Database, openDatabase } from '../../src/platform/db/client.ts'
import { afterRow, type Slice } from '../../src/platform/db/keyset.ts'
import { inSnapshot } from '../../src/platform/db/snapshot.ts'
import { createSecretBox } from '../../src/platform/secrets/secret-box.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { fillLists, flows, grants, groups, members, people, requests } from '../support/lists.ts'
import { hasWord, hasWords, wordsOf } from '../support/search.ts'

let testDatabase: TestDatabase
let database: Database
let db: Database['db']
const auditLog = createAuditLog({ secretBox: createSecretBox([{ id: 'test', key: randomBytes(32) }]) })

const at = <T>(list: readonly T[], n: number): T => list[n % list.length] as T
const types = ['user_update', 'user_logout', 'access_management_export', 'access_management_access_revoked'] as const
const requestIds = [...requests.slice(0, 4).map(({ id }) => id), uuidv7()]
const begin = Date.parse('2026-03-01T00:00:00.000Z')
const moment = (n: number) => new Date(begin + n * 60_000).toISOString()

const resourceOf = (n: number) => {
  if (n % 7 === 2) return { type: 'user', id: at(people, n * 5).id, name: 'A name of before' }
  if (n % 7 === 3) return { type: 'user_group', id: null, name: at(groups, n).name }
  return { type: 'flow', id: null, name: n % 5 === 0 ? null : at(flows, n * 7).name }
}
const memberChange = (n: number) => {
  const { id, email } = at(people, n * 3)
  return { field: 'member', from: n % 2 === 0 ? { id, email } : null, to: n % 2 === 0 ? null : { id, email } }
}

/** Recorded out of order, several in one moment. */
const events: AuditEntry[] = Array.from({ length: 400 }, (_, n) => ({
  sourceKey: `event ${n}`,
  eventType: at(types, n * 3 + Math.floor(n / 7)),
  timestamp: moment(((n * 61) % 400) >> 1),
  initiatedBy:
    n % 6 === 0
      ? { id: null, type: 'system', email: null }
      : { type: 'user', id: at(people, n).id, email: at(people, n).email },
  accessRequestId: n % 4 === 0 ? at(requestIds, n / 4) : null,
  resource: resourceOf(n),
  ...(n % 7 === 3 && { changes: [memberChange(n)] }),
  errorMessage: n % 50 === 1 ? 'The target said 100% NO' : null,
  internalNote: n % 40 === 2 ? 'Ask Ana’s *manager* – déjà vu' : null,
}))

beforeAll(async () => {
  testDatabase = await createTestDatabase()
  database = openDatabase(testDatabase.serviceUrl)
  db = database.db
  await fillLists(db)
  for (let n = 0; n < events.length; n += 50) await db.transaction((tx) => auditLog.append(tx, events.slice(n, n + 50)))
})
afterAll(async () => {
  await database.close()
  await testDatabase.drop()
})

/** Every page of a list, and what is on them. */
async function whole<Row extends { id: string }>(
  read: (slice: Slice) => Promise<Row[]>,
  { sort, limit }: { sort: string; limit: number },
): Promise<Row[]> {
  const found: Row[] = []
  for (let slice: Slice = { sort, limit }; ; ) {
    const rows = await read(slice)
    found.push(...rows)
    const last = rows.at(-1)
    if (!last || rows.length < limit) return found
    slice = { sort, limit, after: afterRow(last, sort) }
  }
}

const textOf = ({ name, department, email }: (typeof people)[number]) => `${name} ${department ?? ''} ${email}`

const limits = fc.integer({ min: 1, max: 90 })
const stretches = fc.constantFrom(undefined, 1, 7, 40)
const words = fc.constantFrom(
  'a',
  'an',
  'zo',
  'qj',
  'tan',
  'OLSEN',
  'example.test',
  'figma',
  '100%',
  '_log',
  'no such thing',
  'chloe',
  'dubois chloe',
  'Ånder LOG',
  'bjorn person.2',
  'zed figma',
)

const eventFilters: fc.Arbitrary<EventFilters> = fc.record(
  {
    eventType: fc.subarray([...types]),
    from: fc.integer({ min: -5, max: 205 }).map(moment),
    to: fc.integer({ min: -5, max: 205 }).map(moment),
    initiatedBy: fc.constantFrom(at(people, 1).id, at(people, 2).email.toUpperCase(), uuidv7(), 'nobody@example.test'),
    accessRequestId: fc.constantFrom(...requestIds, uuidv7()),
    q: fc.oneof(
      words,
      fc.constantFrom(
        'export',
        're',
        at(requestIds, 1),
        at(requestIds, 2).slice(0, 30),
        'the target said',
        'said 100% export',
        'deja',
        'manager figma',
      ),
    ),
  },
  { requiredKeys: [] },
)

/** Whether an event has each word: in its texts, type or note, or as the person whom it concerns. */
function isFound(event: AuditEntry, q: string): boolean {
  const { eventType, initiatedBy, resource, errorMessage, accessRequestId, internalNote, changes } = event
  const requesterId = requests.find(({ id }) => id === accessRequestId)?.requester.id
  const member = changes?.map(({ from, to }) => (to ?? from) as { id?: string } | null)[0]
  const concerned = [initiatedBy.id, requesterId, resource.type === 'user' ? resource.id : member?.id]
  const known = people.filter(({ id }) => concerned.includes(id)).map(({ name, email }) => `${name} ${email}`)
  return wordsOf(q).every((word) => {
    const [type, text] = [`_${eventType}`, word.toLowerCase()]
    const isType = word.length > 2 ? type.includes(text) : type.includes(`_${text}`)
    const isRequest = word.length >= 8 && accessRequestId?.startsWith(word) === true
    return isType || isRequest || hasWord(word, initiatedBy.email, resource.name, errorMessage, internalNote, ...known)
  })
}

// oxlint-disable-next-line complexity -- a list of optional filters
function isMatch(event: AuditEntry, { eventType, from, to, initiatedBy, accessRequestId, q }: EventFilters): boolean {
  const { id, email } = event.initiatedBy
  return (
    (!q || isFound(event, q)) &&
    (!eventType?.length || eventType.includes(event.eventType)) &&
    (!from || event.timestamp >= from) &&
    (!to || event.timestamp <= to) &&
    (!initiatedBy || id === initiatedBy || email?.toLowerCase() === initiatedBy.toLowerCase()) &&
    (!accessRequestId || event.accessRequestId === accessRequestId)
  )
}

/** By moment and, in one moment, by place in the chain; the latest first. */
const inOrder = events
  .map((event, place) => ({ event, place }))
  .sort((a, b) => b.event.timestamp.localeCompare(a.event.timestamp) || b.place - a.place)

test('events are those that match, the latest first, however they are looked for and cut into pages', async () => {
  const property = fc.asyncProperty(eventFilters, limits, stretches, async (filter, limit, stretch) => {
    const read = (slice: Slice) => listEvents(db, filter, { ...slice, stretch })
    const found = await whole(read, { sort: newestFirst, limit })

    const expected = inOrder.filter(({ event }) => isMatch(event, filter))
    expect(found.map(({ seq }) => seq - 1)).toEqual(expected.map(({ place }) => place))
  })
  await fc.assert(property, { numRuns: 200 })
})

/** What an export holds; `meanwhile` happens after its first portion. */
function exported(filter: EventFilters, meanwhile?: () => Promise<void>): Promise<AuditEventRow[]> {
  return inSnapshot(db, async (tx) => {
    const found: AuditEventRow[] = []
    for await (const portion of allEvents(tx, filter)) {
      if (found.length === 0) await meanwhile?.()
      found.push(...portion)
    }
    return found
  })
}

test('an export is every event that matches, the latest first', async () => {
  const property = fc.asyncProperty(eventFilters, async (filter) => {
    const expected = inOrder.filter(({ event }) => isMatch(event, filter))
    expect((await exported(filter)).map(({ seq }) => seq - 1)).toEqual(expected.map(({ place }) => place))
  })
  await fc.assert(property, { numRuns: 50 })
})

test('an export has nothing that is recorded after it began, though it happened before', async () => {
  const late = { ...at(events, 0), sourceKey: 'late', eventType: 'user_create', timestamp: moment(-9) } as const
  const found = await exported({ eventType: ['user_create', 'user_logout'] }, () =>
    db.transaction((tx) => auditLog.append(tx, [late])),
  )

  expect(new Set(found.map(({ eventType }) => eventType))).toEqual(new Set(['user_logout']))
})

const grantFilters = fc.record(
  {
    timed: fc.boolean(),
    userId: fc.constantFrom(at(people, 1).id, uuidv7()),
    q: words,
  },
  { requiredKeys: [] },
)

test('access is what matches, in order, however it is looked for and cut into pages', async () => {
  const property = fc.asyncProperty(
    fc.constantFrom('active' as const, 'ended' as const),
    fc.constantFrom('startedAt', '-startedAt'),
    grantFilters,
    limits,
    stretches,
    // oxlint-disable-next-line max-params -- what the property is over
    async (state, sort, filter, limit, stretch) => {
      const found = await whole((slice) => listGrants(db, { state, ...filter, ...slice, stretch }), { sort, limit })

      const expected = grants
        .filter(
          (grant) =>
            (state === 'ended') === (grant.endedAt !== null) &&
            (filter.timed === undefined || filter.timed === (grant.expiresAt !== null)) &&
            (!filter.userId || grant.user.id === filter.userId) &&
            (!filter.q || hasWords(filter.q, textOf(grant.user), grant.flow.name, grant.group.name)),
        )
        .sort((a, b) => a.startedAt.localeCompare(b.startedAt) || a.id.localeCompare(b.id))
      if (sort.startsWith('-')) expected.reverse()
      expect(found.map(({ id }) => id)).toEqual(expected.map(({ id }) => id))
    },
  )
  await fc.assert(property, { numRuns: 150 })
})

test('members are direct ones and those whom an open grant holds, once each, however they are looked for', async () => {
  const anyone = fc.option(words, { nil: undefined })
  const property = fc.asyncProperty(
    fc.constantFrom(...groups),
    anyone,
    limits,
    stretches,
    async (group, q, limit, stretch) => {
      const found = await whole((slice) => listMembers(db, group.id, { q, ...slice, stretch }), { sort: 'name', limit })

      const isHeldBy = (id: string) => grants.filter((one) => one.user.id === id && one.group === group && !one.endedAt)
      const isDirect = (id: string) => members.some((one) => one.userId === id && one.groupId === group.id)
      const expected = people
        .filter(({ id }) => isDirect(id) || isHeldBy(id).length > 0)
        .filter((person) => !q || hasWords(q, textOf(person)))
      expect(found.map(({ id }) => id).sort()).toEqual(expected.map(({ id }) => id).sort())
      expect(
        found.map(
          ({ id, direct, grantIds }) =>
            [direct, grantIds.toSorted()].join() ===
            [
              isDirect(id),
              isHeldBy(id)
                .map((one) => one.id)
                .sort(),
            ].join(),
        ),
      ).not.toContain(false)
    },
  )
  await fc.assert(property, { numRuns: 80 })
})

test('a search finds users by name, department or address', async () => {
  const property = fc.asyncProperty(words, limits, async (q, limit) => {
    const found = await whole((slice) => listUsers(db, { q, ...slice }), { sort: 'name', limit })

    const expected = people.filter((person) => hasWords(q, textOf(person)))
    expect(found.map(({ id }) => id).sort()).toEqual(expected.map(({ id }) => id).sort())
  })
  await fc.assert(property, { numRuns: 40 })
})

test('what somebody has decided is found wherever they stand among those who decided, the latest first', async () => {
  const property = fc.asyncProperty(fc.constantFrom(...people), limits, async ({ id }, limit) => {
    const found = await whole(
      (slice) => listApprovals(db, { state: 'decided', userId: id }, { ...slice, sort: '-createdAt' }),
      { sort: '-createdAt', limit },
    )

    const expected = requests
      .filter(({ deciderIds }) => deciderIds.includes(id))
      .sort((a, b) => b.createdAt.localeCompare(a.createdAt) || b.id.localeCompare(a.id))
    expect(found.map((row) => row.id)).toEqual(expected.map((row) => row.id))
  })
  await fc.assert(property, { numRuns: 40 })
})
