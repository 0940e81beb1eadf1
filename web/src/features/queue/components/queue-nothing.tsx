import { DialogSlot } from '../../../components/ui/dialog-slot.tsx'
import { Failed, Loading, Nothing } from '../../../components/ui/states.tsx'
import { QueueEmpty } from './dialogs.ts'
import type { QueueEmptyProps } from './queue-empty.tsx'

interface QueueNothingProps extends QueueEmptyProps {
  /** How many rows there are; nothing before the list was read. */
  count: number | undefined
  error: unknown
  onRetry: () => void
}

/** Why there are no rows: empty, still loading, or failed. */
export function QueueNothing({ count, error, onRetry, ...empty }: QueueNothingProps) {
  return (
    <>
      <Nothing isThere={count === 0}>
        <DialogSlot>
          <QueueEmpty {...empty} />
        </DialogSlot>
      </Nothing>
      {count === undefined && (error ? <Failed error={error} retry={onRetry} /> : <Loading />)}
    </>
  )
}
