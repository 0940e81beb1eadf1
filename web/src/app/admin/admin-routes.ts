/** Addresses of the Admin Portal. Only paths and search parameters live here: pages are loaded when they are opened. */
import { createRoute, redirect } from '@tanstack/react-router'
import { readEventSearch } from '../../features/audit/event-search.ts'
import { readFlowsSearch } from '../../features/flows/flows-search.ts'
import { readQueueSearch } from '../../features/queue/queue-search.ts'
import { texts } from '../../i18n/i18n.ts'
import { lazyPage } from '../../lib/lazy.ts'
import { textsOf } from '../../lib/search-text.ts'
import { UnknownPage } from '../fallback-pages.tsx'
import { openDefaultView } from '../guards.ts'
import { adminRoute } from '../root-route.tsx'
import { directoryRoutes } from './directory-routes.ts'

const parent = { getParentRoute: () => adminRoute }

const index = createRoute({
  ...parent,
  path: '/',
  beforeLoad: () => {
    redirect({ to: '/admin/requests', throw: true })
  },
})

const overview = createRoute({
  ...parent,
  path: 'overview',
  validateSearch: (search) => textsOf(search, 'days'),
  loader: texts('overview', 'users', 'requests', 'mails'),
  component: lazyPage(() => import('./overview-page.tsx'), 'OverviewPage'),
})

const queue = createRoute({
  ...parent,
  path: 'requests',
  validateSearch: readQueueSearch,
  beforeLoad: openDefaultView,
  loader: texts('requests'),
  component: lazyPage(() => import('./queue-page.tsx'), 'QueuePage'),
})

const request = createRoute({
  ...parent,
  path: 'requests/$requestId',
  loader: texts('requests'),
  component: lazyPage(() => import('./request-page.tsx'), 'RequestPage'),
})

const users = createRoute({
  ...parent,
  path: 'users',
  validateSearch: (search) => textsOf(search, 'q', 'state', 'cursor', 'create'),
  loader: texts('users', 'changes'),
  component: lazyPage(() => import('./users-page.tsx'), 'UsersPage'),
})

const usersImport = createRoute({
  ...parent,
  path: 'users/import',
  loader: texts('people', 'users'),
  component: lazyPage(() => import('./users-import-page.tsx'), 'UsersImportPage'),
})

const user = createRoute({
  ...parent,
  path: 'users/$userId',
  validateSearch: (search) => textsOf(search, 'tab', 'focus', 'back'),
  loader: texts('users', 'access', 'sessions', 'tokens', 'audit', 'requests'),
  component: lazyPage(() => import('./user-page.tsx'), 'UserPage'),
})

const access = createRoute({
  ...parent,
  path: 'access',
  validateSearch: (search) => textsOf(search, 'q', 'end', 'cursor'),
  loader: texts('access', 'requests'),
  component: lazyPage(() => import('./access-page.tsx'), 'AccessPage'),
})

const events = createRoute({
  ...parent,
  path: 'events',
  validateSearch: readEventSearch,
  loader: texts('audit'),
  component: lazyPage(() => import('./events-page.tsx'), 'EventsPage'),
})

const event = createRoute({
  ...parent,
  path: 'events/$eventId',
  loader: texts('audit'),
  component: lazyPage(() => import('./event-page.tsx'), 'EventPage'),
})

const flows = createRoute({
  ...parent,
  path: 'flows',
  validateSearch: readFlowsSearch,
  loader: texts('flows'),
  component: lazyPage(() => import('./flows-page.tsx'), 'FlowsPage'),
})

const flowNew = createRoute({
  ...parent,
  path: 'flows/new',
  validateSearch: (search) => textsOf(search, 'copy'),
  loader: texts('flows'),
  component: lazyPage(() => import('./flow-new-page.tsx'), 'FlowNewPage'),
})

const flow = createRoute({
  ...parent,
  path: 'flows/$flowId',
  loader: texts('flows'),
  component: lazyPage(() => import('./flow-page.tsx'), 'FlowPage'),
})

/** What no page has keeps the frame. */
const unknown = createRoute({ ...parent, path: '$', component: UnknownPage })

export const adminRoutes = [
  ...directoryRoutes,
  index,
  overview,
  queue,
  request,
  flows,
  flowNew,
  flow,
  access,
  users,
  usersImport,
  user,
  events,
  event,
  unknown,
]
