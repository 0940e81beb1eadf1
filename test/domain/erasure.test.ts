/** What is taken out of texts and records when a person is erased, and what is left alone. */
import { expect, test } from 'vitest'
import { textWithout, without, wordsOf } from '../../src/domain/shared/erasure.ts'

const person = { id: 'a', words: wordsOf(['Ann Lee', 'ann@example.test', 'Ann Lee-Smith', 'Li', null]) }

test.each([
  ['ANN LEE asked', 'Erased person asked'],
  ['Ask Ann Lee-Smith.', 'Ask Erased person.'],
  ['Mail Ann@Example.test.', 'Mail Erased person.'],
  ['Joann Leeds', 'Joann Leeds'],
  ['to joann@example.test', 'to joann@example.test'],
  ['to mary.ann@example.test', 'to mary.ann@example.test'],
  ['to ann@example.test.org', 'to ann@example.test.org'],
  ['Li', 'Li'],
])('%s becomes %s', (text, left) => {
  expect(textWithout(text, person)).toBe(left)
})

test('records of the person are emptied, and those of others stay, whatever their name is', () => {
  const erased = { name: 'Erased person', email: 'erased-a@erased.invalid' }
  const namesake = { id: 'b', name: 'Ann Lee', email: 'other@example.test' }
  const value = {
    by: { id: 'a', name: 'Ann Lee', email: 'ann@example.test' },
    steps: [{ label: 'Ann Lee', approvers: [namesake] }],
    requester: { name: 'Ann Lee', email: 'ANN@example.test', department: 'Law' },
    count: 3,
    at: null,
  }

  expect(without(value, person)).toEqual({
    by: { id: 'a', ...erased },
    steps: [{ label: 'Erased person', approvers: [namesake] }],
    requester: { ...erased, department: 'Law' },
    count: 3,
    at: null,
  })
  expect(without({ requester: { name: 'Ann Lee', email: 'other@example.test' } }, person)).toEqual({
    requester: { name: 'Ann Lee', email: 'other@example.test' },
  })
})
