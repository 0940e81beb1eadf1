import { Group, Paper } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FlowAvatar } from '../../components/ui/avatar.tsx'
import { PageHeader } from '../../components/ui/page-header.tsx'
import { StatusBadge } from '../../components/ui/request-status.tsx'
import { Failed, Loading } from '../../components/ui/states.tsx'
import { type OpenDialog, QueueDialogs } from '../../features/queue/components/queue-dialogs.tsx'
import { RequestDetails } from '../../features/queue/components/request-details.tsx'
import { lastQueue } from '../../features/queue/last-queue.ts'
import { useLiveRequest } from '../../features/request-card/api/use-live-request.ts'
import { useMe } from '../../features/session/me.ts'

const route = getRouteApi('/admin/requests/$requestId')

/** One request by its own address, where mails and links lead; it follows the request's changes. */
export function RequestPage() {
  const { t } = useTranslation('requests')
  const { requestId } = route.useParams()
  const me = useMe()
  const { data: request, error, refetch } = useLiveRequest(requestId)
  const [dialog, setDialog] = useState<OpenDialog>()
  const title = request
    ? t('details.requestOf', { flow: request.approvalFlow.name, name: request.requester.name })
    : t('details.title')
  return (
    <>
      <PageHeader
        back={{ href: lastQueue(), label: t('details.back') }}
        title={title}
        description={
          request && (
            <Group gap="xs" mt={6}>
              <FlowAvatar flow={request.approvalFlow} size={24} />
              <StatusBadge status={request.status} />
            </Group>
          )
        }
      />
      {!request && (error ? <Failed error={error} retry={() => void refetch()} /> : <Loading />)}
      {request && (
        <Paper withBorder p={{ base: 0, sm: 'xs' }}>
          <RequestDetails request={request} viewerId={me.user.id} onDecide={(kind) => setDialog({ kind, request })} />
        </Paper>
      )}
      <QueueDialogs dialog={dialog} viewerId={me.user.id} onClose={() => setDialog(undefined)} onBulkDone={() => {}} />
    </>
  )
}
