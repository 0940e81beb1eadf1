import { Box } from '@mantine/core'
import { keepPreviousData } from '@tanstack/react-query'
import { Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { $api } from '../../../api/client.ts'
import { DialogSlot } from '../../../components/ui/dialog-slot.tsx'
import { ManagedNote } from '../../../components/ui/managed-note.tsx'
import { PagedList } from '../../../components/ui/paged-list.tsx'
import { SearchField } from '../../../components/ui/search-field.tsx'
import { State } from '../../../components/ui/states.tsx'
import type { GroupMember, UserGroup } from '../group-types.ts'
import { AddMember, HeldMemberDialog, RemoveMemberDialog } from './dialogs.ts'
import { MembersTable } from './members-table.tsx'

interface GroupMembersProps {
  group: UserGroup
  q: string
  sort: string | undefined
  cursor: string | undefined
  onShow: (change: { q?: string; sort?: string; cursor?: string | undefined }) => void
}

/** Members of a group: searched, added and taken out. */
export function GroupMembers({ group, q, sort: wanted, cursor, onShow }: GroupMembersProps) {
  const { t } = useTranslation('groups')
  const sort = wanted === '-name' ? '-name' : 'name'
  const [removed, setRemoved] = useState<GroupMember>()
  const [held, setHeld] = useState<GroupMember>()
  const list = $api.useQuery(
    'get',
    '/user-groups/{id}/members',
    { params: { path: { id: group.id }, query: { limit: 20, sort, ...(q && { q }), ...(cursor && { cursor }) } } },
    { placeholderData: keepPreviousData },
  )
  return (
    <>
      {group.managedBy ? (
        <ManagedNote>{t('managedMembers', { source: group.managedBy.name })}</ManagedNote>
      ) : (
        <Suspense fallback={<Box h={52} />}>
          <AddMember group={group} />
        </Suspense>
      )}
      <Box mb="md" maw={640}>
        <SearchField label={t('member.search')} q={q} onSearch={(text) => onShow({ q: text, cursor: undefined })} />
      </Box>
      <PagedList
        list={list}
        cursor={cursor}
        onCursor={(next) => onShow({ cursor: next })}
        nothing={
          <State icon={q ? 'search' : 'users'} title={t(q ? 'member.noMatchTitle' : 'member.emptyTitle')}>
            {t(q ? 'noMatchText' : 'member.emptyText')}
          </State>
        }
      >
        {(items) => (
          <MembersTable
            groupName={group.name}
            members={items}
            isManaged={group.managedBy !== null}
            sort={sort}
            onSort={(next) => onShow({ sort: next, cursor: undefined })}
            onRemove={setRemoved}
            onAskWhy={setHeld}
          />
        )}
      </PagedList>
      <DialogSlot>
        {removed && <RemoveMemberDialog group={group} member={removed} onClose={() => setRemoved(undefined)} />}
        {held && <HeldMemberDialog group={group} member={held} onClose={() => setHeld(undefined)} />}
      </DialogSlot>
    </>
  )
}
