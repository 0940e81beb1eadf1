/** What the service says of one field, in the reader's language. It speaks English; other languages say it by its kind. */
import i18next from 'i18next'

const kinds = [
  [/is taken/, 'taken'],
  [/at most (\d+) (?:characters|items)/, 'tooLong'],
  [/at least (\d+) characters/, 'tooShort'],
  [/must not be empty|is required/, 'empty'],
  [/e-mail/, 'email'],
  [/http or https/, 'address'],
  [/private or local/, 'privateAddress'],
  [/in the future|later than/, 'future'],
  [/longer than the requested/, 'longerThanAsked'],
  [/control characters/, 'control'],
  [/must be one line/, 'oneLine'],
  [/colour such as/, 'color'],
  [/whsec_/, 'secret'],
  [/loop of managers/, 'managerLoop'],
  [/own manager/, 'ownManager'],
  [/^is wrong$/, 'wrong'],
  [/too easy to guess/, 'guessable'],
  [/must differ from the current/, 'same'],
  [/^is not an? /, 'gone'],
] as const

/** `message` is how the service puts it, such as "must not be empty". */
export function fieldText(message: string): string {
  // Durations are written for machines there.
  const isExactInEnglish = i18next.language === 'en' && !message.includes(' PT') && !/ P\d/.test(message)
  if (isExactInEnglish) return `${message.charAt(0).toUpperCase()}${message.slice(1)}`
  for (const [pattern, kind] of kinds) {
    const found = pattern.exec(message)
    if (found) return i18next.t(`field.${kind}`, { ns: 'common', count: Number(found[1]) })
  }
  return i18next.t('field.other', { ns: 'common' })
}
