/** What a file or a source makes of the directory, decided as a whole. */
import { describe, expect, test } from 'vitest'
import type { Directory, IncomingPerson, KnownPerson, PlanInput } from '../../src/domain/directory/plan.ts'
import { planPeople } from '../../src/domain/directory/plan.ts'

function known(fields: Partial<KnownPerson> & { id: string }): KnownPerson {
  const email = `${fields.id}@x.test`
  return {
    name: fields.id,
    email,
    key: email,
    department: null,
    jobTitle: null,
    managerId: null,
    state: 'activated',
    roles: [],
    source: null,
    sourceId: null,
    externalId: null,
    removedAt: null,
    suspendedHereAt: null,
    groupIds: [],
    ...fields,
  }
}

let line = 1
function incoming(id: string, fields: Partial<IncomingPerson> = {}): IncomingPerson {
  line += 1
  return { line, key: `${id}@x.test`, email: `${id}@x.test`, name: id, ...fields }
}

function plan(people: IncomingPerson[], directory: Partial<Directory> = {}, rest: Partial<PlanInput> = {}) {
  let made = 0
  const newId = () => `new-${(made += 1)}`
  const there = { people: [], groups: [], administratorIds: ['somebody'], ...directory }
  return planPeople({ incoming: people, directory: there, sourceId: null, newId, ...rest })
}
const codes = ({ refused }: ReturnType<typeof plan>) => refused.map(({ code, path }) => [path, code])

describe('managers', () => {
  test('may stand in any order, and those who are made come before their reports', () => {
    const { created, refused } = plan([
      incoming('c', { manager: 'b@x.test' }),
      incoming('b', { manager: 'a@x.test' }),
      incoming('a'),
    ])

    expect(refused).toEqual([])
    expect(created.map(({ after }) => after.name)).toEqual(['a', 'b', 'c'])
    expect(created[1]?.after.managerId).toBe(created[0]?.id)
  })

  test('who are nowhere are refused, and so is somebody as their own', () => {
    expect(codes(plan([incoming('a', { manager: 'z@x.test' }), incoming('b', { manager: 'b@x.test' })]))).toEqual([
      ['managerEmail', 'not_found'],
      ['managerEmail', 'own_manager'],
    ])
  })

  test('in a loop over several lines are each refused, with the loop by name', () => {
    const { refused, created } = plan([
      incoming('a', { manager: 'c@x.test' }),
      incoming('b', { manager: 'a@x.test' }),
      incoming('c', { manager: 'b@x.test' }),
      incoming('d', { manager: 'a@x.test' }),
    ])

    expect(refused.map(({ params }) => params)).toEqual([
      { names: ['a', 'c', 'b', 'a'] },
      { names: ['b', 'a', 'c', 'b'] },
      { names: ['c', 'b', 'a', 'c'] },
    ])
    expect(created.map(({ after }) => after.name)).toEqual(['d'])
  })

  test('close a loop with somebody who is not in the file', () => {
    const boss = known({ id: 'boss', key: null, managerId: 'a' })
    const a = known({ id: 'a' })

    const { refused } = plan([incoming('a', { manager: 'boss@x.test' })], {
      people: [a, { ...boss, key: 'boss@x.test' }],
    })

    expect(refused).toMatchObject([{ code: 'manager_loop', params: { names: ['a', 'boss', 'a'] } }])
  })

  test('may change places within one file', () => {
    const people = [known({ id: 'a' }), known({ id: 'b', managerId: 'a' })]

    const { refused, changed } = plan([incoming('a', { manager: 'b@x.test' }), incoming('b', { manager: null })], {
      people,
    })

    expect([refused, changed.map(({ id, after }) => [id, after.managerId])]).toEqual([
      [],
      [
        ['a', 'b'],
        ['b', null],
      ],
    ])
  })

  test('of 20,000 people in one line take no longer than they must', () => {
    const people = Array.from({ length: 20_000 }, (_, at) => incoming(`p${at}`, { manager: `p${at + 1}@x.test` }))
    const start = performance.now()

    const { created } = plan([...people, incoming('p20000')])

    expect(created).toHaveLength(20_001)
    expect(performance.now() - start).toBeLessThan(2000)
  })
})

