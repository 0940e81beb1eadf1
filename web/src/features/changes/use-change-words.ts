import { useTranslation } from 'react-i18next'
import type { PendingChange } from './change-types.ts'

/** What a change would do, in a sentence. */
export function useChangeWords(): (change: PendingChange) => string {
  const { t } = useTranslation('changes')
  return ({ user, group, roles }) => {
    if (group) return t('what.member', { name: user.name, group: group.name })
    return t(roles?.includes('admin') ? 'what.promote' : 'what.demote', { name: user.name })
  }
}
