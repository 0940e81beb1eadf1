import { Button, Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { $api } from '../../../api/client.ts'
import type { components } from '../../../api/schema.d.ts'
import type { AccessRequest } from '../../../api/types.ts'
import { ApplicationAvatar } from '../../../components/ui/avatar.tsx'
import { useFormat } from '../../../lib/use-format.ts'

/** What the requester has already: just this access, while the request is open, and their applications. Only for those who may review it. */
export function RequesterAccess({ request }: { request: Pick<AccessRequest, 'id' | 'processing'> }) {
  const { t } = useTranslation(['requests', 'common'])
  const format = useFormat()
  const { data, error, refetch } = $api.useQuery('get', '/access-requests/{id}/requester-access', {
    params: { path: { id: request.id } },
  })
  if (!data && error)
    return (
      <Group gap="xs">
        <Text size="sm" role="alert">
          {t('has.failed')}
        </Text>
        <Button size="compact-xs" variant="default" onClick={() => void refetch()}>
          {t('common:action.retry')}
        </Button>
      </Group>
    )
  if (!data)
    return (
      <Text size="sm" c="dimmed" className="gh-delayed" mih={22}>
        {t('common:state.loading')}
      </Text>
    )
  return (
    <>
      {data.held && request.processing !== 'closed' && (
        <Text size="sm" fw={600}>
          {data.held.until ? t('has.thisUntil', { date: format.dateTime(data.held.until) }) : t('has.this')}
        </Text>
      )}
      <Applications applications={data.applications} />
    </>
  )
}

function Applications({ applications }: Pick<components['schemas']['RequesterAccess'], 'applications'>) {
  const { t } = useTranslation('requests')
  const format = useFormat()
  if (applications.length === 0)
    return (
      // As high as the words before it and the pictures of a list: nothing moves when it is known.
      <Text size="sm" mih={22}>
        {t('has.nothing')}
      </Text>
    )
  return (
    <Group component="ul" gap="xs" p={0} m={0} style={{ listStyle: 'none' }} aria-label={t('has.label')}>
      {applications.map((application) => (
        <Group component="li" key={application.id} gap={6} wrap="nowrap" pr="xs">
          <ApplicationAvatar application={application} size={22} />
          <Text size="sm" span className="gh-break">
            {application.name}
            {application.until && (
              <Text span size="xs" c="dimmed">
                {' '}
                {t('has.until', { date: format.date(application.until) })}
              </Text>
            )}
          </Text>
        </Group>
      ))}
    </Group>
  )
}
