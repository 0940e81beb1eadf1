import { Badge, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { DataTable } from '../../../components/ui/data-table.tsx'
import type { Column } from '../../../components/ui/data-table.types.ts'
import { DateTime } from '../../../components/ui/time-ago.tsx'
import type { UnsentMail } from '../mail-types.ts'
import { SendAgain } from './send-again.tsx'

/** Mails that were refused or wait, each with the words of the mail server. */
export function MailsTable({ mails }: { mails: UnsentMail[] }) {
  const { t } = useTranslation('mails')
  const columns: Column<UnsentMail>[] = [
    {
      id: 'recipient',
      header: t('column.recipient'),
      isLead: true,
      render: ({ recipient: { name, email } }) => (
        <>
          <Text inherit fw={600} className="gh-break">
            {name}
          </Text>
          <Text size="sm" c="dimmed" className="gh-break">
            {email}
          </Text>
        </>
      ),
    },
    { id: 'kind', header: t('column.kind'), render: ({ kind }) => t(`kind.${kind}`) },
    {
      id: 'state',
      header: t('column.state'),
      isNarrow: true,
      render: ({ state }) => (
        <Badge variant="light" color={state === 'refused' ? 'red' : 'blue'}>
          {t(`state.${state}`)}
        </Badge>
      ),
    },
    {
      id: 'answer',
      header: t('column.answer'),
      render: ({ answer }) => <span className="gh-break">{answer ?? '–'}</span>,
    },
    { id: 'created', header: t('column.created'), render: ({ createdAt }) => <DateTime at={createdAt} /> },
  ]
  return (
    <DataTable
      label={t('table')}
      rows={mails}
      columns={columns}
      actions={{ label: t('actions'), render: (mail) => <SendAgain mail={mail} /> }}
    />
  )
}
