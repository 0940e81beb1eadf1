import { useTranslation } from 'react-i18next'
import type { NavigationGroup } from '../../components/shell/navigation.tsx'

/** Pages of the Admin Portal, grouped as JumpCloud groups them. */
export function useAdminNavigation(): NavigationGroup[] {
  const { t } = useTranslation()
  return [
    { items: [{ to: '/admin/overview', label: t('nav.overview'), icon: 'chart' }] },
    {
      label: t('nav.securityManagement'),
      items: [
        { to: '/admin/requests', label: t('nav.accessRequests'), icon: 'inbox' },
        { to: '/admin/flows', label: t('nav.approvalFlows'), icon: 'flow' },
        { to: '/admin/access', label: t('nav.activeAccess'), icon: 'clock' },
      ],
    },
    {
      label: t('nav.userManagement'),
      items: [
        { to: '/admin/users', label: t('nav.users'), icon: 'user' },
        { to: '/admin/groups', label: t('nav.userGroups'), icon: 'users' },
        { to: '/admin/applications', label: t('nav.applications'), icon: 'apps' },
      ],
    },
    {
      label: t('nav.insights'),
      items: [{ to: '/admin/events', label: t('nav.diEvents'), icon: 'list' }],
    },
    {
      label: t('nav.administration'),
      items: [
        { to: '/admin/settings', label: t('nav.settings'), icon: 'settings' },
        { to: '/admin/mails', label: t('nav.mails'), icon: 'inbox' },
        { to: '/admin/people-sources', label: t('nav.peopleSources'), icon: 'users' },
        { to: '/admin/connectors', label: t('nav.connectors'), icon: 'bolt' },
        { to: '/admin/api-tokens', label: t('nav.apiTokens'), icon: 'key' },
      ],
    },
  ]
}
