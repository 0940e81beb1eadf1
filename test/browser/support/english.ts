/** Which English texts of ours a page of another language still shows. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Page } from '@playwright/test'

const folder = join(import.meta.dirname, '..', '..', '..', 'web', 'src', 'i18n')

type Texts = { [key: string]: string | Texts }

function flat(texts: Texts, path = ''): [string, string][] {
  return Object.entries(texts).flatMap(([key, text]) =>
    typeof text === 'string' ? [[`${path}${key}`, text]] : flat(text, `${path}${key}.`),
  )
}

async function textsOf(language: string): Promise<Map<string, string>> {
  const names = readdirSync(join(folder, language)).filter((name) => name !== 'index.ts')
  const all = new Map<string, string>()
  for (const name of names) {
    const module = (await import(pathToFileURL(join(folder, language, name)).href)) as Texts
    for (const [key, text] of flat(module)) all.set(`${name}:${key}`, text)
  }
  return all
}

/** The parts of a text between what is filled in. */
const partsOf = (text: string) => text.split(/\{\{[^}]*\}\}/).map((part) => part.trim())

/** English phrases of more than one word that the other language says otherwise. */
export async function englishPhrases(language: string): Promise<string[]> {
  const [english, other] = [await textsOf('en'), await textsOf(language)]
  const others = [...other.values()]
  const phrases = [...english].flatMap(([key, text]) => (other.get(key) === text ? [] : partsOf(text)))
  const said = phrases.filter((phrase) => /\p{L} \p{L}/u.test(phrase) && !others.some((text) => text.includes(phrase)))
  return [...new Set(said)]
}

/** Everything that a page says: what is seen, and what is read out. */
const words = `[document.title, document.body.innerText, ...[...document.querySelectorAll('[aria-label], [placeholder], [title]')]
  .flatMap((each) => [each.ariaLabel, each.placeholder, each.title])].filter(Boolean).join('\\n')`

const isLetter = (letter: string | undefined) => letter !== undefined && /\p{L}/u.test(letter)

function says(text: string, phrase: string): boolean {
  for (let at = text.indexOf(phrase); at >= 0; at = text.indexOf(phrase, at + 1))
    if (!isLetter(text[at - 1]) && !isLetter(text[at + phrase.length])) return true
  return false
}

/** The phrases that the page says. */
export async function saidOn(page: Page, phrases: string[]): Promise<string[]> {
  const text = await page.evaluate<string>(words)
  return phrases.filter((phrase) => says(text, phrase))
}
