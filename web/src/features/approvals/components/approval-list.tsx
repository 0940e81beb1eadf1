import { Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { FreshBanner } from '../../../components/ui/fresh-banner.tsx'
import { readAgain } from '../../../components/ui/paged-list.tsx'
import { Pager } from '../../../components/ui/pager.tsx'
import { Failed, Loading, Nothing, State } from '../../../components/ui/states.tsx'
import { type ApprovalState, useApprovals, useFreshCount } from '../api/use-approvals.ts'
import { ApprovalCard } from './approval-card.tsx'

interface ApprovalListProps {
  state: ApprovalState
  cursor: string | undefined
  onCursor: (cursor: string | undefined) => void
  viewerId: string
}

/** What waits for me, or what I have decided. New ones are announced and shown on demand. */
export function ApprovalList({ state, cursor, onCursor, viewerId }: ApprovalListProps) {
  const { t } = useTranslation('approvals')
  const { data, error, refetch, dataUpdatedAt } = useApprovals(state, cursor)
  const listedIds = data?.items.map(({ id }) => id) ?? []
  const fresh = useFreshCount(listedIds, dataUpdatedAt)
  if (!data)
    return error ? <Failed error={error} retry={() => readAgain({ error, cursor, onCursor, refetch })} /> : <Loading />
  return (
    <>
      <FreshBanner
        count={state === 'waiting' ? fresh : 0}
        onShow={() => (cursor ? onCursor(undefined) : void refetch())}
      />
      <Nothing isThere={data.items.length === 0}>
        <State icon="checks" title={t(`${state}EmptyTitle`)}>
          {t(`${state}EmptyText`)}
        </State>
      </Nothing>
      {data.items.length > 0 && (
        <Stack
          component="ul"
          data-list
          tabIndex={-1}
          p={0}
          m={0}
          gap="sm"
          aria-label={t('list')}
          style={{ listStyle: 'none' }}
        >
          {data.items.map((request) => (
            <ApprovalCard key={request.id} request={request} viewerId={viewerId} />
          ))}
        </Stack>
      )}
      <Pager cursor={cursor} nextCursor={data.nextCursor} onChange={onCursor} />
    </>
  )
}
