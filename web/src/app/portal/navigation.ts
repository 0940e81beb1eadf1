import { useTranslation } from 'react-i18next'
import type { NavigationGroup } from '../../components/shell/navigation.tsx'

/** Pages of the User Portal. */
export function usePortalNavigation(): NavigationGroup[] {
  const { t } = useTranslation()
  return [{ items: [{ to: '/portal/applications', label: t('nav.applications'), icon: 'apps' }] }]
}
