import { useTranslation } from 'react-i18next'
import type { RequestSummary } from '../../../api/types.ts'
import { TimeAgo } from '../../../components/ui/time-ago.tsx'
import classes from './queue.module.css'

type Step = RequestSummary['progress']['steps'][number]

/** Of a whole request that stands in the list the steps know who has decided, too. */
function awaitedOf(step: Step & { decisions?: { by: { id: string } }[] }): Step['approvers'] {
  const decided = new Set(step.decisions?.map(({ by }) => by.id))
  return step.approvers.filter(({ id }) => !decided.has(id))
}

/** Below the values of a row: the reason, and in the tab Others who is awaited since when. */
export function SecondLine({ request, hasReason }: { request: RequestSummary; hasReason: boolean }) {
  const { t } = useTranslation('requests')
  const current =
    request.queue === 'others' ? request.progress.steps.find(({ state }) => state === 'current') : undefined
  const [first, ...more] = current ? awaitedOf(current) : []
  return (
    <div className={classes.second}>
      <span className={classes.reason} data-reason>
        {hasReason && request.reason}
      </span>
      {first && current?.currentSince && (
        <span className={classes.awaited} data-awaited>
          {t(more.length > 0 ? 'queue.awaitedMore' : 'queue.awaited', { name: first.name })}{' '}
          <TimeAgo at={current.currentSince} />
        </span>
      )}
    </div>
  )
}
