import { Group, Stack, Text, ThemeIcon } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { PersonAvatar } from '../../../components/ui/avatar.tsx'
import { DataTable } from '../../../components/ui/data-table.tsx'
import { Icon } from '../../../components/ui/icon.tsx'
import { AnchorLink } from '../../../components/ui/link.tsx'
import { useFormat } from '../../../lib/use-format.ts'
import { useNow } from '../../../lib/use-now.ts'
import classes from '../overview.module.css'
import type { Overview } from '../overview.ts'
import { useSpan } from '../use-span.ts'
import { Panel } from './panel.tsx'

type Holder = Overview['holders'][number]

const administratorsId = 'administrators'

/** For whom requests wait, the longest wait first. Administrators are one: any of them can decide. */
export function Holders({ holders, administrators }: Pick<Overview, 'holders' | 'administrators'>) {
  const { t } = useTranslation('overview')
  const format = useFormat()
  const now = useNow()
  const together = { id: administratorsId, name: t('holders.administrators'), email: '' }
  const rows = [...holders, ...(administrators ? [{ ...together, ...administrators }] : [])].sort((a, b) =>
    a.since.localeCompare(b.since),
  )
  const longest = Math.max(1, now - Date.parse(rows[0]?.since ?? ''))
  return (
    <Panel title={t('holders.title')} hint={t('holders.hint')}>
      {rows.length === 0 ? (
        <Text>{t('holders.none')}</Text>
      ) : (
        <DataTable
          label={t('holders.title')}
          rows={rows}
          columns={[
            { id: 'name', header: t('holders.name'), isLead: true, render: (holder) => <Name holder={holder} /> },
            {
              id: 'waiting',
              header: t('holders.waiting'),
              isNarrow: true,
              render: ({ waiting }) => format.number(waiting),
            },
            {
              id: 'since',
              header: t('holders.longest'),
              render: (holder) => <Wait holder={holder} now={now} longest={longest} />,
            },
          ]}
        />
      )}
    </Panel>
  )
}

function Name({ holder: { id, name } }: { holder: Holder }) {
  const look = { inherit: true, fw: 600, className: 'gh-break' } as const
  const isAdministrators = id === administratorsId
  return (
    <Group gap="xs" wrap="nowrap">
      {isAdministrators ? (
        <ThemeIcon variant="light" color="gray" size={28} radius="xl">
          <Icon name="shield" size={16} />
        </ThemeIcon>
      ) : (
        <PersonAvatar name={name} />
      )}
      {isAdministrators ? (
        <AnchorLink to="/admin/requests" search={{ approvalType: 'any', sort: 'createdAt' }} {...look}>
          {name}
        </AnchorLink>
      ) : (
        <AnchorLink to="/admin/users/$userId" params={{ userId: id }} {...look}>
          {name}
        </AnchorLink>
      )}
    </Group>
  )
}

function Wait({ holder: { since, requestId, name }, now, longest }: { holder: Holder; now: number; longest: number }) {
  const { t } = useTranslation('overview')
  const span = useSpan()
  const milliseconds = Math.max(0, now - Date.parse(since))
  const words = span(milliseconds / 1000)
  return (
    <Stack gap={4}>
      <AnchorLink
        to="/admin/requests/$requestId"
        params={{ requestId }}
        inherit
        aria-label={t('holders.open', { span: words, name })}
      >
        {words}
      </AnchorLink>
      <span className={classes.span} aria-hidden="true">
        <span className={classes.median} style={{ width: `${(milliseconds / longest) * 100}%` }} />
      </span>
    </Stack>
  )
}
