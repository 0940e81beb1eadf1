/** What stands in place of a person who was erased: the facts stay, the name and the address go. */

export const erasedName = 'Erased person'

/** An address that nobody has, and that tells erased people apart. */
export function erasedEmail(id: string): string {
  return `erased-${id}@erased.invalid`
}

/** Every name and address that is known of a person. */
export interface KnownAs {
  id: string
  /** Names and addresses, in any case; at least three characters each. */
  words: string[]
}

/** The words of a list that can be looked for, each once, long ones first so that none is found in another. */
export function wordsOf(found: Iterable<unknown>): string[] {
  const words = new Map<string, string>()
  for (const one of found) {
    const word = typeof one === 'string' ? one.trim() : ''
    if (word.length >= 3 && word !== erasedName && !word.endsWith('@erased.invalid'))
      words.set(word.toLowerCase(), word)
  }
  return [...words.values()].sort((a, b) => b.length - a.length)
}

/** A text without the names and addresses of the person, whole words only. */
export function textWithout(text: string, { words }: KnownAs): string {
  return words.reduce((left, word) => left.replace(asWholeWord(word), erasedName), text)
}

/** Not within a longer word; an address also not within a longer address. */
function asWholeWord(word: string): RegExp {
  const escaped = word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  if (word.includes('@'))
    return new RegExp(`(?<![\\p{L}\\p{N}._%+-])${escaped}(?![\\p{L}\\p{N}-]|\\.[\\p{L}\\p{N}])`, 'giu')
  return new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, 'giu')
}

/** The same value without the person, at any depth. Records of other people stay as they are, also when the name is the same. */
export function without(value: unknown, person: KnownAs): unknown {
  if (typeof value === 'string') return textWithout(value, person)
  if (Array.isArray(value)) return value.map((one) => without(one, person))
  if (typeof value !== 'object' || value === null) return value
  return recordWithout(value as Record<string, unknown>, person)
}

function recordWithout(record: Record<string, unknown>, person: KnownAs): Record<string, unknown> {
  const { id, name, email } = record
  const isOfSomebody = typeof name === 'string' && typeof email === 'string'
  const others = Object.entries(record).filter(([field]) => !isOfSomebody || (field !== 'name' && field !== 'email'))
  const left = Object.fromEntries(others.map(([field, value]) => [field, without(value, person)]))
  if (!isOfSomebody) return left
  const isThem = typeof id === 'string' ? id === person.id : isAddressOf(person, email)
  return { ...left, ...(isThem ? { name: erasedName, email: erasedEmail(person.id) } : { name, email }) }
}

const isAddressOf = ({ words }: KnownAs, email: string) =>
  words.some((word) => word.toLowerCase() === email.toLowerCase())
