import { useTranslation } from 'react-i18next'
import type { AccessRequest } from '../../../api/types.ts'
import type { IconName } from '../../../components/ui/icon.tsx'
import { DateTime, TimeAgo } from '../../../components/ui/time-ago.tsx'
import { useFormat } from '../../../lib/use-format.ts'
import { TimelineEntry } from './timeline-entry.tsx'

type Decision = NonNullable<AccessRequest['decision']>

const looks: Record<Decision['outcome'], { icon: IconName; color: string }> = {
  approved: { icon: 'checks', color: 'green' },
  denied: { icon: 'x', color: 'red' },
  canceled: { icon: 'ban', color: 'gray' },
  expired: { icon: 'hourglass', color: 'gray' },
}

/** How it ended and why, with the texts that the requester reads too. */
export function OutcomeEntry({ request }: { request: AccessRequest }) {
  const { t } = useTranslation('requests')
  const { decision, error, processing } = request
  if (error && request.status === 'error') return <FailureEntry failure={error} />
  if (!decision)
    return processing === 'granting' ? <TimelineEntry icon="key" color="blue" title={t('processing.granting')} /> : null
  const { icon, color } = looks[decision.outcome]
  return (
    <TimelineEntry
      icon={icon}
      color={color}
      title={<Title decision={decision} isAutomatic={request.approvalType === 'automatic'} />}
      state={decision.override ? t('outcome.override') : undefined}
    >
      <TimeAgo at={decision.at} />
      <Texts decision={decision} request={request} />
    </TimelineEntry>
  )
}

/** That giving the access failed; it stays in the history when a later try succeeds. */
export function FailureEntry({ failure }: { failure: NonNullable<AccessRequest['error']> }) {
  const { t } = useTranslation('requests')
  return (
    <TimelineEntry
      icon="bolt"
      color="red"
      title={t('error.title')}
      state={t('error.attempts', { count: failure.attempts })}
    >
      <div className="gh-prose">{failure.message}</div>
      {t('error.since')} <DateTime at={failure.since} />
    </TimelineEntry>
  )
}

function Title({ decision, isAutomatic }: { decision: Decision; isAutomatic: boolean }) {
  const { t } = useTranslation('requests')
  const { outcome, by } = decision
  if (outcome === 'approved' && isAutomatic && !by) return t('step.automatic')
  if (outcome === 'approved') return by ? t('outcome.approvedBy', { name: by.name }) : t('outcome.approved')
  if (outcome === 'denied') return by ? t('outcome.deniedBy', { name: by.name }) : t('outcome.denied')
  return t(`outcome.${outcome}`)
}

function Texts({ decision, request }: { decision: Decision; request: AccessRequest }) {
  const { t } = useTranslation('requests')
  const format = useFormat()
  const texts = [
    { label: t('outcome.message'), text: decision.message },
    // A request that nobody decided says why by its cause.
    { label: t('outcome.reason'), text: decision.outcome === 'denied' ? decision.reason : null },
    { label: t('outcome.nextSteps'), text: decision.nextSteps },
  ]
  return (
    <>
      {decision.fourEyes && <div>{t(`fourEyes.${decision.fourEyes}`, { name: request.requester.name })}</div>}
      {decision.byDirectoryChange && <div>{t('outcome.byDirectoryChange')}</div>}
      {decision.cause && <div>{t(`outcome.cause.${decision.cause}`)}</div>}
      {texts.map(
        ({ label, text }) =>
          text && (
            <div key={label} className="gh-prose">
              {label}: {text}
            </div>
          ),
      )}
      {request.grant?.alreadyHeld && (
        <div>
          {request.grant.alreadyHeld.until
            ? t('outcome.heldUntil', { date: format.dateTime(request.grant.alreadyHeld.until) })
            : t('outcome.held')}
        </div>
      )}
      {request.grant?.expiresAt && !request.grant.endedAt && (
        <div>
          {t('details.grant')} {t('details.grantUntil', { date: format.dateTime(request.grant.expiresAt) })}
        </div>
      )}
    </>
  )
}
