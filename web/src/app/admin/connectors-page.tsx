import { Button } from '@mantine/core'
import { keepPreviousData } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { $api } from '../../api/client.ts'
import { DialogSlot } from '../../components/ui/dialog-slot.tsx'
import { ListPage } from '../../components/ui/list-page.tsx'
import { State } from '../../components/ui/states.tsx'
import { ConnectorsTable } from '../../features/connectors/components/connectors-table.tsx'
import { ConnectorDialog, DeleteConnectorDialog, SecretDialog } from '../../features/connectors/components/dialogs.ts'
import type { Connector, CreatedConnector } from '../../features/connectors/connector-types.ts'
import { textsOf } from '../../lib/search-text.ts'

const route = getRouteApi('/admin/connectors')

/** Administration > Connectors. */
export function ConnectorsPage() {
  const { t } = useTranslation('connectors')
  const { cursor } = route.useSearch()
  const navigate = route.useNavigate()
  const [edited, setEdited] = useState<Connector | 'new'>()
  const [deleted, setDeleted] = useState<Connector>()
  const [made, setMade] = useState<CreatedConnector>()
  const list = $api.useQuery(
    'get',
    '/connectors',
    { params: { query: { limit: 20, ...(cursor && { cursor }) } } },
    { placeholderData: keepPreviousData },
  )
  const show = (next: string | undefined) => void navigate({ search: textsOf({ cursor: next ?? '' }, 'cursor') })
  return (
    <ListPage
      title={t('title')}
      description={t('intro')}
      createLabel={t('create')}
      onCreate={() => setEdited('new')}
      list={list}
      cursor={cursor}
      onCursor={show}
      nothing={
        <State
          icon="bolt"
          title={t('emptyTitle')}
          action={<Button onClick={() => setEdited('new')}>{t('create')}</Button>}
        >
          {t('emptyText')}
        </State>
      }
      dialogs={
        <DialogSlot>
          {edited && (
            <ConnectorDialog
              connector={edited === 'new' ? undefined : edited}
              onMade={setMade}
              onClose={() => setEdited(undefined)}
            />
          )}
          {made && <SecretDialog made={made} onClose={() => setMade(undefined)} />}
          {deleted && <DeleteConnectorDialog connector={deleted} onClose={() => setDeleted(undefined)} />}
        </DialogSlot>
      }
    >
      {(items) => <ConnectorsTable connectors={items} onEdit={setEdited} onDelete={setDeleted} />}
    </ListPage>
  )
}
