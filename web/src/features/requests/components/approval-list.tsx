import { Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Pager } from '../../../components/ui/pager.tsx'
import { Failed, Loading, State } from '../../../components/ui/states.tsx'
import { type ApprovalState, useApprovals, useWaitingIds } from '../api/use-approvals.ts'
import { ApprovalCard } from './approval-card.tsx'
import { FreshBanner } from './fresh-banner.tsx'

interface ApprovalListProps {
  state: ApprovalState
  cursor: string | undefined
  onCursor: (cursor: string | undefined) => void
  viewerId: string
}

/** What waits for me, or what I have decided. New ones are announced and shown on demand. */
export function ApprovalList({ state, cursor, onCursor, viewerId }: ApprovalListProps) {
  const { t } = useTranslation('approvals')
  const { data, error, refetch } = useApprovals(state, cursor)
  const waitingIds = useWaitingIds()
  if (!data) return error ? <Failed error={error} retry={() => void refetch()} /> : <Loading />
  const isWholeList = state === 'waiting' && !cursor && !data.nextCursor
  const fresh = isWholeList ? waitingIds.filter((id) => data.items.every((item) => item.id !== id)) : []
  return (
    <>
      <FreshBanner count={fresh.length} onShow={() => void refetch()} />
      {data.items.length === 0 ? (
        <State icon="checks" title={t(`${state}EmptyTitle`)}>
          {t(`${state}EmptyText`)}
        </State>
      ) : (
        <Stack component="ul" p={0} m={0} gap="sm" aria-label={t('list')} style={{ listStyle: 'none' }}>
          {data.items.map((request) => (
            <ApprovalCard key={request.id} request={request} viewerId={viewerId} />
          ))}
        </Stack>
      )}
      <Pager cursor={cursor} nextCursor={data.nextCursor} onChange={onCursor} />
    </>
  )
}
