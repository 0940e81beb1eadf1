import { Button, Group, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { $api } from '../../../api/client.ts'
import { DataTable } from '../../../components/ui/data-table.tsx'
import { DialogSlot } from '../../../components/ui/dialog-slot.tsx'
import { ButtonLink } from '../../../components/ui/link.tsx'
import { PageHeader } from '../../../components/ui/page-header.tsx'
import { Failed, Loading, State } from '../../../components/ui/states.tsx'
import { TimeAgo } from '../../../components/ui/time-ago.tsx'
import type { PendingChange } from '../change-types.ts'
import { useChangeWords } from '../use-change-words.ts'
import { DecideChangeDialog } from './dialogs.ts'

interface Asked {
  change: PendingChange
  verb: 'approve' | 'reject'
}

/** Roles and memberships that wait for a second administrator: the whole page. */
export function ChangesPanel({ userId }: { userId: string }) {
  const { t } = useTranslation('changes')
  const [asked, setAsked] = useState<Asked>()
  const { data, error, refetch } = $api.useQuery('get', '/pending-changes')
  return (
    <>
      <PageHeader title={t('title')} description={t('intro')} />
      {!data && (error ? <Failed error={error} retry={() => void refetch()} /> : <Loading />)}
      {data?.items.length === 0 && (
        <State
          icon="checks"
          title={t('emptyTitle')}
          action={
            <ButtonLink to="/admin/users" variant="default">
              {t('toUsers')}
            </ButtonLink>
          }
        >
          {t('emptyText')}
        </State>
      )}
      {data && data.items.length > 0 && <Changes changes={data.items} userId={userId} onAsk={setAsked} />}
      <DialogSlot>{asked && <DecideChangeDialog {...asked} onClose={() => setAsked(undefined)} />}</DialogSlot>
    </>
  )
}

interface ChangesProps {
  changes: PendingChange[]
  userId: string
  onAsk: (asked: Asked) => void
}

function Changes({ changes, userId, onAsk }: ChangesProps) {
  const { t } = useTranslation('changes')
  const wordsOf = useChangeWords()
  const mayApprove = ({ proposedBy, user }: PendingChange) => userId !== proposedBy.id && userId !== user.id
  return (
    <DataTable
      label={t('table')}
      rows={changes}
      columns={[
        {
          id: 'what',
          header: t('column.what'),
          isLead: true,
          render: (change) => <Text inherit>{wordsOf(change)}</Text>,
        },
        { id: 'by', header: t('column.by'), render: ({ proposedBy }) => proposedBy.name },
        { id: 'since', header: t('column.since'), render: ({ createdAt }) => <TimeAgo at={createdAt} /> },
      ]}
      actions={{
        label: t('column.actions'),
        render: (change) => (
          <Group gap="xs" wrap="nowrap">
            {mayApprove(change) && (
              <Button
                size="xs"
                aria-label={t('approveOne', { what: wordsOf(change) })}
                onClick={() => onAsk({ change, verb: 'approve' })}
              >
                {t('approve')}
              </Button>
            )}
            <Button
              size="xs"
              variant="default"
              aria-label={t('rejectOne', { what: wordsOf(change) })}
              onClick={() => onAsk({ change, verb: 'reject' })}
            >
              {t('reject')}
            </Button>
          </Group>
        ),
      }}
    />
  )
}
