import { Tabs } from '@mantine/core'
import { type ReactNode, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { Loading } from '../../../components/ui/states.tsx'
import type { UserDetails } from '../user-types.ts'
import { EmploymentForm, ManagedEmployment } from './dialogs.ts'
import { UserAccess } from './user-access.tsx'
import { type CredentialTables, UserCredentials } from './user-credentials.tsx'
import { UserGroups } from './user-groups.tsx'

const tabs = ['employment', 'groups', 'access', 'activity', 'credentials'] as const

interface UserTabsProps {
  user: UserDetails
  tab: string | undefined
  onTab: (tab: string) => void
  isManagerFocused: boolean
  requestId: string | undefined
  /** The user's grants, each with the way to revoke it. */
  grants: ReactNode
  /** What the user asked for and decided, and when they signed in. */
  activity: ReactNode
  tables: CredentialTables
}

export function UserTabs({ user, tab, onTab, isManagerFocused, requestId, grants, activity, tables }: UserTabsProps) {
  const { t } = useTranslation('users')
  const current = tabs.find((each) => each === tab) ?? 'employment'
  return (
    <Tabs value={current} onChange={(next) => onTab(next ?? 'employment')}>
      <Tabs.List aria-label={t('tab.label')} mb="md">
        {tabs.map((each) => (
          <Tabs.Tab key={each} value={each}>
            {t(`tab.${each}`)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value="employment">
        <Suspense fallback={<Loading />}>
          {user.managedBy ? (
            <ManagedEmployment user={user} source={user.managedBy.name} />
          ) : (
            <EmploymentForm user={user} isManagerFocused={isManagerFocused} requestId={requestId} />
          )}
        </Suspense>
      </Tabs.Panel>
      <Tabs.Panel value="groups">
        <UserGroups user={user} />
      </Tabs.Panel>
      <Tabs.Panel value="access">
        <UserAccess user={user} grants={grants} />
      </Tabs.Panel>
      <Tabs.Panel value="activity">
        {current === 'activity' && <Suspense fallback={<Loading />}>{activity}</Suspense>}
      </Tabs.Panel>
      <Tabs.Panel value="credentials">
        {current === 'credentials' && <UserCredentials user={user} tables={tables} />}
      </Tabs.Panel>
    </Tabs>
  )
}
