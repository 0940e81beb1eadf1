import { Suspense } from 'react'
import type { RequestSummary } from '../../../api/types.ts'
import { Failed, Loading } from '../../../components/ui/states.tsx'
import { useWhole } from '../api/use-queue.ts'
import { RowDetails } from './dialogs.ts'
import type { DecisionAction } from './request-details.tsx'

interface OpenRowProps {
  row: RequestSummary
  viewerId: string
  onDecide: (action: DecisionAction, request: RequestSummary) => void
}

/** What is below an open row: the whole request, of which the row has only a part. */
export function OpenRow({ row, viewerId, onDecide }: OpenRowProps) {
  const { data, error, refetch } = useWhole(row)
  if (!data) return error ? <Failed error={error} retry={() => void refetch()} /> : <Loading />
  return (
    <Suspense fallback={<Loading />}>
      <RowDetails request={data} viewerId={viewerId} onDecide={onDecide} />
    </Suspense>
  )
}
