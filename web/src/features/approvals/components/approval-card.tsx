import { Box, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { AccessRequest } from '../../../api/types.ts'
import { FlowAvatar, PersonAvatar } from '../../../components/ui/avatar.tsx'
import { ButtonLink } from '../../../components/ui/link.tsx'
import { LongText } from '../../../components/ui/long-text.tsx'
import { StatusBadge } from '../../../components/ui/request-status.tsx'
import { TimeAgo } from '../../../components/ui/time-ago.tsx'
import { useFormat } from '../../../lib/use-format.ts'
import { RequesterAccess } from '../../request-card/components/requester-access.tsx'
import { ApprovalButtons } from './approval-buttons.tsx'

/** One request as its approver needs it: who, what for how long, why, and the two answers. */
export function ApprovalCard({ request, viewerId }: { request: AccessRequest; viewerId: string }) {
  const { t } = useTranslation(['approvals', 'requests'])
  const { requester, approvalFlow, createdAt } = request
  const words = { name: requester.name, flow: approvalFlow.name }
  return (
    <Paper component="li" withBorder p="md" data-request={request.id}>
      <Group justify="space-between" align="flex-start" mb="xs">
        <Group gap="sm" wrap="nowrap" miw={0}>
          <PersonAvatar name={requester.name} size={38} />
          <div>
            <Title order={2} size="h5" className="gh-break">
              {t('asks', words)}
            </Title>
            <Text size="sm" c="dimmed">
              {requester.department ?? t('noDepartment')} · {t('asked')} <TimeAgo at={createdAt} />
            </Text>
          </div>
        </Group>
        <StatusBadge status={request.status} />
      </Group>
      <Box mb="sm">
        <LongText>{request.reason}</LongText>
      </Box>
      <Terms request={request} />
      {request.abilities.review && (
        <Stack gap={4} mt="sm">
          <Text size="sm" c="dimmed">
            {t('requests:has.label')}
          </Text>
          <RequesterAccess request={request} />
        </Stack>
      )}
      <Group mt="md" gap="xs">
        <ApprovalButtons request={request} />
        <ButtonLink
          to="/portal/approvals/$requestId"
          params={{ requestId: request.id }}
          variant="subtle"
          aria-label={t('openOf', words)}
        >
          {t('open')}
        </ButtonLink>
        <OwnDecision request={request} viewerId={viewerId} />
      </Group>
    </Paper>
  )
}

function Terms({ request }: { request: AccessRequest }) {
  const { t } = useTranslation('approvals')
  const format = useFormat()
  const { approvalFlow, requestedDuration, expiresAt, processing } = request
  return (
    <Group gap="xs" wrap="nowrap" align="flex-start">
      <FlowAvatar flow={approvalFlow} size={24} />
      <Stack gap={0}>
        <Text size="sm">
          {approvalFlow.name} ·{' '}
          {requestedDuration ? t('forDuration', { duration: format.duration(requestedDuration) }) : t('unlimited')}
        </Text>
        {expiresAt && processing !== 'closed' && (
          <Text size="sm" c="dimmed">
            {t('expires')} <TimeAgo at={expiresAt} />
          </Text>
        )}
      </Stack>
    </Group>
  )
}

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
