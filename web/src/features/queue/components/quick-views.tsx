import { Group } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { filterQueryOf, noFilters, type QueueSearch, withFilters } from '../queue-search.ts'
import classes from './queue.module.css'
import { ViewsButton, type ViewsButtonProps } from './views-button.tsx'

/** What each of them looks for. */
function viewsOf({ queue, limit }: QueueSearch, viewerId: string) {
  const kept: QueueSearch = { ...(queue && { queue }), ...(limit && { limit }) }
  return {
    waiting: withFilters(kept, { ...noFilters, approver: viewerId }),
    expiring: withFilters({ ...kept, sort: 'expiresAt' }, { ...noFilters, expires: 'week' }),
    error: withFilters(kept, { ...noFilters, status: ['error'] }),
    missing: withFilters(kept, { ...noFilters, status: ['missing_data'] }),
  }
}

const asked = (search: QueueSearch) => JSON.stringify(filterQueryOf(search))

/** Saved views, and filters that are often wanted, each as a link. Of those the tab stays. */
export function QuickViews({ search, viewerId, onView }: ViewsButtonProps & { viewerId: string }) {
  const { t } = useTranslation('requests')
  const views = viewsOf(search, viewerId)
  return (
    <Group component="nav" gap={6} aria-label={t('quick.label')}>
      <ViewsButton search={search} onView={onView} />
      {(Object.keys(views) as (keyof typeof views)[]).map((name) => (
        <Link
          key={name}
          to="/admin/requests"
          search={views[name]}
          resetScroll={false}
          activeOptions={{ exact: true }}
          aria-current={asked(views[name]) === asked(search) ? 'true' : undefined}
          className={classes.quick}
        >
          {t(`quick.${name}`)}
        </Link>
      ))}
    </Group>
  )
}
