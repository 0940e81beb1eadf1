/** The columns of a file of people: as it is written, and under which names it is understood. */
import type { CsvColumn } from '../../../platform/http/csv.ts'

export const peopleColumns = [
  { code: 'name', words: { en: 'Name', de: 'Name' } },
  { code: 'email', words: { en: 'Email', de: 'E-Mail' } },
  { code: 'managerEmail', words: { en: 'Manager’s email', de: 'E-Mail der Führungskraft' } },
  { code: 'department', words: { en: 'Department', de: 'Abteilung' } },
  { code: 'jobTitle', words: { en: 'Job title', de: 'Position' } },
  { code: 'state', words: { en: 'State', de: 'Status' } },
  { code: 'groups', words: { en: 'Groups', de: 'Gruppen' } },
] as const satisfies readonly CsvColumn[]

export type PeopleColumn = (typeof peopleColumns)[number]['code']

/** What else people call them. */
const otherNames: Record<PeopleColumn, readonly string[]> = {
  name: ['full name', 'display name', 'vollständiger name', 'anzeigename'],
  email: ['email address', 'e-mail address', 'mail', 'e-mail-adresse', 'mailadresse'],
  managerEmail: [
    'manager',
    'manager email',
    'managers email',
    'manager’s email address',
    'e-mail des managers',
    'führungskraft',
    'vorgesetzte',
    'vorgesetzter',
    'e-mail des vorgesetzten',
    'manager-e-mail',
  ],
  department: ['dept', 'team', 'bereich'],
  jobTitle: ['title', 'position', 'jobtitel', 'stelle', 'stellenbezeichnung', 'funktion', 'berufsbezeichnung'],
  state: ['status', 'zustand'],
  groups: ['user groups', 'group', 'gruppe', 'benutzergruppen'],
}

/** Without case, blanks and signs: `Manager's E-Mail` is `managersemail`. */
const plain = (text: string) => text.toLowerCase().replaceAll(/[^\p{Letter}\p{Number}]/gu, '')

const byName = new Map<string, PeopleColumn>(
  peopleColumns.flatMap(({ code, words }) =>
    [code, words.en, words.de, ...otherNames[code]].map((name) => [plain(name), code] as const),
  ),
)

/** The column of this heading, in English or German or as the API calls it; undefined when there is none. */
export function columnOf(heading: string): PeopleColumn | undefined {
  return byName.get(plain(heading))
}

const states = {
  staged: ['staged', 'vorbereitet'],
  activated: ['activated', 'active', 'aktiviert', 'aktiv'],
  suspended: ['suspended', 'gesperrt'],
} as const

/** The state of this word, in English or German. */
export function stateOf(word: string): keyof typeof states | undefined {
  const found = Object.entries(states).find(([, words]) => (words as readonly string[]).includes(word.toLowerCase()))
  return found?.[0] as keyof typeof states | undefined
}

/** Names in one cell stand between `|`; one that has that sign itself has `\` before it, and so has `\`. */
export function joinGroups(names: readonly string[]): string {
  return names.map((name) => name.replaceAll(/[\\|]/g, String.raw`\$&`)).join(' | ')
}

export function splitGroups(cell: string): string[] {
  return [...cell.matchAll(/((?:\\[\\|]|[^|])*)(?:\||$)/g)]
    .map(([, name = '']) => name.replaceAll(/\\([\\|])/g, '$1').trim())
    .filter((name) => name !== '')
}

/** What a cell of a spreadsheet is written with when its text would begin a formula there (`csv.ts`). */
const guarded = /^'['\p{Zs}\p{Cf}\p{Default_Ignorable_Code_Point}]*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/u

/** A text that looks guarded already gets one more guard, so that reading takes away no more than writing has added. */
export const guard = (text: string): string => (guarded.test(text) ? `'${text}` : text)

/** What is put before a formula within a cell. */
const innerGuard =
  /([;\t\n\v\f\r\u0085\u2028\u2029])'(?=['"\p{Zs}\p{Cf}\p{Default_Ignorable_Code_Point}]*[=+\-@\uff1d\uff0b\uff0d\uff20])/gu

/** The text as it was before `guard`, and before what `csv.ts` puts before formulas. */
export const unguarded = (text: string): string =>
  (guarded.test(text) ? text.slice(1) : text).replaceAll(innerGuard, '$1')
