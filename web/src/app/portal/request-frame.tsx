import { Group, Paper, SimpleGrid, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { AccessRequest } from '../../api/types.ts'
import { PageHeader } from '../../components/ui/page-header.tsx'
import { Failed, Loading } from '../../components/ui/states.tsx'
import type { useWatchedRequest } from '../../features/request-card/api/use-own-request.ts'
import { ApprovalProgress } from '../../features/request-card/components/approval-progress.tsx'

interface RequestFrameProps {
  query: ReturnType<typeof useWatchedRequest>
  back: { href: string; label: string }
  title: string
  description?: string | undefined
  heading: string
  facts: (request: AccessRequest) => ReactNode
  actions: (request: AccessRequest) => ReactNode
}

/** One request in the User Portal: what was asked and what can be done on one side, its life on the other. */
export function RequestFrame({ query, back, title, description, heading, facts, actions }: RequestFrameProps) {
  const { t } = useTranslation('requests')
  const { data: request, error, refetch } = query
  return (
    <>
      <PageHeader back={back} title={title} description={description} />
      {!request && (error ? <Failed error={error} retry={() => void refetch()} /> : <Loading />)}
      {request && (
        <Paper withBorder p={{ base: 'md', sm: 'lg' }}>
          <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl">
            <div>
              <Title order={2} size="h4" mb="sm">
                {heading}
              </Title>
              {facts(request)}
              <Group mt="lg">{actions(request)}</Group>
            </div>
            <div>
              <Title order={2} size="h4" mb="sm">
                {t('details.progress')}
              </Title>
              <ApprovalProgress request={request} />
            </div>
          </SimpleGrid>
        </Paper>
      )}
    </>
  )
}
