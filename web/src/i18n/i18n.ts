/** Languages of the portals. Only the chosen one is loaded, and of it only what the page needs; English is the source of the keys. */
import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { loadCode } from '../lib/load-code.ts'
import type { English } from './en/index.ts'

export const languages = { en: 'English', de: 'Deutsch' } as const
export type Language = keyof typeof languages
export type Namespace = keyof English

const storageKey = 'gatehouse.language'
const files = import.meta.glob<Record<string, object>>(['./*/*.ts', '!./*/index.ts'])
const wanted = new Set<Namespace>(['common'])

function isLanguage(value: string | null | undefined): value is Language {
  return value !== null && value !== undefined && value in languages
}

function preferred(): Language {
  const stored = localStorage.getItem(storageKey)
  if (isLanguage(stored)) return stored
  return navigator.languages.map((tag) => tag.slice(0, 2)).find(isLanguage) ?? 'en'
}

async function load(language: string, namespace: Namespace, get: typeof loadCode = loadCode): Promise<void> {
  if (i18next.hasResourceBundle(language, namespace)) return
  const file = files[`./${language}/${namespace}.ts`]
  const module = file && (await get(file))
  if (module) i18next.addResourceBundle(language, namespace, module[namespace])
}

/** A route's loader: the texts of its page, there before it is drawn. Ahead of need it does nothing about a failure. */
export function texts(...namespaces: Namespace[]): (route: { preload: boolean }) => Promise<void> {
  return async ({ preload }) => {
    for (const namespace of namespaces) wanted.add(namespace)
    const get: typeof loadCode = preload ? (file) => file() : loadCode
    await Promise.all(namespaces.map((namespace) => load(i18next.language, namespace, get)))
  }
}

/** Loads the preferred language. Settles before the first text is drawn, so that nothing flickers. */
export async function startI18n(): Promise<void> {
  const language = preferred()
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    ns: [],
    defaultNS: 'common',
    resources: {},
    interpolation: { escapeValue: false },
    react: { useSuspense: false, bindI18nStore: 'added' },
  })
  await load(language, 'common')
  document.documentElement.lang = language
}

/** Switches and remembers. */
export async function changeLanguage(language: Language): Promise<void> {
  await Promise.all([...wanted].map((namespace) => load(language, namespace)))
  localStorage.setItem(storageKey, language)
  document.documentElement.lang = language
  await i18next.changeLanguage(language)
}
