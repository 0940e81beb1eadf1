import { expect, test } from 'vitest'
import { isInvisible, textProblem, tidyText } from '../../src/domain/shared/text.ts'

test.each([
  ['an accent that stands apart', 'Chloe\u0301', 'Chlo\u00e9'],
  ['Hangul in parts', '\u1112\u1161\u11ab', '\ud55c'],
  [
    'line ends of Windows, old Macs and word processors',
    'a\r\nb\rc\u000bd\u000ce\u0085f\u2028g\u2029h',
    'a\nb\nc\nd\ne\nf\ng\nh',
  ],
  [
    'isolates around a name of the other direction',
    'for \u2068\u05e0\u05d5\u05e2\u05d4\u2069, please',
    'for \u05e0\u05d5\u05e2\u05d4, please',
  ],
  ['a telephone number from a phone', '\u202a+49 30 1234\u202c', '+49 30 1234'],
  ['blanks around it', ' \t a \u00a0\n', 'a'],
])('%s is made regular', (_name, text, tidy) => {
  expect(tidyText(text)).toBe(tidy)
  expect(tidyText(tidy)).toBe(tidy)
  expect(textProblem(tidy)).toBeUndefined()
})

test.each([
  '',
  ' \n',
  '\u200b',
  '\u3164',
  '\u00ad\u2060',
  '\u115f \u1160',
  '\ufe0f',
  '\u2800',
  '\u{e0020}',
  '\u2066\u2069',
])('%j shows nothing, and is kept as an empty text', (text) => {
  expect(isInvisible(tidyText(text))).toBe(true)
  expect(tidyText(text)).toBe('')
})

test.each(['a', '.', '\u{1f469}\u200d\u{1f680}', '\u0e01\u200b\u0e02', '\u0000', '\u202e', '\ud800'])(
  '%j is no empty text',
  (text) => {
    expect(tidyText(text)).toBe(text)
  },
)

test.each([
  ['a\u202eb', 'U+202E', 2],
  ['\u{1f469}a\u202db', 'U+202D', 3],
  ['\u0000b', 'U+0000', 1],
  ['line\r\ntwo\u0090', 'U+0090', 9],
  ['ab\ud800', 'U+D800', 3],
  ['\udc00ab', 'U+DC00', 1],
  ['ab\uffff', 'U+FFFF', 3],
])('%j is refused, naming the character and its place', (text, character, position) => {
  expect(textProblem(tidyText(text))).toMatchObject({
    code: 'control_characters',
    params: { character, position },
    message: `must not contain control characters: ${character} at position ${position}`,
  })
})
