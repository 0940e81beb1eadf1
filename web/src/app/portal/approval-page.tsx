import { Group, Paper, SimpleGrid, Text, Title } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Icon } from '../../components/ui/icon.tsx'
import { AnchorLink } from '../../components/ui/link.tsx'
import { PageHeader } from '../../components/ui/page-header.tsx'
import { Failed, Loading } from '../../components/ui/states.tsx'
import { useWatchedRequest } from '../../features/requests/api/use-approvals.ts'
import { ApprovalButtons } from '../../features/requests/components/approval-buttons.tsx'
import { OwnDecision } from '../../features/requests/components/approval-card.tsx'
import { ApprovalProgress } from '../../features/requests/components/approval-progress.tsx'
import { RequestFacts } from '../../features/requests/components/request-facts.tsx'
import { useMe } from '../../features/session/me.ts'

const route = getRouteApi('/portal/approvals/$requestId')

/** One request for its approver: where the approvers' mail leads. */
export function ApprovalPage() {
  const { t } = useTranslation(['approvals', 'requests'])
  const { requestId } = route.useParams()
  const me = useMe()
  const { data: request, error, refetch } = useWatchedRequest(requestId)
  const words = request && { flow: request.approvalFlow.name, name: request.requester.name }
  return (
    <>
      <PageHeader
        above={
          <AnchorLink to="/portal/approvals" size="sm" mb={8} display="inline-flex">
            <Icon name="arrowLeft" size={18} /> {t('back')}
          </AnchorLink>
        }
        title={words ? t('requests:details.requestOf', words) : t('title')}
      />
      {!request && (error ? <Failed error={error} retry={() => void refetch()} /> : <Loading />)}
      {request && (
        <Paper withBorder p={{ base: 'md', sm: 'lg' }}>
          <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl">
            <div>
              <Title order={2} size="h4" mb="sm">
                {t('requests:details.title')}
              </Title>
              <RequestFacts request={request} />
              <Group mt="lg">
                <ApprovalButtons request={request} />
                {!request.abilities.decide && <Text c="dimmed">{t('notYours')}</Text>}
                <OwnDecision request={request} viewerId={me.user.id} />
              </Group>
            </div>
            <div>
              <Title order={2} size="h4" mb="sm">
                {t('requests:details.progress')}
              </Title>
              <ApprovalProgress request={request} />
            </div>
          </SimpleGrid>
        </Paper>
      )}
    </>
  )
}
