/** Each code of the service has words in each language, with its parameters in them. */
import i18next from 'i18next'
import { beforeAll, describe, expect, test } from 'vitest'
import { common as german } from '../i18n/de/common.ts'
import { common as english } from '../i18n/en/common.ts'
import { fieldText } from './field-message.ts'
import type { FieldError, FieldErrorCode } from './types.ts'

/** Parameters as the service sends them. */
const sent = {
  administrators_alone: {},
  control_characters: { character: 'U+202E', position: 7 },
  credentials_in_url: {},
  duplicate: {},
  duration_too_long: { maximum: 'P10D' },
  duration_too_short: { minimum: 'PT1S' },
  group_connected: { group: 'Sales' },
  guessable: {},
  guessable_from_owner: {},
  incorrect: {},
  invalid: {},
  invalid_format: { format: 'email' },
  last_administrator: {},
  managed_elsewhere: { source: 'Okta' },
  manager_loop: { names: ['Ada', 'Ben', 'Ada'] },
  not_activated: {},
  not_applicable: {},
  not_found: {},
  not_in_future: {},
  not_one_line: {},
  not_one_of: { allowed: ['P5D', 'P10D'] },
  out_of_range: { minimum: 1900, maximum: 9998 },
  own_manager: {},
  private_address: {},
  required: {},
  same_as_current: {},
  second_administrator: { group: 'Sales' },
  taken: {},
  too_early: { after: '2026-11-23T12:00:00.000Z' },
  too_few: { minimum: 1 },
  too_large: { maximum: 200 },
  too_late: { latest: '2026-11-23T12:00:00.000Z' },
  too_long: { maximum: 120 },
  too_many: { maximum: 20 },
  too_short: { minimum: 10 },
  too_small: { minimum: 30 },
  unknown_field: {},
  unreadable: {},
  wrong_type: { expected: 'string' },
} satisfies { [Code in FieldErrorCode]: (FieldError & { code: Code })['params'] }

const codes = Object.keys(sent) as FieldErrorCode[]
/** The sentence of the service is never looked at. */
const message = 'reworded by the service'
const textOf = (code: string, params: object = sent[code as FieldErrorCode]) =>
  fieldText({ path: 'name', message, code, params } as FieldError)

beforeAll(async () => {
  await i18next.init({
    lng: 'en',
    defaultNS: 'common',
    interpolation: { escapeValue: false },
    resources: { en: { common: english }, de: { common: german } },
  })
})

describe.each(['en', 'de'])('in %s', (language) => {
  beforeAll(() => i18next.changeLanguage(language))

  test('each code has words of its own, without a hole where a parameter belongs', () => {
    const texts = codes.map((code) => textOf(code))

    expect(new Set(texts).size).toBe(codes.length)
    for (const text of texts) expect(text).not.toMatch(/\{\{|undefined|reworded|^$/)
  })

  test('each format has words of its own', () => {
    const texts = Object.keys(english.format).map((format) => textOf('invalid_format', { format }))

    expect(new Set(texts).size).toBe(texts.length)
  })
})

describe('a German reader', () => {
  beforeAll(() => i18next.changeLanguage('de'))

  test.each([
    ['control_characters', 'Enthält an Stelle 7 ein Zeichen, das nicht darstellbar ist: U+202E.'],
    ['too_long', 'Höchstens 120 Zeichen.'],
    ['duration_too_long', 'Höchstens 10 Tage.'],
    ['out_of_range', 'Zwischen 1900 und 9998.'],
    ['manager_loop', 'Das ergäbe einen Kreis von Managern: Ada → Ben → Ada'],
    ['invalid_format', 'Das ist keine E-Mail-Adresse.'],
  ])('of %s reads “%s”', (code, text) => {
    expect(textOf(code)).toBe(text)
  })

  test('of a moment reads it as moments are written there', () => {
    expect(textOf('too_late')).toMatch(/^Nicht später als 23\.11\.2026/)
  })

  test('of a code that this page does not know yet reads that the field is not valid', () => {
    expect(textOf('made_later', {})).toBe('Das ist so nicht gültig.')
  })
})
