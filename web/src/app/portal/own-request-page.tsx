import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { OwnRequestFacts } from '../../features/own-requests/components/own-request-facts.tsx'
import { WithdrawButton } from '../../features/own-requests/components/withdraw-button.tsx'
import { useWatchedRequest } from '../../features/request-card/api/use-own-request.ts'
import { RequestFrame } from './request-frame.tsx'

const route = getRouteApi('/portal/requests/$requestId')

/** One of my requests, with its life as a timeline. */
export function OwnRequestPage() {
  const { t } = useTranslation('asking')
  const { requestId } = route.useParams()
  const query = useWatchedRequest(requestId)
  return (
    <RequestFrame
      query={query}
      back={{ href: '/portal/requests', label: t('back') }}
      title={query.data?.approvalFlow.name ?? t('details')}
      description={query.data?.approvalFlow.description}
      heading={t('details')}
      facts={(request) => <OwnRequestFacts request={request} />}
      actions={(request) => <WithdrawButton request={request} />}
    />
  )
}
