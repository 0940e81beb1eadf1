/** Addresses of the Admin Portal. Only paths and search parameters live here: pages are loaded when they are opened. */
import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { readQueueSearch } from '../../features/requests/queue-search.ts'
import { texts } from '../../i18n/i18n.ts'
import { adminRoute } from '../root-route.tsx'

const parent = { getParentRoute: () => adminRoute }

const index = createRoute({
  ...parent,
  path: '/',
  beforeLoad: () => {
    redirect({ to: '/admin/requests', throw: true })
  },
})

const queue = createRoute({
  ...parent,
  path: 'requests',
  validateSearch: readQueueSearch,
  loader: texts('requests'),
  component: lazyRouteComponent(() => import('./queue-page.tsx'), 'QueuePage'),
})

const request = createRoute({
  ...parent,
  path: 'requests/$requestId',
  loader: texts('requests'),
  component: lazyRouteComponent(() => import('./request-page.tsx'), 'RequestPage'),
})

export const adminRoutes = [index, queue, request]
