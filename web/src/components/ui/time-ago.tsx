import { Tooltip } from '@mantine/core'
import { useFormat } from '../../lib/use-format.ts'
import { useNow } from '../../lib/use-now.ts'

/** A moment as people say it ("2 hours ago"), with the exact time for pointers and machines. */
export function TimeAgo({ at }: { at: string }) {
  const format = useFormat()
  const now = useNow()
  return (
    <Tooltip label={format.exact(at)}>
      <time dateTime={at}>{format.relative(at, now)}</time>
    </Tooltip>
  )
}

/** A moment by date and time; to the second where the order of events matters. */
export function DateTime({ at, isExact = false }: { at: string; isExact?: boolean }) {
  const format = useFormat()
  return <time dateTime={at}>{isExact ? format.exact(at) : format.dateTime(at)}</time>
}
