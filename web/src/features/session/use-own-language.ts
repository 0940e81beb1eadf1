import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { client } from '../../api/client.ts'
import { changeLanguage, type Language } from '../../i18n/i18n.ts'
import { meOptions, useMe } from './me.ts'

/**
 * Speaks the language that the signed-in person has chosen for themselves, where they have chosen one.
 * @returns what switches to another one: for who has chosen one, everywhere and in mails, else in this browser
 */
export function useOwnLanguage(): (language: Language) => void {
  const { language: chosen } = useMe()
  const queries = useQueryClient()
  useEffect(() => {
    if (chosen) void changeLanguage(chosen)
  }, [chosen])

  return (language) => {
    void changeLanguage(language)
    if (!chosen) return
    // Here it is switched whether or not the service answers; the next sign-in shows what is kept.
    void client.PUT('/me/preferences', { body: { language } }).then(
      () => queries.invalidateQueries({ queryKey: meOptions.queryKey }),
      () => undefined,
    )
  }
}
