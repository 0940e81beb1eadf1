import { Badge, Group, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { components } from '../../../api/schema.d.ts'
import { FlowAvatar } from '../../../components/ui/avatar.tsx'
import { Icon, type IconName } from '../../../components/ui/icon.tsx'
import { ButtonLink } from '../../../components/ui/link.tsx'
import { TimeAgo } from '../../../components/ui/time-ago.tsx'
import { useFormat } from '../../../lib/use-format.ts'
import { useApproverNames } from '../use-approver-names.ts'

type Entry = components['schemas']['CatalogEntry']

const looks: Record<Entry['access'], { color: string; icon: IconName }> = {
  none: { color: 'gray', icon: 'minus' },
  pending: { color: 'blue', icon: 'clock' },
  granted: { color: 'green', icon: 'check' },
}

interface CatalogTilesProps {
  entries: Entry[]
  /** False while access requests are switched off. */
  canAsk: boolean
}

/** One tile per flow: what it gives, who must approve, how it stands for me, and what I can do. */
export function CatalogTiles({ entries, canAsk }: CatalogTilesProps) {
  const { t } = useTranslation('asking')
  return (
    <SimpleGrid
      component="ul"
      data-list
      tabIndex={-1}
      cols={{ base: 1, sm: 2, lg: 3 }}
      p={0}
      m={0}
      style={{ listStyle: 'none' }}
      aria-label={t('list')}
    >
      {entries.map((entry) => (
        <Paper component="li" withBorder p="md" key={entry.id} display="flex" data-flow={entry.id}>
          <Tile entry={entry} canAsk={canAsk} />
        </Paper>
      ))}
    </SimpleGrid>
  )
}

function Tile({ entry, canAsk }: { entry: Entry; canAsk: boolean }) {
  const { t } = useTranslation('asking')
  const namesOf = useApproverNames()
  const format = useFormat()
  const { name, description, access, since } = entry
  const { color, icon } = looks[access]
  return (
    <Stack gap="sm" flex={1} miw={0}>
      <Group wrap="nowrap" align="flex-start" gap="sm">
        <FlowAvatar flow={entry} size={40} />
        <div>
          <Title order={2} size="h5" className="gh-break">
            {name}
          </Title>
          <Text size="sm" c="dimmed" className="gh-break">
            {description}
          </Text>
        </div>
      </Group>
      <Text size="sm" component="div" flex={1}>
        <Text size="xs" c="dimmed">
          {t('approvers')}
        </Text>
        {namesOf(entry.approvers).join(', ') || t('automatic')}
      </Text>
      <Group gap="xs">
        <Badge variant="light" color={color} leftSection={<Icon name={icon} size={13} />} data-access={access}>
          {t(`access.${access}`)}
        </Badge>
        {since && (
          <Text size="xs" c="dimmed">
            {access === 'granted' ? t('since', { date: format.date(since) }) : <TimeAgo at={since} />}
          </Text>
        )}
      </Group>
      <TileAction entry={entry} canAsk={canAsk} />
    </Stack>
  )
}

function TileAction({ entry, canAsk }: { entry: Entry; canAsk: boolean }) {
  const { t } = useTranslation('asking')
  const { id, name, access, requestId, until } = entry
  const words = { flow: name }
  // Access without an end needs no asking.
  const canExtend = access === 'granted' && until !== null
  return (
    <Group gap="xs" mih={36}>
      {canAsk && (access === 'none' || canExtend) && (
        <ButtonLink
          to="/portal/catalog/$flowId"
          params={{ flowId: id }}
          search={(known) => known}
          resetScroll={false}
          variant={canExtend ? 'default' : 'filled'}
          aria-label={canExtend ? t('extendOf', words) : t('askOf', words)}
        >
          {canExtend ? t('extend') : t('ask')}
        </ButtonLink>
      )}
      {requestId && (
        <ButtonLink
          to="/portal/requests/$requestId"
          params={{ requestId }}
          variant="subtle"
          aria-label={t('seeOf', words)}
        >
          {t('see')}
        </ButtonLink>
      )}
    </Group>
  )
}
