import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { AccessRequest } from '../../../api/types.ts'
import { StatusBadge } from '../../../components/ui/request-status.tsx'
import { DateTime } from '../../../components/ui/time-ago.tsx'
import { useFormat } from '../../../lib/use-format.ts'
import { OwnOutcome } from './own-outcome.tsx'

/** What I asked for, and what became of it. */
export function OwnRequestFacts({ request }: { request: AccessRequest }) {
  const { t } = useTranslation(['asking', 'requests'])
  const format = useFormat()
  const { reason, requestedDuration, approvedDuration, createdAt, processing } = request
  const duration = approvedDuration ?? requestedDuration
  return (
    <dl className="gh-facts">
      <dt>{t('status')}</dt>
      <dd>
        <StatusBadge status={request.status} />
        {(processing === 'starting' || processing === 'granting' || processing === 'canceling') && (
          <Text size="sm" c="dimmed">
            {t(`requests:processing.${processing}`)}
          </Text>
        )}
      </dd>
      <dt>{t('reason')}</dt>
      <dd className="gh-prose">{reason}</dd>
      <dt>{t('duration')}</dt>
      <dd>{duration ? format.duration(duration) : t('noEnd')}</dd>
      <dt>{t('asked')}</dt>
      <dd>
        <DateTime at={createdAt} />
      </dd>
      <dt>{t('outcome')}</dt>
      <dd>
        <OwnOutcome request={request} />
      </dd>
    </dl>
  )
}
