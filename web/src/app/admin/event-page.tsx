import { Paper } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { $api } from '../../api/client.ts'
import { PageHeader } from '../../components/ui/page-header.tsx'
import { Failed, Loading } from '../../components/ui/states.tsx'
import { DateTime } from '../../components/ui/time-ago.tsx'
import { EventDetails } from '../../features/audit/components/event-details.tsx'

const route = getRouteApi('/admin/events/$eventId')

/** One event by its own address. */
export function EventPage() {
  const { t } = useTranslation('audit')
  const { eventId } = route.useParams()
  const {
    data: event,
    error,
    refetch,
  } = $api.useQuery('get', '/directory-insights/events/{id}', { params: { path: { id: eventId } } })
  return (
    <>
      <PageHeader
        back={{ href: '/admin/events', label: t('back') }}
        title={event ? t(`type.${event.event_type}`) : t('event')}
        description={event && <DateTime at={event.timestamp} />}
      />
      {!event && (error ? <Failed error={error} retry={() => void refetch()} /> : <Loading />)}
      {event && (
        <Paper withBorder p="xs">
          <EventDetails event={event} />
        </Paper>
      )}
    </>
  )
}
