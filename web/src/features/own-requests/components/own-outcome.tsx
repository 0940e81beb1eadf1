import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { AccessRequest } from '../../../api/types.ts'
import { TimeAgo } from '../../../components/ui/time-ago.tsx'

/** What became of one's own request: when it expires, how long access lasts, what was said. */
export function OwnOutcome({ request }: { request: AccessRequest }) {
  const { t } = useTranslation(['asking', 'requests'])
  const { decision, grant, expiresAt, processing } = request
  // Only people are quoted; why a request was closed otherwise is said in the reader's language.
  const isSaid = decision?.outcome === 'approved' || decision?.outcome === 'denied'
  return (
    <Text component="div" size="sm">
      {processing !== 'closed' && expiresAt && (
        <div>
          {t('expires')} <TimeAgo at={expiresAt} />
        </div>
      )}
      {grant && <GrantEnd grant={grant} />}
      {grant?.alreadyHeld && <div>{t('alreadyHeld')}</div>}
      {decision?.cause && <div>{t(`requests:outcome.cause.${decision.cause}`)}</div>}
      {decision?.outcome === 'expired' && <div>{t('requests:outcome.expired')}</div>}
      {isSaid && decision.reason && <div className="gh-prose">“{decision.reason}”</div>}
      {decision?.message && <div className="gh-prose">“{decision.message}”</div>}
      {decision?.nextSteps && (
        <div className="gh-prose">
          {t('requests:outcome.nextSteps')}: {decision.nextSteps}
        </div>
      )}
    </Text>
  )
}

function GrantEnd({ grant }: { grant: NonNullable<AccessRequest['grant']> }) {
  const { t } = useTranslation('asking')
  const end = grant.endedAt ?? grant.expiresAt
  if (!end) return <div>{t('noEnd')}</div>
  return (
    <div>
      {grant.endedAt ? t('ended') : t('until')} <TimeAgo at={end} />
    </div>
  )
}
