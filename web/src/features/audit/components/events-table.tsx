import { Badge } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DataTable } from '../../../components/ui/data-table.tsx'
import type { Column } from '../../../components/ui/data-table.types.ts'
import { AnchorLink } from '../../../components/ui/link.tsx'
import { NameLink } from '../../../components/ui/name-link.tsx'
import { SoftText } from '../../../components/ui/soft-text.tsx'
import { DateTime } from '../../../components/ui/time-ago.tsx'
import { useFormat } from '../../../lib/use-format.ts'
import type { AuditEvent } from '../event-search.ts'
import { EventDetails } from './event-details.tsx'

/** What of the portal a resource is, where it has a page. */
const kindOfResource: Record<string, 'user' | 'flow' | 'group'> = {
  user: 'user',
  approval_flow: 'flow',
  user_group: 'group',
}

/** One row per event, its details below it on demand; the time leads to its own address. */
export function EventsTable({ events }: { events: AuditEvent[] }) {
  const { t } = useTranslation('audit')
  const format = useFormat()
  const [openIds, setOpenIds] = useState<ReadonlySet<string>>(new Set())
  const toggle = (id: string) =>
    setOpenIds((open) => new Set(open.has(id) ? [...open].filter((each) => each !== id) : [...open, id]))
  const columns: Column<AuditEvent>[] = [
    {
      id: 'at',
      header: t('column.at'),
      isNarrow: true,
      render: ({ id, timestamp }) => (
        <AnchorLink to="/admin/events/$eventId" params={{ eventId: id }} inherit>
          <DateTime at={timestamp} isExact />
        </AnchorLink>
      ),
    },
    {
      id: 'type',
      header: t('column.type'),
      isLead: true,
      render: (event) => t(`type.${event.event_type}`),
    },
    {
      id: 'by',
      header: t('column.by'),
      render: ({ initiated_by: by }) => {
        const who = by.email ?? by.id ?? by.type
        if (by.type === 'source') return t('bySource')
        const words = <SoftText text={by.type === 'signal' && who !== by.type ? t('bySignal', { who }) : who} />
        if (!by.id) return words
        return (
          <NameLink kind="user" id={by.id}>
            {words}
          </NameLink>
        )
      },
    },
    {
      id: 'resource',
      header: t('column.resource'),
      render: ({ resource }) => {
        const words = <SoftText text={resource.name ?? resource.type} />
        const kind = kindOfResource[resource.type]
        if (!kind || !resource.id) return words
        return (
          <NameLink kind={kind} id={resource.id}>
            {words}
          </NameLink>
        )
      },
    },
    {
      id: 'outcome',
      header: t('column.outcome'),
      isNarrow: true,
      render: ({ success }) => (
        <Badge variant="light" color={success ? 'green' : 'red'}>
          {success ? t('success') : t('failure')}
        </Badge>
      ),
    },
  ]
  return (
    <DataTable
      label={t('table')}
      rows={events}
      columns={columns}
      expansion={{
        ids: openIds,
        onToggle: toggle,
        header: t('expander'),
        label: (event) => t('expand', { type: t(`type.${event.event_type}`), at: format.exact(event.timestamp) }),
        render: (event) => <EventDetails event={event} />,
      }}
    />
  )
}
