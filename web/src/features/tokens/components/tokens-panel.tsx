import { Button } from '@mantine/core'
import { keepPreviousData } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { $api } from '../../../api/client.ts'
import { DialogSlot } from '../../../components/ui/dialog-slot.tsx'
import { Icon } from '../../../components/ui/icon.tsx'
import { PageHeader } from '../../../components/ui/page-header.tsx'
import { PagedList } from '../../../components/ui/paged-list.tsx'
import { State } from '../../../components/ui/states.tsx'
import type { ApiToken, NewApiToken } from '../token-types.ts'
import { CreateTokenDialog, MadeTokenDialog, RevokeTokenDialog } from './dialogs.ts'
import { TokensTable } from './tokens-table.tsx'

interface TokensPanelProps {
  isAdministrator: boolean
  cursor: string | undefined
  onCursor: (cursor: string | undefined) => void
}

/** One's own API tokens: the whole page, the same in both portals. */
export function TokensPanel({ isAdministrator, cursor, onCursor }: TokensPanelProps) {
  const { t } = useTranslation('tokens')
  const [isCreating, setIsCreating] = useState(false)
  const [made, setMade] = useState<NewApiToken>()
  const [revoked, setRevoked] = useState<ApiToken>()
  const list = $api.useQuery(
    'get',
    '/api-tokens',
    { params: { query: { limit: 20, ...(cursor && { cursor }) } } },
    { placeholderData: keepPreviousData },
  )
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('intro')}
        actions={
          <>
            <Button component="a" href="/api/docs" variant="default">
              {t('docs')}
            </Button>
            <Button leftSection={<Icon name="plus" size={16} />} onClick={() => setIsCreating(true)}>
              {t('create')}
            </Button>
          </>
        }
      />
      <PagedList
        list={list}
        cursor={cursor}
        onCursor={onCursor}
        nothing={
          <State
            icon="key"
            title={t('emptyTitle')}
            action={<Button onClick={() => setIsCreating(true)}>{t('create')}</Button>}
          >
            {t('emptyText')}
          </State>
        }
      >
        {(items) => <TokensTable tokens={items} onRevoke={setRevoked} />}
      </PagedList>
      <DialogSlot>
        {isCreating && (
          <CreateTokenDialog
            isAdministrator={isAdministrator}
            onMade={(token) => {
              setIsCreating(false)
              setMade(token)
            }}
            onClose={() => setIsCreating(false)}
          />
        )}
        {made && <MadeTokenDialog made={made} onClose={() => setMade(undefined)} />}
        {revoked && <RevokeTokenDialog token={revoked} onClose={() => setRevoked(undefined)} />}
      </DialogSlot>
    </>
  )
}
