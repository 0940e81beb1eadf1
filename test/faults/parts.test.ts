/** The small parts of `npm run faults`: its chance, its connected system's memory, its count of repeated mails. */
import { expect, test } from 'vitest'
import { factsOf } from '../../scripts/faults/deliveries.ts'
import { toldBy } from '../../scripts/faults/ledger.ts'
import { readOptions } from '../../scripts/faults/options.ts'
import { createRandom } from '../../scripts/faults/random.ts'
import { repeatsIn } from '../../scripts/faults/repeats.ts'
import { aLedger } from './a-ledger.ts'

const delivery = { id: 'r:add', type: 'membership.added', userId: 'cleo', groupId: 'group', accessRequestId: 'r' }

test('the same seed draws the same numbers, another seed others', () => {
  const draw = (seed: number) => {
    const random = createRandom(seed)
    return Array.from({ length: 100 }, () => random.between(2, 6))
  }

  expect(draw(7)).toEqual(draw(7))
  expect(draw(7)).not.toEqual(draw(8))
  expect(draw(7).every((number) => number >= 2 && number < 6)).toBe(true)
})

test.each([
  ['FAULTS_REQUESTS', 'many'],
  ['FAULTS_KILL_EVERY', '6-2'],
  ['FAULTS_PARTS', 'api,router'],
])('a bad %s is refused by its name', (name, value) => {
  expect(() => readOptions({ [name]: value })).toThrow(name)
})

test('a delivery under an id that is known changes nothing at the target', () => {
  const removed = { ...delivery, id: 'g:remove', type: 'membership.removed' }

  const facts = factsOf([delivery, removed, delivery])

  expect([...facts.members]).toEqual([])
  expect(facts.repeated).toBe(1)
  expect(facts.additions.get('r')?.size).toBe(1)
})

test('a success that shows another status is no success', () => {
  const answer = { status: 200, body: { status: 'denied' }, retryAfter: 0 }

  expect(toldBy('deny', answer)).toEqual({ how: 'won' })
  expect(toldBy('grant', answer)).toEqual({ how: 'otherwise', status: 200, said: '200 denied' })
})

test('a repeated mail is explained only by a kill of worker or mail server between its copies', () => {
  const { facts } = aLedger()
  facts.copies.set('mail-2', [2000, 40_000])
  const at = 10_000

  expect(repeatsIn(facts, [{ part: 'worker', at }])).toMatchObject({ all: 1, outcomes: 1, excuses: 1, unexplained: [] })
  expect(repeatsIn(facts, [{ part: 'api', at }]).unexplained).toEqual(['mail-2'])
  expect(repeatsIn(facts, [{ part: 'mail', at: 50_000 }]).unexplained).toEqual(['mail-2'])
})
