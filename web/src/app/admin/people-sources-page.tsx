import { Button, Stack } from '@mantine/core'
import { keepPreviousData } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { $api } from '../../api/client.ts'
import { DialogSlot } from '../../components/ui/dialog-slot.tsx'
import { ListPage } from '../../components/ui/list-page.tsx'
import { State } from '../../components/ui/states.tsx'
import {
  DeleteSourceDialog,
  EndSourceTokenDialog,
  MadeSourceTokenDialog,
  SourceDialog,
  SourceTokenDialog,
} from '../../features/sources/components/dialogs.ts'
import { SourceCard } from '../../features/sources/components/source-card.tsx'
import type { MadeToken, PeopleSource, SourceToken } from '../../features/sources/source-types.ts'
import { textsOf } from '../../lib/search-text.ts'

const route = getRouteApi('/admin/people-sources')

type Asked =
  | { what: 'create' | 'createLdap' }
  | { what: 'rename' | 'token' | 'delete'; source: PeopleSource }
  | { what: 'end'; token: SourceToken }
  | { what: 'made'; made: MadeToken }

/** Administration > People sources. */
export function PeopleSourcesPage() {
  const { t } = useTranslation('sources')
  const { cursor } = route.useSearch()
  const navigate = route.useNavigate()
  const [asked, setAsked] = useState<Asked>()
  const list = $api.useQuery(
    'get',
    '/people-sources',
    { params: { query: { limit: 20, ...(cursor && { cursor }) } } },
    { placeholderData: keepPreviousData },
  )
  const create = () => setAsked({ what: 'create' })
  return (
    <ListPage
      title={t('title')}
      description={t('intro')}
      createLabel={t('create')}
      onCreate={create}
      moreActions={
        <Button variant="default" onClick={() => setAsked({ what: 'createLdap' })}>
          {t('createLdap')}
        </Button>
      }
      list={list}
      cursor={cursor}
      onCursor={(next) => void navigate({ search: textsOf({ cursor: next ?? '' }, 'cursor') })}
      nothing={
        <State icon="users" title={t('emptyTitle')} action={<Button onClick={create}>{t('create')}</Button>}>
          {t('emptyText')}
        </State>
      }
      dialogs={<Dialogs asked={asked} onAsk={setAsked} />}
    >
      {(items) => (
        <Stack>
          {items.map((source) => (
            <SourceCard
              key={source.id}
              source={source}
              onRename={() => setAsked({ what: 'rename', source })}
              onNewToken={() => setAsked({ what: 'token', source })}
              onEnd={(token) => setAsked({ what: 'end', token })}
              onDelete={() => setAsked({ what: 'delete', source })}
            />
          ))}
        </Stack>
      )}
    </ListPage>
  )
}

function Dialogs({ asked, onAsk }: { asked: Asked | undefined; onAsk: (next: Asked | undefined) => void }) {
  const navigate = route.useNavigate()
  // A dialog that leads to the next one must not close that.
  const close = () => onAsk(undefined)
  return (
    <DialogSlot>
      {asked?.what === 'create' && (
        <SourceDialog onMade={(source) => queueMicrotask(() => onAsk({ what: 'token', source }))} onClose={close} />
      )}
      {asked?.what === 'createLdap' && (
        <SourceDialog
          kind="ldap"
          onMade={({ id }) => void navigate({ to: '/admin/people-sources/$sourceId', params: { sourceId: id } })}
          onClose={close}
        />
      )}
      {asked?.what === 'rename' && <SourceDialog source={asked.source} onMade={close} onClose={close} />}
      {asked?.what === 'token' && (
        <SourceTokenDialog
          source={asked.source}
          onMade={(token) => queueMicrotask(() => onAsk({ what: 'made', made: { source: asked.source, token } }))}
          onClose={close}
        />
      )}
      {asked?.what === 'made' && <MadeSourceTokenDialog made={asked.made} onClose={close} />}
      {asked?.what === 'end' && <EndSourceTokenDialog token={asked.token} onClose={close} />}
      {asked?.what === 'delete' && <DeleteSourceDialog source={asked.source} onClose={close} />}
    </DialogSlot>
  )
}
