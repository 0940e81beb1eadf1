import { Group, Paper, SimpleGrid, Title } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Icon } from '../../components/ui/icon.tsx'
import { AnchorLink } from '../../components/ui/link.tsx'
import { PageHeader } from '../../components/ui/page-header.tsx'
import { Failed, Loading } from '../../components/ui/states.tsx'
import { useWatchedRequest } from '../../features/requests/api/use-approvals.ts'
import { ApprovalProgress } from '../../features/requests/components/approval-progress.tsx'
import { OwnRequestFacts } from '../../features/requests/components/own-request-facts.tsx'
import { WithdrawButton } from '../../features/requests/components/withdraw-button.tsx'

const route = getRouteApi('/portal/requests/$requestId')

/** One of my requests, with its life as a timeline. */
export function OwnRequestPage() {
  const { t } = useTranslation(['asking', 'requests'])
  const { requestId } = route.useParams()
  const { data: request, error, refetch } = useWatchedRequest(requestId)
  return (
    <>
      <PageHeader
        above={
          <AnchorLink to="/portal/requests" size="sm" mb={8} display="inline-flex">
            <Icon name="arrowLeft" size={18} /> {t('back')}
          </AnchorLink>
        }
        title={request?.approvalFlow.name ?? t('details')}
        description={request?.approvalFlow.description}
      />
      {!request && (error ? <Failed error={error} retry={() => void refetch()} /> : <Loading />)}
      {request && (
        <Paper withBorder p={{ base: 'md', sm: 'lg' }}>
          <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl">
            <div>
              <Title order={2} size="h4" mb="sm">
                {t('details')}
              </Title>
              <OwnRequestFacts request={request} />
              <Group mt="lg">
                <WithdrawButton request={request} />
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
