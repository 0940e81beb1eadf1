import { Alert, Button, Tabs } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { $api } from '../../api/client.ts'
import { DialogSlot } from '../../components/ui/dialog-slot.tsx'
import { Icon } from '../../components/ui/icon.tsx'
import { PageHeader } from '../../components/ui/page-header.tsx'
import { Failed, Loading } from '../../components/ui/states.tsx'
import { DeleteGroupDialog } from '../../features/groups/components/dialogs.ts'
import { GroupForm } from '../../features/groups/components/group-form.tsx'
import { GroupMembers } from '../../features/groups/components/group-members.tsx'
import { GroupUses } from '../../features/groups/components/group-uses.tsx'
import { textsOf } from '../../lib/search-text.ts'
import { useFormat } from '../../lib/use-format.ts'

const route = getRouteApi('/admin/groups/$groupId')
const tabs = ['members', 'details', 'uses'] as const

/** One user group: its members, what it is, and what uses it. */
export function GroupPage() {
  const { t } = useTranslation('groups')
  const { groupId } = route.useParams()
  const { tab, q = '', sort, cursor } = route.useSearch()
  const navigate = route.useNavigate()
  const format = useFormat()
  const [isDeleting, setIsDeleting] = useState(false)
  const {
    data: group,
    error,
    refetch,
  } = $api.useQuery('get', '/user-groups/{id}', { params: { path: { id: groupId } } })
  const current = tabs.find((each) => each === tab) ?? 'members'
  return (
    <>
      <PageHeader
        back={{ href: '/admin/groups', label: t('back') }}
        title={group?.name ?? t('title')}
        description={
          group && `${t('members', { count: group.memberCount })} · ${group.description || t('noDescription')}`
        }
        actions={
          group?.archivedAt === null &&
          group.managedBy === null && (
            <Button variant="default" leftSection={<Icon name="trash" size={16} />} onClick={() => setIsDeleting(true)}>
              {t('delete')}
            </Button>
          )
        }
      />
      {!group && (error ? <Failed error={error} retry={() => void refetch()} /> : <Loading />)}
      {group?.archivedAt && (
        <Alert icon={<Icon name="info" />} role="note">
          {t('archived', { date: format.date(group.archivedAt) })}
        </Alert>
      )}
      {group?.archivedAt === null && (
        <Tabs
          value={current}
          onChange={(next) => void navigate({ search: textsOf({ tab: next ?? '' }, 'tab'), replace: true })}
          keepMounted={false}
        >
          <Tabs.List aria-label={t('tab.label')} mb="md">
            {tabs.map((each) => (
              <Tabs.Tab key={each} value={each}>
                {t(`tab.${each}`)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          <Tabs.Panel value="members">
            <GroupMembers
              group={group}
              q={q}
              sort={sort}
              cursor={cursor}
              onShow={(change) =>
                void navigate({ search: textsOf({ tab, q, sort, ...change }, 'tab', 'q', 'sort', 'cursor') })
              }
            />
          </Tabs.Panel>
          <Tabs.Panel value="details">
            <GroupForm key={group.id} group={group} />
          </Tabs.Panel>
          <Tabs.Panel value="uses">
            <GroupUses group={group} />
          </Tabs.Panel>
        </Tabs>
      )}
      <DialogSlot>
        {isDeleting && group && (
          <DeleteGroupDialog
            group={group}
            onDeleted={() => void navigate({ to: '/admin/groups', search: {} })}
            onClose={() => setIsDeleting(false)}
          />
        )}
      </DialogSlot>
    </>
  )
}
