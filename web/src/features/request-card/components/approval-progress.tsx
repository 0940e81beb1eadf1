import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { AccessRequest } from '../../../api/types.ts'
import { TimeAgo } from '../../../components/ui/time-ago.tsx'
import { useFormat } from '../../../lib/use-format.ts'
import type { MissingData } from '../missing-data.ts'
import { useProgressWords } from '../use-progress-words.ts'
import { FailureEntry, OutcomeEntry } from './outcome-entry.tsx'
import { StepEntry } from './step-entry.tsx'
import { TimelineEntry, timelineList } from './timeline-entry.tsx'

interface ApprovalProgressProps {
  request: AccessRequest
  /** What can be done about missing data, for those who can do it. */
  renderMissing?: (missing: MissingData) => React.ReactNode
}

/** The life of a request as a timeline: asked, each step, the outcome, the end of the access. */
export function ApprovalProgress({ request, renderMissing }: ApprovalProgressProps) {
  const { t } = useTranslation('requests')
  const format = useFormat()
  const wordsOf = useProgressWords()
  const { progress, requester, grant } = request
  return (
    <>
      {progress.steps.length > 1 && (
        <Text size="sm" c="dimmed" mb="sm">
          {wordsOf(request)} · {t(`requirement.${request.approvalRequirement}`)}
        </Text>
      )}
      <ol className={timelineList}>
        <TimelineEntry icon="user" color="gray" title={t('step.submitted', { name: requester.name })}>
          <TimeAgo at={request.createdAt} />
        </TimelineEntry>
        {progress.steps.map((step) => (
          <StepEntry
            key={step.order}
            step={step}
            request={request}
            missing={request.missingData.find((each) => each.step === step.order)}
            renderMissing={renderMissing}
          />
        ))}
        {request.status !== 'error' && request.lastFailure && <FailureEntry failure={request.lastFailure} />}
        <OutcomeEntry request={request} />
        {grant?.endedAt && (
          <TimelineEntry icon="hourglass" color="gray" title={t('details.grant')}>
            {grant.endedBy
              ? t('details.grantEndedBy', { date: format.dateTime(grant.endedAt), name: grant.endedBy.name })
              : t('details.grantEnded', { date: format.dateTime(grant.endedAt) })}
          </TimelineEntry>
        )}
      </ol>
    </>
  )
}
