import { Badge, Button, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { ButtonLink } from '../../../components/ui/link.tsx'
import { DateTime, TimeAgo } from '../../../components/ui/time-ago.tsx'
import type { PeopleSource, SourceToken } from '../source-types.ts'

interface SourceCardProps {
  source: PeopleSource
  onRename: () => void
  onNewToken: () => void
  onEnd: (token: SourceToken) => void
  onDelete: () => void
}

/** One source: what comes from it, where it is called, and what opens that. */
export function SourceCard({ source, onRename, onNewToken, onEnd, onDelete }: SourceCardProps) {
  const { t } = useTranslation('sources')
  const { id, name, kind, baseUrl, people, groups, tokens } = source
  const words = { name }
  return (
    <Paper component="section" withBorder p="md" maw={860} aria-label={name}>
      <Group justify="space-between" align="flex-start" mb="sm">
        <div>
          <Group gap="xs">
            <Title order={2} size="h4" className="gh-break">
              {name}
            </Title>
            <Badge variant="light">{t(`kind.${kind}`)}</Badge>
          </Group>
          <Text size="sm" c="dimmed">
            {t('people', { count: people })} · {t('groups', { count: groups })}
          </Text>
        </div>
        <Group gap="xs">
          {kind === 'ldap' && (
            <ButtonLink
              size="xs"
              to="/admin/people-sources/$sourceId"
              params={{ sourceId: id }}
              aria-label={t('openOne', words)}
            >
              {t('open')}
            </ButtonLink>
          )}
          <Button size="xs" variant="default" aria-label={t('renameOne', words)} onClick={onRename}>
            {t('rename')}
          </Button>
          <Button size="xs" variant="default" aria-label={t('deleteOne', words)} onClick={onDelete}>
            {t('delete')}
          </Button>
        </Group>
      </Group>
      {baseUrl && (
        <Stack gap="sm">
          <div>
            <Text size="sm" fw={600}>
              {t('baseUrl')}
            </Text>
            <Text size="sm" ff="monospace" className="gh-break">
              {baseUrl}
            </Text>
          </div>
          <Stack gap="xs">
            <Text size="sm" fw={600}>
              {t('tokens')}
            </Text>
            {tokens.length === 0 && <Text size="sm">{t('noToken')}</Text>}
            {tokens.map((token) => (
              <TokenLine key={token.id} token={token} onEnd={() => onEnd(token)} />
            ))}
            <Group>
              <Button size="xs" variant="default" aria-label={t('newTokenOne', words)} onClick={onNewToken}>
                {t('newToken')}
              </Button>
            </Group>
          </Stack>
        </Stack>
      )}
    </Paper>
  )
}

function TokenLine({ token, onEnd }: { token: SourceToken; onEnd: () => void }) {
  const { t } = useTranslation('sources')
  const { name, madeBy, expiresAt, lastUsedAt } = token
  return (
    <Group justify="space-between" gap="xs" align="flex-start">
      <Stack gap={0} flex="1 1 240px">
        <Text size="sm" className="gh-break">
          {name}
        </Text>
        <Text size="sm" c="dimmed" className="gh-break">
          {t('madeBy', { name: madeBy.name })}
        </Text>
        <Text size="sm" c="dimmed">
          {expiresAt && (
            <>
              {t('until')} <DateTime at={expiresAt} /> ·{' '}
            </>
          )}
          {lastUsedAt ? (
            <>
              {t('lastUsed')} <TimeAgo at={lastUsedAt} />
            </>
          ) : (
            t('neverUsed')
          )}
        </Text>
      </Stack>
      <Button size="xs" variant="default" aria-label={t('endOne', { name })} onClick={onEnd}>
        {t('end')}
      </Button>
    </Group>
  )
}
