import { useTranslation } from 'react-i18next'
import type { NavigationGroup } from '../../components/shell/navigation.tsx'
import { useWaitingIds } from '../../features/approvals/api/use-approvals.ts'

/** Pages of the User Portal. */
export function usePortalNavigation(): NavigationGroup[] {
  const { t } = useTranslation()
  const waiting = useWaitingIds()?.length ?? 0
  return [
    {
      items: [
        { to: '/portal/applications', label: t('nav.applications'), icon: 'apps' },
        { to: '/portal/catalog', alsoAt: '/portal/requests', label: t('nav.requests'), icon: 'inbox' },
        {
          to: '/portal/approvals',
          label: t('nav.approvals'),
          icon: 'checks',
          count: waiting,
          countLabel: t('nav.waiting', { count: waiting }),
        },
      ],
    },
  ]
}
