import { useTranslation } from 'react-i18next'
import { DataTable } from '../../../components/ui/data-table.tsx'
import { AnchorLink } from '../../../components/ui/link.tsx'
import { State } from '../../../components/ui/states.tsx'
import type { UserDetails } from '../user-types.ts'

type Membership = UserDetails['groups'][number]

/** The groups a user is in, and why. */
export function UserGroups({ user }: { user: UserDetails }) {
  const { t } = useTranslation('users')
  const sourceOf = ({ direct, grantIds }: Membership) => {
    if (grantIds.length === 0) return t('groups.direct')
    return direct ? t('groups.both') : t('groups.byGrant')
  }
  if (user.groups.length === 0)
    return (
      <State icon="users" title={t('groups.emptyTitle')}>
        {t('groups.emptyText')}
      </State>
    )
  return (
    <DataTable
      label={t('groups.table')}
      rows={user.groups}
      columns={[
        {
          id: 'name',
          header: t('groups.name'),
          isLead: true,
          render: ({ id, name }) => (
            <AnchorLink to="/admin/groups/$groupId" params={{ groupId: id }} inherit fw={600} className="gh-break">
              {name}
            </AnchorLink>
          ),
        },
        { id: 'from', header: t('groups.from'), render: sourceOf },
      ]}
    />
  )
}
