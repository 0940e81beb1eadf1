import { Button, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { $api } from '../../../api/client.ts'
import { DataTable } from '../../../components/ui/data-table.tsx'
import { DialogSlot } from '../../../components/ui/dialog-slot.tsx'
import { AnchorLink } from '../../../components/ui/link.tsx'
import { NameLink } from '../../../components/ui/name-link.tsx'
import { Failed, Loading } from '../../../components/ui/states.tsx'
import { DateTime, TimeAgo } from '../../../components/ui/time-ago.tsx'
import type { Grant } from '../use-revoke.ts'
import { RevokeDialog } from './dialogs.ts'

const grantsAtMost = 200

/** Access of one user by approved requests, timed or not; each can be revoked. */
export function UserGrants({ userId }: { userId: string }) {
  const { t } = useTranslation(['users', 'access'])
  const queries = useQueryClient()
  const [asked, setAsked] = useState<Grant>()
  const { data, error, refetch } = $api.useQuery('get', '/grants', {
    params: { query: { state: 'active', userId, limit: grantsAtMost } },
  })
  function close(): void {
    setAsked(undefined)
    for (const path of ['/users/{id}', '/user-groups/{id}/members'])
      void queries.invalidateQueries({ queryKey: ['get', path] })
  }
  if (!data) return error ? <Failed error={error} retry={() => void refetch()} /> : <Loading />
  return (
    <>
      {data.items.length === 0 ? (
        <Text c="dimmed">{t('access.noGrants')}</Text>
      ) : (
        <GrantRows grants={data.items} onRevoke={setAsked} />
      )}
      <DialogSlot>{asked && <RevokeDialog grants={[asked]} onClose={close} />}</DialogSlot>
    </>
  )
}

function GrantRows({ grants, onRevoke }: { grants: Grant[]; onRevoke: (grant: Grant) => void }) {
  const { t } = useTranslation(['users', 'access'])
  return (
    <DataTable
      label={t('access.grantsTable')}
      rows={grants}
      columns={[
        {
          id: 'flow',
          header: t('access.flow'),
          isLead: true,
          render: ({ approvalFlow, accessRequestId }) => (
            <AnchorLink to="/admin/requests/$requestId" params={{ requestId: accessRequestId }} inherit>
              {approvalFlow.name}
            </AnchorLink>
          ),
        },
        {
          id: 'group',
          header: t('access.group'),
          render: ({ group }) => (
            <NameLink kind="group" id={group.id}>
              {group.name}
            </NameLink>
          ),
        },
        { id: 'since', header: t('access.since'), render: ({ startedAt }) => <DateTime at={startedAt} /> },
        {
          id: 'until',
          header: t('access.until'),
          render: ({ expiresAt }) => (expiresAt ? <TimeAgo at={expiresAt} /> : t('access.always')),
        },
      ]}
      actions={{
        label: t('access:actions'),
        render: (grant) => (
          <Button
            size="xs"
            variant="default"
            aria-label={t('access:revokeOne', { name: grant.user.name, flow: grant.approvalFlow.name })}
            onClick={() => onRevoke(grant)}
          >
            {t('access:revoke')}
          </Button>
        ),
      }}
    />
  )
}
