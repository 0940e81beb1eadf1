import { useTranslation } from 'react-i18next'
import { type ApplicationDraft, lacksOf } from './application-types.ts'

/** Says what is wrong with a draft, by field. */
export function useApplicationCheck(): (draft: ApplicationDraft) => { [Field in keyof ApplicationDraft]?: string } {
  const { t } = useTranslation(['applications', 'common'])
  const wordsOf = (lack: string) => (lack === 'required' ? t('common:required') : t('field.urlWrong'))
  return (draft) => Object.fromEntries(Object.entries(lacksOf(draft)).map(([field, lack]) => [field, wordsOf(lack)]))
}
