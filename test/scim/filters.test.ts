/** Filters in SQL find what the same filters find among the resources in memory; what is no filter is refused at once. */
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../support/app.ts'
import { aProvider, enterprise, type Provider } from '../support/scim.ts'

let app: TestApp
let provider: Provider
// oxlint-disable-next-line typescript/no-explicit-any -- resources are looked into by path
let everybody: any[]

const texts = ['Ann', 'ann', 'Annabel', 'Bob "B" O\'Neil', 'back\\slash', '100%', 'a_b', 'Zoë', 'x']

beforeAll(async () => {
  app = await startTestApp()
  provider = (await aProvider(await app.signIn(), app.base, 'Provider')).provider
  for (const [index, displayName] of texts.entries())
    await provider.person({
      displayName,
      ...(index % 2 ? { title: texts[index - 1] } : {}),
      ...(index % 3 ? { [enterprise]: { department: texts[(index + 4) % texts.length] } } : {}),
      active: index % 4 !== 0,
      emails: [
        { value: `work.${index}@people.example.test`, type: 'work', primary: index % 2 === 0 },
        ...(index % 3 ? [] : [{ value: `home.${index}@people.example.test`, type: 'home', display: displayName }]),
      ],
    })
  everybody = (await provider.get('/Users')).body.Resources
})
afterAll(() => app.close())

type Tree =
  | { is: 'condition'; path: string; op: string; value: string | boolean | null }
  | { is: 'present'; path: string }
  | { is: 'some'; filter: Tree }
  | { is: 'not'; filter: Tree }
  | { is: 'and'; filters: Tree[] }
  | { is: 'or'; filters: Tree[] }

const value = fc.constantFrom(...texts, 'work', 'home', 'people', 'o', '', 'WORK.1')
const anyOp = fc.constantFrom('eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le', 'EQ', 'Co')

function conditions(paths: string[], truths: string[]): fc.Arbitrary<Tree> {
  const path = fc.constantFrom(...paths)
  return fc.oneof(
    fc.record({ is: fc.constant('condition' as const), path, op: anyOp, value }),
    fc.record({
      is: fc.constant('condition' as const),
      path: fc.constantFrom(...truths),
      op: fc.constantFrom('eq', 'ne'),
      value: fc.boolean(),
    }),
    fc.record({
      is: fc.constant('condition' as const),
      path,
      op: fc.constantFrom('eq', 'ne'),
      value: fc.constant(null),
    }),
    fc.record({ is: fc.constant('present' as const), path }),
  )
}

const inEmail = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    conditions(['value', 'type', 'display'], ['primary']),
    fc.record({
      is: fc.constantFrom('and' as const, 'or' as const),
      filters: fc.array(tie('tree'), { minLength: 2, maxLength: 2 }),
    }),
    fc.record({ is: fc.constant('not' as const), filter: tie('tree') }),
  ),
})).tree

const person = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    conditions(
      ['displayName', 'TITLE', 'userName', 'externalId', `${enterprise}:department`, 'emails.value', 'emails.type'],
      ['active', 'urn:ietf:params:scim:schemas:core:2.0:User:active'],
    ),
    fc.record({ is: fc.constant('some' as const), filter: inEmail }),
    fc.record({
      is: fc.constantFrom('and' as const, 'or' as const),
      filters: fc.array(tie('tree'), { minLength: 2, maxLength: 3 }),
    }),
    fc.record({ is: fc.constant('not' as const), filter: tie('tree') }),
  ),
})).tree

function written(tree: Tree): string {
  if (tree.is === 'condition') return `${tree.path} ${tree.op} ${JSON.stringify(tree.value)}`
  if (tree.is === 'present') return `${tree.path} pr`
  if (tree.is === 'some') return `emails[${written(tree.filter)}]`
  if (tree.is === 'not') return `not (${written(tree.filter)})`
  return `(${tree.filters.map(written).join(` ${tree.is} `)})`
}

/** Every value that a path names. */
function valuesAt(resource: Record<string, unknown>, path: string): unknown[] {
  const plain = path.replace(/^urn:.*:User:/, '')
  const [first = '', part] = plain.split('.')
  const source = path.startsWith(enterprise) ? ((resource[enterprise] ?? {}) as Record<string, unknown>) : resource
  const found = Object.entries(source).find(([key]) => key.toLowerCase() === first.toLowerCase())?.[1]
  if (part === undefined) return [found]
  return (found as Record<string, unknown>[]).map((one) => one[part])
}

const byCodePoint = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b))

