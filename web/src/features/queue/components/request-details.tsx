import { Alert, Box, Button, Group, Text, Title, VisuallyHidden } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { AccessRequest } from '../../../api/types.ts'
import { DialogSlot } from '../../../components/ui/dialog-slot.tsx'
import { Icon } from '../../../components/ui/icon.tsx'
import { LocalAnchor } from '../../../components/ui/link.tsx'
import { lazy } from '../../../lib/lazy.ts'
import { ApprovalProgress } from '../../request-card/components/approval-progress.tsx'
import { Fact, RequestFacts } from '../../request-card/components/request-facts.tsx'
import { type MissingData, whereToAdd } from '../../request-card/missing-data.ts'
import classes from './queue.module.css'

const ChooseManager = lazy(async () => (await import('./choose-manager.tsx')).ChooseManager)

export type DecisionAction = 'grant' | 'deny'

export interface RequestDetailsProps {
  request: AccessRequest
  onDecide: (action: DecisionAction, request: AccessRequest) => void
  /** Who looks, to explain why they cannot decide on their own request. */
  viewerId: string
}

/** Everything an administrator needs to decide, and the two decisions. */
export function RequestDetails({ request, onDecide, viewerId }: RequestDetailsProps) {
  const { t } = useTranslation('requests')
  return (
    <div className={classes.halves}>
      <div>
        <Title order={2} size="h4" mb="sm">
          {t('details.title')}
        </Title>
        <RequestFacts request={request}>
          <EventsFact request={request} />
        </RequestFacts>
        <Notes request={request} viewerId={viewerId} />
        <Decisions request={request} onDecide={onDecide} />
      </div>
      <div>
        <Title order={2} size="h4" mb="sm">
          {t('details.progress')}
        </Title>
        <Progress request={request} />
      </div>
    </div>
  )
}

/** The way to what happened to the request. */
export function EventsFact({ request }: { request: AccessRequest }) {
  const { t } = useTranslation('requests')
  return (
    <Fact name={t('details.events')}>
      <LocalAnchor href={`/admin/events?request=${request.id}`} size="sm">
        {t('details.showEvents')}
      </LocalAnchor>
    </Fact>
  )
}

/** What stands in the way: access that could not be given, or that the request is one's own. */
export function Notes({ request, viewerId }: Omit<RequestDetailsProps, 'onDecide'>) {
  const { t } = useTranslation('requests')
  const isOwn = request.requester.id === viewerId && request.processing !== 'closed'
  return (
    <>
      {request.status === 'error' && request.error && (
        <Alert role="note" mt="md" color="red" icon={<Icon name="bolt" />} title={t('error.title')}>
          <span className="gh-prose">{request.error.message}</span>
        </Alert>
      )}
      {isOwn && (
        <Text mt="md" size="sm" c="dimmed">
          {t('decide.cannot')}
        </Text>
      )}
    </>
  )
}

/** The approval progress, with what can be done about missing data. */
export function Progress({ request }: { request: AccessRequest }) {
  return (
    <ApprovalProgress
      request={request}
      renderMissing={(missing) => <AddInUsers request={request} missing={missing} />}
    />
  )
}

/** Grant Access and Deny Access, as far as the viewer may. */
export function Decisions({ request, onDecide }: Omit<RequestDetailsProps, 'viewerId'>) {
  const { t } = useTranslation('requests')
  if (!request.abilities.grant && !request.abilities.deny) return null
  return (
    <Group gap="sm" className={classes.decisions}>
      {request.abilities.grant && (
        <Button leftSection={<Icon name="check" size={16} />} onClick={() => onDecide('grant', request)}>
          {request.status === 'error' ? t('decide.retry') : t('decide.grant')}
        </Button>
      )}
      {request.abilities.deny && (
        <Button variant="default" leftSection={<Icon name="x" size={16} />} onClick={() => onDecide('deny', request)}>
          {t('decide.deny')}
        </Button>
      )}
    </Group>
  )
}

function AddInUsers({ request, missing }: { request: AccessRequest; missing: MissingData }) {
  const { t } = useTranslation('requests')
  const href = whereToAdd(request.id, missing)
  return (
    <div>
      {missing.kind === 'manager' && (
        <Box mih={84}>
          <DialogSlot>
            <ChooseManager key={request.id} requester={request.requester} />
          </DialogSlot>
        </Box>
      )}
      {href && (
        <LocalAnchor href={href} size="sm" fw={600}>
          {t('missing.addInUsers')}
          <VisuallyHidden>: {request.requester.name}</VisuallyHidden>
        </LocalAnchor>
      )}
      <div>{t('missing.heals')}</div>
    </div>
  )
}
