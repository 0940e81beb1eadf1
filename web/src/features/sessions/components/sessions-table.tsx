import { Badge, Button, Group } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { DataTable } from '../../../components/ui/data-table.tsx'
import type { Column } from '../../../components/ui/data-table.types.ts'
import { DateTime, TimeAgo } from '../../../components/ui/time-ago.tsx'
import { useDeviceName } from '../../../lib/use-device-name.ts'
import type { Session } from '../session-types.ts'

interface SessionsTableProps {
  sessions: Session[]
  onEnd: (session: Session) => void
}

/** One row per session. The one that looks at it is ended by signing out. */
export function SessionsTable({ sessions, onEnd }: SessionsTableProps) {
  const { t } = useTranslation('sessions')
  const deviceName = useDeviceName()
  const columns: Column<Session>[] = [
    { id: 'device', header: t('column.device'), isLead: true, render: (session) => <Device session={session} /> },
    { id: 'address', header: t('column.address'), render: ({ clientIp }) => clientIp ?? '–' },
    {
      id: 'since',
      header: t('column.since'),
      isNarrow: true,
      render: ({ createdAt }) => <DateTime at={createdAt} />,
    },
    {
      id: 'lastUse',
      header: t('column.lastUse'),
      isNarrow: true,
      render: ({ lastSeenAt }) => <TimeAgo at={lastSeenAt} />,
    },
  ]
  return (
    <DataTable
      label={t('table')}
      rows={sessions}
      columns={columns}
      actions={{
        label: t('actions'),
        render: (session) =>
          !session.current && (
            <Button
              size="xs"
              variant="default"
              aria-label={t('endOne', { device: deviceName(session.userAgent) })}
              onClick={() => onEnd(session)}
            >
              {t('end')}
            </Button>
          ),
      }}
    />
  )
}

function Device({ session: { userAgent, current } }: { session: Session }) {
  const { t } = useTranslation('sessions')
  const deviceName = useDeviceName()
  return (
    <Group gap="xs">
      <span title={userAgent ?? undefined}>{deviceName(userAgent)}</span>
      {current && <Badge variant="light">{t('current')}</Badge>}
    </Group>
  )
}
