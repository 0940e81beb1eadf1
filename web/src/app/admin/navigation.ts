import { useTranslation } from 'react-i18next'
import type { NavigationGroup } from '../../components/shell/navigation.tsx'

/** Pages of the Admin Portal, grouped as JumpCloud groups them. */
export function useAdminNavigation(): NavigationGroup[] {
  const { t } = useTranslation()
  return [
    {
      label: t('nav.securityManagement'),
      items: [{ to: '/admin/requests', label: t('nav.accessRequests'), icon: 'inbox' }],
    },
  ]
}
