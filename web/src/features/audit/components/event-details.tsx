import { Alert, Code, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '../../../components/ui/icon.tsx'
import { LocalAnchor } from '../../../components/ui/link.tsx'
import { DateTime } from '../../../components/ui/time-ago.tsx'
import type { AuditEvent } from '../event-search.ts'

/** Everything an event holds; the internal note stands here and nowhere else. */
export function EventDetails({ event }: { event: AuditEvent }) {
  const { t } = useTranslation('audit')
  const { access_request_id: requestId, initiated_by: by, resource } = event
  const facts: [string, ReactNode][] = [
    [t('column.at'), <DateTime at={event.timestamp} isExact key="at" />],
    [t('column.type'), t(`type.${event.event_type}`)],
    [t('detail.code'), event.event_type],
    [t('detail.id'), event.id],
    [t('detail.by'), [by.email, by.type, by.id].filter(Boolean).join(' · ')],
    [t('detail.resource'), [resource.name, resource.type, resource.id].filter(Boolean).join(' · ')],
    [t('detail.request'), requestId && <LocalAnchor href={`/admin/requests/${requestId}`}>{requestId}</LocalAnchor>],
    [t('detail.workflow'), event.workflow.id],
    [t('detail.ip'), event.client_ip],
    [t('detail.agent'), event.user_agent],
  ]
  return (
    <Stack gap="sm" p="sm">
      {event.internal_note && (
        <Alert role="note" color="yellow" icon={<Icon name="shield" />} title={t('detail.internalNote')}>
          <span className="gh-prose">{event.internal_note}</span>
        </Alert>
      )}
      {event.error_message && (
        <Alert role="note" color="red" icon={<Icon name="alert" />} title={t('detail.error')}>
          <span className="gh-prose">{event.error_message}</span>
        </Alert>
      )}
      <dl className="gh-facts">
        {facts.map(([name, value]) => value && <Fact key={name} name={name} value={value} />)}
      </dl>
      {event.changes.length > 0 && <Changes changes={event.changes} />}
    </Stack>
  )
}

function Fact({ name, value }: { name: string; value: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  )
}

const wordsOf = (value: unknown) =>
  typeof value === 'string' ? value : value === null ? '–' : (JSON.stringify(value) ?? '–')

function Changes({ changes }: { changes: AuditEvent['changes'] }) {
  const { t } = useTranslation('audit')
  return (
    <div>
      <Text size="sm" fw={600} mb={6}>
        {t('detail.changes')}
      </Text>
      <dl className="gh-facts">
        {changes.map(({ field, from, to }) => (
          <Fact
            key={field}
            name={field}
            value={
              <>
                {t('change.from')} <Code>{wordsOf(from)}</Code> {t('change.to')} <Code>{wordsOf(to)}</Code>
              </>
            }
          />
        ))}
      </dl>
    </div>
  )
}
