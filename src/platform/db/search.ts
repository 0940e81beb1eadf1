/**
 * Search, as every list does it: by words in any order, of which every one has to be found, without accents and case.
 * Texts and questions are folded by one function of the database (`folded`), so that no process writes what another would not
 * find: generated columns, indexes and triggers use it, and a migration brings rows of before along.
 */
import type { AnyColumn, SQL } from 'drizzle-orm'
import { and, between, or, sql } from 'drizzle-orm'
import { uuidsBeginning } from '../../domain/shared/uuid.ts'
import { type DbOrTx, rowsOf } from './columns.ts'

/** A text as it is searched: small letters of any script without accents. An index serves the same expression. */
export function folded(text: AnyColumn | SQL): SQL {
  return sql`folded(${text})`
}

/** The different words of a search. */
export function wordsOf(q: string): string[] {
  return [...new Set(q.split(/\s+/u).filter((word) => word !== ''))]
}

/** As far as it is counted how many have a word. */
const countedAtMost = 1000

/** The word with the fewest of what `foundBy` selects, with which a search by index begins: by the others it is narrowed. */
export async function rarestOf(db: DbOrTx, words: readonly string[], foundBy: (word: string) => SQL): Promise<string> {
  const [first = '', ...others] = words.toSorted((a, b) => b.length - a.length)
  if (others.length === 0) return first
  const counted = [first, ...others].map(
    (word, place) => sql`select ${word}::text as word, ${place}::int as place,
      (select count(*) from (select from (${foundBy(word)}) as found limit ${countedAtMost}) as counted) as count`,
  )
  const rows = await rowsOf<{ word: string }>(
    db,
    sql`select word from (${sql.join(counted, sql` union all `)}) as counts order by count, place limit 1`,
  )
  return rows[0]?.word ?? first
}

// Signs that folding makes plain, such as a wide percent sign, must not become wildcards.
const literally = (word: string) => word.normalize('NFKC').replaceAll(/[\\%_]/g, '\\$&')

/** Whether `text`, which is folded, has the word in it. One or two letters are the beginning of a word: anywhere they would be in nearly everything. */
export function hasWord(text: AnyColumn | SQL, word: string): SQL {
  const literal = literally(word)
  if (word.length > 2) return sql`${text} like folded(${`%${literal}%`})`
  // A trigram index serves these from one letter on.
  return sql`(${text} like folded(${`${literal}%`}) or ${text} like folded(${`% ${literal}%`}))`
}

/** So many characters of an id are no word by chance. */
const shortestPartOfId = 6

/** Whether an id begins with `word`; nothing for a text with which no id begins, and for one that is too short. */
export function isBeginningOfId(id: AnyColumn, word: string): SQL | undefined {
  const range = word.length < shortestPartOfId ? undefined : uuidsBeginning(word)
  return range && between(id, range.first, range.last)
}

/** Whether every word of `q` is in `text`, which is folded, or begins `id`. */
export function isSearched(text: AnyColumn | SQL, q: string, id?: AnyColumn): SQL | undefined {
  return and(...wordsOf(q).map((word) => or(hasWord(text, word), id && isBeginningOfId(id, word))))
}
