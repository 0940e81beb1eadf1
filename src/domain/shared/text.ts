/** Text that people write: made regular where it comes in, and refused where that would change what it says. */
import { type FieldProblem, fieldProblem } from './field-errors.ts'

/** Longest free text in characters: reasons, notes, messages. */
export const longestText = 4000

/** Line ends of other systems and word processors: old Macs, vertical tab, form feed, U+0085, and Unicode's two. */
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const lineEnds = /\r\n?|[\u000b\u000c\u0085\u2028\u2029]/g

/** Marks around a word of the other direction, as phones put them around names and numbers: without them it reads the same. */
const directionMarks = /[\u202a-\u202c\u2066-\u2069]/g

/** What shows nothing: blanks, controls, soft hyphens, zero width characters, Hangul fillers (UAX #44, default ignorable), an empty Braille cell. */
const invisible = /[\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/gu

/**
 * Control characters other than tab and line feed, lone surrogates, and the Unicode controls that turn text around:
 * they have no place in a sentence for people, and some stores and mail readers choke on them.
 */
const unsafeCharacters =
  // oxlint-disable-next-line no-control-regex -- refusing them is the purpose
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/

/**
 * A text as it is kept: letters and their accents in one (NFC), one kind of line end, no marks of direction, no blanks
 * around it. Empty when there is nothing in it that can be seen.
 */
export function tidyText(text: string): string {
  const tidy = text.normalize('NFC').replaceAll(lineEnds, '\n').replaceAll(directionMarks, '').trim()
  return isInvisible(tidy) ? '' : tidy
}

/** True for a text that is empty, or shows nothing where it is shown. */
export function isInvisible(text: string): boolean {
  return !unsafeCharacters.test(text) && text.replaceAll(invisible, '') === ''
}

/** Why a text cannot be kept, or nothing. */
export function textProblem(text: string, longest: number = longestText): FieldProblem | undefined {
  if (text.length > longest)
    return fieldProblem('too_long', `must be at most ${longest} characters long`, { maximum: longest })
  const found = unsafeCharacters.exec(text)
  return found ? unsafeProblem(text, found) : undefined
}

/** Names the character by its number, because it cannot be seen, and where it stands. */
function unsafeProblem(text: string, { 0: found, index }: RegExpExecArray): FieldProblem {
  const number = (found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
  const character = `U+${number}`
  const position = Array.from(text.slice(0, index)).length + 1
  const message = `must not contain control characters: ${character} at position ${position}`
  return fieldProblem('control_characters', message, { character, position })
}

const unprintable = new RegExp(`${unsafeCharacters.source}|[\\n\\t]`, 'g')

/** One printable line, or nothing. Cut before it is cleaned: the cut may leave half a character behind. */
export function printable(value: unknown, longest: number): string | undefined {
  if (typeof value !== 'string') return undefined
  return value.slice(0, longest).replaceAll(unprintable, '') || undefined
}
