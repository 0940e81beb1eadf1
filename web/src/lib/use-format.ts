import { createContext, useContext, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { createFormat, type Format } from './format.ts'

/** The time zone that the signed-in person has chosen; that of the browser where they have chosen none. */
export const ChosenTimeZone = createContext<string | undefined>(undefined)

/** Dates, durations and numbers in the chosen language and time zone. */
export function useFormat(): Format {
  const { i18n } = useTranslation()
  const timeZone = useContext(ChosenTimeZone)
  return useMemo(() => createFormat(localeOf(i18n.language), timeZone), [i18n.language, timeZone])
}

/** The region the browser is set to decides how a date is written: 22/11 or 11/22. */
function localeOf(language: string): string {
  return navigator.languages.find((tag) => tag.split('-')[0] === language) ?? language
}
