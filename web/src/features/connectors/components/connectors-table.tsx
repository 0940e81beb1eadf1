import { Button, Group } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { DataTable } from '../../../components/ui/data-table.tsx'
import type { Column } from '../../../components/ui/data-table.types.ts'
import { DateTime } from '../../../components/ui/time-ago.tsx'
import type { Connector } from '../connector-types.ts'

interface ConnectorsTableProps {
  connectors: Connector[]
  onEdit: (connector: Connector) => void
  onDelete: (connector: Connector) => void
}

export function ConnectorsTable({ connectors, onEdit, onDelete }: ConnectorsTableProps) {
  const { t } = useTranslation('connectors')
  const columns: Column<Connector>[] = [
    {
      id: 'name',
      header: t('column.name'),
      isLead: true,
      render: ({ name }) => <span className="gh-break">{name}</span>,
    },
    { id: 'kind', header: t('column.kind'), isNarrow: true, render: ({ kind }) => t(`kind.${kind}`) },
    { id: 'url', header: t('column.url'), render: ({ url }) => <span className="gh-break">{url}</span> },
    {
      id: 'created',
      header: t('column.created'),
      isNarrow: true,
      render: ({ createdAt }) => <DateTime at={createdAt} />,
    },
  ]
  return (
    <DataTable
      label={t('table')}
      rows={connectors}
      columns={columns}
      actions={{
        label: t('actions'),
        render: (connector) => (
          <Group gap="xs" wrap="nowrap" justify="flex-end">
            <Button
              size="xs"
              variant="default"
              aria-label={t('editOne', { name: connector.name })}
              onClick={() => onEdit(connector)}
            >
              {t('edit')}
            </Button>
            <Button
              size="xs"
              variant="default"
              aria-label={t('deleteOne', { name: connector.name })}
              onClick={() => onDelete(connector)}
            >
              {t('delete')}
            </Button>
          </Group>
        ),
      }}
    />
  )
}