function holds(found: unknown, op: string, wanted: string | boolean | null, isExact: boolean): boolean {
  if (wanted === null) return (found === undefined || found === null) === (op === 'eq')
  if (op === 'ne') return !holds(found, 'eq', wanted, isExact)
  if (typeof wanted === 'boolean') return (found ?? false) === wanted
  if (typeof found !== 'string') return false
  const fold = (text: string) => (isExact ? text : text.toLowerCase())
  const [left, right] = [fold(found), fold(wanted)]
  const order = byCodePoint(left, right)
  return {
    eq: left === right,
    co: left.includes(right),
    sw: left.startsWith(right),
    ew: left.endsWith(right),
    gt: order > 0,
    ge: order >= 0,
    lt: order < 0,
    le: order <= 0,
  }[op as 'eq']
}

function finds(tree: Tree, resource: Record<string, unknown>): boolean {
  if (tree.is === 'and') return tree.filters.every((one) => finds(one, resource))
  if (tree.is === 'or') return tree.filters.some((one) => finds(one, resource))
  if (tree.is === 'not') return !finds(tree.filter, resource)
  if (tree.is === 'some')
    return (resource['emails'] as Record<string, unknown>[]).some((one) => finds(tree.filter, one))
  const values = valuesAt(resource, tree.path)
  if (tree.is === 'present') return values.some((one) => one !== undefined && one !== null && one !== '')
  return values.some((one) => holds(one, tree.op.toLowerCase(), tree.value, tree.path === 'externalId'))
}

test('a filter in SQL finds whom it finds in memory', async () => {
  await fc.assert(
    fc.asyncProperty(person, async (tree) => {
      const filter = written(tree)
      const { status, body } = await provider.found('/Users', filter)
      const expected = everybody.filter((one) => finds(tree, one)).map(({ displayName }) => displayName)

      expect({ filter, status, found: body.Resources?.map((one: { displayName: string }) => one.displayName) }).toEqual(
        {
          filter,
          status: 200,
          found: expected,
        },
      )
    }),
    { numRuns: 300 },
  )
})

test.each([
  ['10,000 characters', `userName eq "${'x'.repeat(10_000)}"`],
  ['10,000 brackets', '('.repeat(10_000)],
  ['1,900 brackets', '('.repeat(1900)],
  ['many conditions', Array.from({ length: 60 }, () => 'title pr').join(' or ')],
  ['nothing but not', 'not '.repeat(400)],
  ['an open text with line feeds, which take a careless parser for ever', `title eq "${'\n'.repeat(60)}`],
  ['an open text', 'title eq "'],
  ['text after the end', 'title pr)'],
  ['no operator', 'title'],
  ['an unknown operator', 'title is "x"'],
  ['an unknown attribute', 'shoe eq "42"'],
  ['a prototype', '__proto__ eq "42"'],
  ['another prototype', 'constructor.name pr'],
  ['SQL for an attribute', 'name" or 1=1 -- eq "x"'],
  ['a number for a text', 'title eq 5'],
  ['a text for a truth', 'active eq "perhaps"'],
  ['an order of truths', 'active gt true'],
  ['no time', 'meta.created gt "yesterday"'],
  ['part of a time', 'meta.created co "2026"'],
  ['a condition on what is no list', 'title[value eq "x"]'],
  ['NUL', 'title eq "\\u0000"'],
])('%s is refused, at once', async (_, filter) => {
  const started = performance.now()

  const answer = await provider.post('/Users/.search', { filter })

  expect(answer).toMatchObject({ status: 400, body: { scimType: 'invalidFilter' } })
  expect(performance.now() - started).toBeLessThan(1000)
})

test.each([`x"; drop table users; --`, `x' or '1'='1`, '$1', '%', '\\', "');select pg_sleep(5)--"])(
  'SQL in a value is a value: %s',
  async (text) => {
    const { status, body } = await provider.found('/Users', `displayName eq ${JSON.stringify(text)}`)
    const inList = await provider.found('/Users', `emails[value eq ${JSON.stringify(text)}]`)

    expect([status, body.totalResults]).toEqual([200, 0])
    expect([inList.status, inList.body.totalResults]).toEqual([200, 0])
  },
)

test('times and ids are compared as what they are', async () => {
  const [first] = everybody
  const count = async (filter: string) => (await provider.found('/Users', filter)).body.totalResults

  expect(await count(`meta.lastModified ge "2020-01-01T00:00:00Z"`)).toBeGreaterThanOrEqual(everybody.length)
  expect(await count(`meta.created lt "2020-01-01T00:00:00+02:00"`)).toBe(0)
  expect(await count(`id eq "${first.id}"`)).toBe(1)
  expect(await count(`id eq "${first.id.toUpperCase()}"`)).toBe(1)
  expect(await count('id eq "no id"')).toBe(0)
  expect(await count(`id sw "${first.id.slice(0, 8)}"`)).toBeGreaterThanOrEqual(1)
  expect(await count('manager pr')).toBe(0)
})
