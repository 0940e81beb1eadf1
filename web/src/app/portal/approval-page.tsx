import { Text } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { ApprovalButtons } from '../../features/approvals/components/approval-buttons.tsx'
import { OwnDecision } from '../../features/approvals/components/own-decision.tsx'
import { useWatchedRequest } from '../../features/request-card/api/use-own-request.ts'
import { RequestFacts } from '../../features/request-card/components/request-facts.tsx'
import { useMe } from '../../features/session/me.ts'
import { RequestFrame } from './request-frame.tsx'

const route = getRouteApi('/portal/approvals/$requestId')

/** One request for its approver: where the approvers' mail leads. */
export function ApprovalPage() {
  const { t } = useTranslation(['approvals', 'requests'])
  const { requestId } = route.useParams()
  const me = useMe()
  const query = useWatchedRequest(requestId)
  const words = query.data && { flow: query.data.approvalFlow.name, name: query.data.requester.name }
  return (
    <RequestFrame
      query={query}
      back={{ href: '/portal/approvals', label: t('back') }}
      title={words ? t('requests:details.requestOf', words) : t('title')}
      heading={t('requests:details.title')}
      facts={(request) => <RequestFacts request={request} />}
      actions={(request) => (
        <>
          <ApprovalButtons request={request} />
          {!request.abilities.decide && <Text c="dimmed">{t('notYours')}</Text>}
          <OwnDecision request={request} viewerId={me.user.id} />
        </>
      )}
    />
  )
}
