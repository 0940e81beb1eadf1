import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { AccessRequest } from '../../../api/types.ts'
import { TimeAgo } from '../../../components/ui/time-ago.tsx'

/** What the viewer has decided in this request, if anything. */
export function OwnDecision({ request, viewerId }: { request: AccessRequest; viewerId: string }) {
  const { t } = useTranslation('approvals')
  const own = request.progress.steps.flatMap(({ decisions }) => decisions).find(({ by }) => by.id === viewerId)
  if (!own) return null
  return (
    <Text size="sm" c="dimmed" component="div" className="gh-prose">
      {own.decision === 'approve' ? t('youApproved') : t('youDenied')} · <TimeAgo at={own.at} />
      {own.reason && <div>“{own.reason}”</div>}
    </Text>
  )
}
