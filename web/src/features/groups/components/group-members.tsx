import { Box } from '@mantine/core'
import { keepPreviousData } from '@tanstack/react-query'
import { Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { $api } from '../../../api/client.ts'
import { Pager } from '../../../components/ui/pager.tsx'
import { SearchField } from '../../../components/ui/search-field.tsx'
import { Failed, Loading, State } from '../../../components/ui/states.tsx'
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
  const { data, error, refetch } = $api.useQuery(
    'get',
    '/user-groups/{id}/members',
    { params: { path: { id: group.id }, query: { limit: 20, sort, ...(q && { q }), ...(cursor && { cursor }) } } },
    { placeholderData: keepPreviousData },
  )
  return (
    <>
      <Suspense fallback={<Box h={52} />}>
        <AddMember group={group} />
      </Suspense>
      <Box mb="md" maw={640}>
        <SearchField label={t('member.search')} q={q} onSearch={(text) => onShow({ q: text, cursor: undefined })} />
      </Box>
      {!data && (error ? <Failed error={error} retry={() => void refetch()} /> : <Loading />)}
      {data?.items.length === 0 && (
        <State icon={q ? 'search' : 'users'} title={t(q ? 'member.noMatchTitle' : 'member.emptyTitle')}>
          {t(q ? 'noMatchText' : 'member.emptyText')}
        </State>
      )}
      {data && data.items.length > 0 && (
        <MembersTable
          groupName={group.name}
          members={data.items}
          sort={sort}
          onSort={(next) => onShow({ sort: next, cursor: undefined })}
          onRemove={setRemoved}
          onAskWhy={setHeld}
        />
      )}
      {data && <Pager cursor={cursor} nextCursor={data.nextCursor} onChange={(next) => onShow({ cursor: next })} />}
      <Suspense>
        {removed && <RemoveMemberDialog group={group} member={removed} onClose={() => setRemoved(undefined)} />}
        {held && <HeldMemberDialog group={group} member={held} onClose={() => setHeld(undefined)} />}
      </Suspense>
    </>
  )
}
