import { useTranslation } from 'react-i18next'
import type { GroupDraft } from './group-types.ts'

/** The draft as the service takes it. */
export function inputOf({ name, description, connectorId }: GroupDraft) {
  return { name: name.trim(), description, connectorId: connectorId || null }
}

/** Says what is wrong with a draft, by field. */
export function useGroupCheck(): (draft: GroupDraft) => { name?: string | undefined } {
  const { t } = useTranslation('common')
  return ({ name }) => ({ name: name.trim() ? undefined : t('required') })
}
