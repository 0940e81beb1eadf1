/** What a search promises, said once more in the simplest way, for tests that look at every row. */

/** Enough for the names of these tests; `test/http/search.test.ts` has those of many scripts. */
const plain = (text: string) => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()

export const wordsOf = (q: string) => q.split(' ').filter((word) => word !== '')

/** Whether one of the texts has the word, or a word that begins with it when it is short. */
export function hasWord(word: string, ...texts: (string | null | undefined)[]): boolean {
  const part = plain(word)
  return texts.some(
    (text) => text && (word.length > 2 ? plain(text).includes(part) : ` ${plain(text)}`.includes(` ${part}`)),
  )
}

/** Whether each word of `q` is in one of the texts. */
export function hasWords(q: string, ...texts: (string | null | undefined)[]): boolean {
  return wordsOf(q).every((word) => hasWord(word, ...texts))
}
