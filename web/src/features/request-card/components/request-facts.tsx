import { Anchor, Box, Group, Text } from '@mantine/core'
import { type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { AccessRequest } from '../../../api/types.ts'
import { PersonAvatar } from '../../../components/ui/avatar.tsx'
import { DialogSlot } from '../../../components/ui/dialog-slot.tsx'
import { LongText } from '../../../components/ui/long-text.tsx'
import { NameLink } from '../../../components/ui/name-link.tsx'
import { StatusBadge } from '../../../components/ui/request-status.tsx'
import { DateTime, TimeAgo } from '../../../components/ui/time-ago.tsx'
import { lazy } from '../../../lib/lazy.ts'
import { useFormat } from '../../../lib/use-format.ts'
import { useStepName } from '../use-step-name.ts'

const RequesterAccess = lazy(async () => (await import('./requester-access.tsx')).RequesterAccess)

interface RequestFactsProps {
  request: AccessRequest
  /** False where the reason stands elsewhere already. */
  hasReason?: boolean
  children?: ReactNode
}

/** What was asked, by whom, and who decides: the left half of the details. */
export function RequestFacts({ request, hasReason = true, children }: RequestFactsProps) {
  const { t } = useTranslation('requests')
  const format = useFormat()
  const nameOf = useStepName()
  const { requester, progress, expiresAt, requestedDuration, approvedDuration } = request
  const approvers = progress.steps.map((step) => {
    const names =
      step.approvers.length > 0 && step.approvers.length <= 3
        ? `: ${format.list(step.approvers.map(({ name }) => name))}`
        : ''
    return nameOf(step) + (step.kind === 'user' ? '' : names)
  })
  return (
    <dl className="gh-facts">
      <Fact name={t('details.requester')}>
        <Person
          id={requester.id}
          name={requester.name}
          detail={[requester.email, requester.department].filter(Boolean).join(' · ')}
        />
      </Fact>
      <Fact name={t('details.manager')}>
        {requester.manager ? (
          <Person id={requester.manager.id} name={requester.manager.name} detail={requester.manager.email} />
        ) : (
          t('details.noManager')
        )}
      </Fact>
      {request.abilities.review && (
        <Fact name={t('has.label')}>
          <Box mih={32}>
            <DialogSlot>
              <RequesterAccess request={request} />
            </DialogSlot>
          </Box>
        </Fact>
      )}
      <Fact name={t('details.approver')}>
        {approvers.length > 0
          ? approvers.map((each) => <div key={each}>{each}</div>)
          : t(`approvalType.${request.approvalType}`)}
      </Fact>
      {hasReason && (
        <Fact name={t('details.reason')}>
          <LongText>{request.reason}</LongText>
        </Fact>
      )}
      {(requestedDuration || approvedDuration) && (
        <Fact name={approvedDuration ? t('details.approvedDuration') : t('details.duration')}>
          {format.duration(approvedDuration ?? requestedDuration ?? '')}
        </Fact>
      )}
      <Fact name={t('details.status')}>
        <Group gap="xs">
          <StatusBadge status={request.status} />
          {(request.processing === 'starting' ||
            request.processing === 'granting' ||
            request.processing === 'canceling') && (
            <Text size="sm" c="dimmed">
              {t(`processing.${request.processing}`)}
            </Text>
          )}
        </Group>
      </Fact>
      <Fact name={t('details.received')}>
        <DateTime at={request.createdAt} />
      </Fact>
      {expiresAt && (
        <Fact name={t('details.expires')}>
          <TimeAgo at={expiresAt} />
        </Fact>
      )}
      {children}
      {request.workflowUrl && (
        <Fact name="Temporal">
          <Anchor href={request.workflowUrl} target="_blank" rel="noreferrer" size="sm">
            {t('queue.workflow')}
          </Anchor>
        </Fact>
      )}
    </dl>
  )
}

export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  )
}

function Person({ id, name, detail }: { id: string; name: string; detail: string }) {
  return (
    <Group gap="xs" wrap="nowrap">
      <PersonAvatar name={name} />
      <div>
        <NameLink kind="user" id={id}>
          {name}
        </NameLink>
        <Text size="xs" c="dimmed" className="gh-break">
          {detail}
        </Text>
      </div>
    </Group>
  )
}
