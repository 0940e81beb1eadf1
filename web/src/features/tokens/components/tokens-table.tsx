import { Badge, Button, Group } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { DataTable } from '../../../components/ui/data-table.tsx'
import type { Column } from '../../../components/ui/data-table.types.ts'
import { DateTime, TimeAgo } from '../../../components/ui/time-ago.tsx'
import { useNow } from '../../../lib/use-now.ts'
import { type ApiToken, scopeWords } from '../token-types.ts'

/** One row per token; the token itself is nowhere to be seen. */
export function TokensTable({ tokens, onRevoke }: { tokens: ApiToken[]; onRevoke: (token: ApiToken) => void }) {
  const { t } = useTranslation('tokens')
  const columns: Column<ApiToken>[] = [
    {
      id: 'name',
      header: t('column.name'),
      isLead: true,
      render: ({ name }) => <span className="gh-break">{name}</span>,
    },
    { id: 'scopes', header: t('column.scopes'), render: ({ scopes }) => <Scopes scopes={scopes} /> },
    {
      id: 'created',
      header: t('column.created'),
      isNarrow: true,
      render: ({ createdAt }) => <DateTime at={createdAt} />,
    },
    {
      id: 'expires',
      header: t('column.expires'),
      isNarrow: true,
      render: ({ expiresAt }) => <Expiry at={expiresAt} />,
    },
    {
      id: 'lastUsed',
      header: t('column.lastUsed'),
      isNarrow: true,
      render: ({ lastUsedAt, lastUsedIp }) => <LastUse at={lastUsedAt} from={lastUsedIp} />,
    },
  ]
  return (
    <DataTable
      label={t('table')}
      rows={tokens}
      columns={columns}
      actions={{
        label: t('actions'),
        render: (token) => (
          <Button
            size="xs"
            variant="default"
            aria-label={t('revokeOne', { name: token.name })}
            onClick={() => onRevoke(token)}
          >
            {t('revoke')}
          </Button>
        ),
      }}
    />
  )
}

function Scopes({ scopes }: Pick<ApiToken, 'scopes'>) {
  const { t } = useTranslation('tokens')
  if (!scopes) return t('everything')
  return (
    <Group gap={4}>
      {scopes.map((scope) => (
        <Badge key={scope} variant="light" color="gray" title={t(scopeWords[scope])}>
          {scope}
        </Badge>
      ))}
    </Group>
  )
}

function LastUse({ at, from }: { at: string | null; from: string | null }) {
  const { t } = useTranslation('tokens')
  if (!at) return t('neverUsed')
  return (
    <>
      <TimeAgo at={at} />
      {from && <> · {from}</>}
    </>
  )
}

function Expiry({ at }: { at: string | null }) {
  const { t } = useTranslation('tokens')
  const now = useNow()
  if (!at) return t('noExpiry')
  if (Date.parse(at) <= now)
    return (
      <Badge variant="light" color="red">
        {t('expired')}
      </Badge>
    )
  return <DateTime at={at} />
}
