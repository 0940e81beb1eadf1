import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { createFormat, type Format } from './format.ts'

/** Dates, durations and numbers in the chosen language. */
export function useFormat(): Format {
  const { i18n } = useTranslation()
  return useMemo(() => createFormat(localeOf(i18n.language)), [i18n.language])
}

/** The region the browser is set to decides how a date is written: 22/11 or 11/22. */
function localeOf(language: string): string {
  return navigator.languages.find((tag) => tag.split('-')[0] === language) ?? language
}
