import { Button } from '@mantine/core'
import { keepPreviousData } from '@tanstack/react-query'
import { Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { $api } from '../../../api/client.ts'
import { Icon } from '../../../components/ui/icon.tsx'
import { PageHeader } from '../../../components/ui/page-header.tsx'
import { Pager } from '../../../components/ui/pager.tsx'
import { Failed, Loading, State } from '../../../components/ui/states.tsx'
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
  const { data, error, refetch } = $api.useQuery(
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
      {!data && (error ? <Failed error={error} retry={() => void refetch()} /> : <Loading />)}
      {data?.items.length === 0 && (
        <State icon="key" title={t('emptyTitle')}>
          {t('emptyText')}
        </State>
      )}
      {data && data.items.length > 0 && <TokensTable tokens={data.items} onRevoke={setRevoked} />}
      {data && <Pager cursor={cursor} nextCursor={data.nextCursor} onChange={onCursor} />}
      <Suspense>
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
      </Suspense>
    </>
  )
}
