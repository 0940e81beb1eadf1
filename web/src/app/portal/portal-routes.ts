/** Addresses of the User Portal. Only paths and search parameters live here: pages are loaded when they are opened. */
import { createRoute, redirect } from '@tanstack/react-router'
import { readApprovalsSearch } from '../../features/approvals/approvals-search.ts'
import { texts } from '../../i18n/i18n.ts'
import { lazyPage } from '../../lib/lazy.ts'
import { textsOf } from '../../lib/search-text.ts'
import { BrokenPart, UnknownPage } from '../fallback-pages.tsx'
import { portalRoute } from '../root-route.tsx'

const parent = { getParentRoute: () => portalRoute }

const index = createRoute({
  ...parent,
  path: '/',
  beforeLoad: () => {
    redirect({ to: '/portal/applications', throw: true })
  },
})

const applications = createRoute({
  ...parent,
  path: 'applications',
  loader: texts('portal'),
  component: lazyPage(() => import('./applications-page.tsx'), 'ApplicationsPage'),
})

const approvals = createRoute({
  ...parent,
  path: 'approvals',
  validateSearch: readApprovalsSearch,
  loader: texts('approvals', 'requests'),
  component: lazyPage(() => import('./approvals-page.tsx'), 'ApprovalsPage'),
})

const approval = createRoute({
  ...parent,
  path: 'approvals/$requestId',
  loader: texts('approvals', 'requests'),
  component: lazyPage(() => import('./approval-page.tsx'), 'ApprovalPage'),
})

const requests = createRoute({
  ...parent,
  path: 'requests',
  validateSearch: (search) => textsOf(search, 'q', 'cursor'),
  loader: texts('asking', 'requests'),
  component: lazyPage(() => import('./requests-page.tsx'), 'RequestsPage'),
})

const request = createRoute({
  ...parent,
  path: 'requests/$requestId',
  loader: texts('asking', 'requests'),
  component: lazyPage(() => import('./own-request-page.tsx'), 'OwnRequestPage'),
})

const catalog = createRoute({
  ...parent,
  path: 'catalog',
  validateSearch: (search) => textsOf(search, 'q', 'cursor'),
  loader: texts('asking', 'requests'),
  component: lazyPage(() => import('./catalog-page.tsx'), 'CatalogPage'),
})

const ask = createRoute({
  getParentRoute: () => catalog,
  path: '$flowId',
  errorComponent: BrokenPart,
  component: lazyPage(() => import('./ask-page.tsx'), 'AskPage'),
})

const tokens = createRoute({
  ...parent,
  path: 'api-tokens',
  validateSearch: (search) => textsOf(search, 'cursor'),
  loader: texts('tokens'),
  component: lazyPage(() => import('./api-tokens-page.tsx'), 'ApiTokensPage'),
})

const sessions = createRoute({
  ...parent,
  path: 'sessions',
  loader: texts('sessions'),
  component: lazyPage(() => import('./sessions-page.tsx'), 'SessionsPage'),
})

const preferences = createRoute({
  ...parent,
  path: 'preferences',
  loader: texts('mails'),
  component: lazyPage(() => import('./preferences-page.tsx'), 'PreferencesPage'),
})

/** What no page has keeps the frame. */
const unknown = createRoute({ ...parent, path: '$', component: UnknownPage })

export const portalRoutes = [
  preferences,
  tokens,
  sessions,
  index,
  applications,
  requests,
  request,
  catalog.addChildren([ask]),
  approvals,
  approval,
  unknown,
]
