import { Alert, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { components } from '../../../api/schema.d.ts'
import { Icon } from '../../../components/ui/icon.tsx'
import { AnchorLink } from '../../../components/ui/link.tsx'

/** How many are named; the others follow when these are done. */
const most = 5

/** People who have left and still have something, each with the way to decide about it; nothing when there are none. */
export function Leavers({ people }: { people: components['schemas']['Leavers']['items'] }) {
  const { t } = useTranslation('users')
  if (people.length === 0) return null
  return (
    <Alert
      role="note"
      color="orange"
      icon={<Icon name="alert" />}
      title={t('leaving.people', { count: people.length })}
    >
      <Stack gap={4}>
        {people.slice(0, most).map(({ id, name, memberships, openGrants }) => (
          <span key={id}>
            <AnchorLink to="/admin/users/$userId" params={{ userId: id }} search={{ tab: 'leaving' }} inherit fw={600}>
              {name}
            </AnchorLink>
            {': '}
            {[
              ...(memberships > 0 ? [t('leaving.membershipsLeft', { count: memberships })] : []),
              ...(openGrants > 0 ? [t('leaving.grantsLeft', { count: openGrants })] : []),
            ].join(', ')}
          </span>
        ))}
        {people.length > most && <span>{t('leaving.more', { count: people.length - most })}</span>}
      </Stack>
    </Alert>
  )
}