describe('fields', () => {
  test('that are not given stay, and null empties them', () => {
    const people = [known({ id: 'a', department: 'Sales', jobTitle: 'Clerk' })]

    const { changed } = plan([incoming('a', { name: undefined, jobTitle: null })], { people })

    expect(changed[0]?.after).toMatchObject({ name: 'a', department: 'Sales', jobTitle: null })
  })

  test('that are as they were leave the person unchanged, however the address is spelled', () => {
    const people = [known({ id: 'a' })]

    const { changed, unchanged } = plan([incoming('a', { email: 'A@X.test' })], { people })

    expect([changed, unchanged.length]).toEqual([[], 1])
  })

  test('of somebody who comes from a source are refused, and may be repeated', () => {
    const people = [known({ id: 'a', source: 'Okta', sourceId: 's', externalId: 'a@x.test' })]

    expect(codes(plan([incoming('a', { name: 'Other' })], { people }))).toEqual([['name', 'managed_elsewhere']])
    expect(plan([incoming('a')], { people }).unchanged).toHaveLength(1)
    expect(plan([incoming('a', { name: 'Other' })], { people }, { sourceId: 's' }).changed).toHaveLength(1)
  })

  test('of somebody new need a name', () => {
    expect(codes(plan([incoming('a', { name: undefined })]))).toEqual([['name', 'required']])
  })

  test('of one person stand in one line', () => {
    expect(codes(plan([incoming('a'), incoming('a')]))).toEqual([['email', 'duplicate']])
  })

  test('that meet the address of somebody else are refused', () => {
    const people = [known({ id: 'a', key: 'at-source' }), known({ id: 'b', key: null })]

    expect(codes(plan([incoming('x', { key: 'at-source', email: 'B@x.test' })], { people }))).toEqual([
      ['email', 'taken'],
    ])
    expect(codes(plan([incoming('x', { key: '1' }), incoming('x', { key: '2' })]))).toEqual([['email', 'taken']])
  })

  test('may be swapped, and are free for others once their owner has another', () => {
    const people = [known({ id: 'a', key: '1' }), known({ id: 'b', key: '2' })]
    const swapped = plan([incoming('b', { key: '1' }), incoming('a', { key: '2' })], { people })
    const handedOn = plan([incoming('c', { key: '1' }), incoming('a', { key: 'new' })], { people })

    expect([codes(swapped), swapped.changed.map(({ after }) => after.email)]).toEqual([[], ['b@x.test', 'a@x.test']])
    expect([codes(handedOn), handedOn.created.map(({ after }) => after.email)]).toEqual([[], ['a@x.test']])
  })
})

describe('administrators', () => {
  const people = [known({ id: 'a', roles: ['admin'] }), known({ id: 'b', roles: ['admin'] })]

  test('cannot all be suspended by one file', () => {
    const all = [incoming('a', { state: 'suspended' }), incoming('b', { state: 'suspended' })]

    expect(codes(plan(all, { people, administratorIds: ['a', 'b'] }))).toEqual([
      ['state', 'last_administrator'],
      ['state', 'last_administrator'],
    ])
    expect(plan(all, { people, administratorIds: ['a', 'b', 'c'] }).changed).toHaveLength(2)
  })

  test('may take turns', () => {
    const asleep = [known({ id: 'a', roles: ['admin'] }), known({ id: 'b', roles: ['admin'], state: 'suspended' })]

    const { refused } = plan([incoming('a', { state: 'suspended' }), incoming('b', { state: 'activated' })], {
      people: asleep,
      administratorIds: ['a'],
    })

    expect(refused).toEqual([])
  })
})

describe('groups', () => {
  const open = { add: null, remove: null }
  const groups = [
    { id: '1', name: 'Sales', closed: open },
    { id: '2', name: 'Support', closed: open },
  ]

  test('are those that are named, in any case, and no others', () => {
    const people = [known({ id: 'a', groupIds: ['2'] })]

    const { changed } = plan([incoming('a', { groups: ['SALES', 'Sales'] })], { people, groups })

    expect(changed[0]?.groups).toEqual({ add: [groups[0]], remove: [groups[1]] })
  })

  test('that nobody is put into by a file are refused only where that would change something', () => {
    const problem = { code: 'group_connected', params: { group: 'Sales' }, message: 'no' } as const
    const closed = [{ id: '1', name: 'Sales', closed: { add: problem, remove: problem } }]
    const people = [known({ id: 'a', groupIds: ['1'] })]

    expect(plan([incoming('a', { groups: ['Sales'] })], { people, groups: closed }).unchanged).toHaveLength(1)
    expect(codes(plan([incoming('a', { groups: null })], { people, groups: closed }))).toEqual([
      ['groups', 'group_connected'],
    ])
    expect(codes(plan([incoming('b', { groups: ['Sales'] })], { people, groups: closed }))).toEqual([
      ['groups', 'group_connected'],
    ])
  })

  test('that are nowhere are refused', () => {
    expect(codes(plan([incoming('a', { groups: ['Nowhere'] })], { groups }))).toEqual([['groups', 'not_found']])
  })
})
