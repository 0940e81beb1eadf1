/** Addresses of user groups, applications and what is under Administration. Pages are loaded when they are opened. */
import { createRoute } from '@tanstack/react-router'
import { texts } from '../../i18n/i18n.ts'
import { lazyPage } from '../../lib/lazy.ts'
import { textsOf } from '../../lib/search-text.ts'
import { adminRoute } from '../root-route.tsx'

const parent = { getParentRoute: () => adminRoute }

const groups = createRoute({
  ...parent,
  path: 'groups',
  validateSearch: (search) => textsOf(search, 'q', 'sort', 'cursor', 'state', 'create'),
  loader: texts('groups'),
  component: lazyPage(() => import('./groups-page.tsx'), 'GroupsPage'),
})

const group = createRoute({
  ...parent,
  path: 'groups/$groupId',
  validateSearch: (search) => textsOf(search, 'tab', 'q', 'sort', 'cursor'),
  loader: texts('groups'),
  component: lazyPage(() => import('./group-page.tsx'), 'GroupPage'),
})

const applications = createRoute({
  ...parent,
  path: 'applications',
  validateSearch: (search) => textsOf(search, 'q', 'sort', 'cursor', 'create'),
  loader: texts('applications'),
  component: lazyPage(() => import('./applications-page.tsx'), 'ApplicationsPage'),
})

const application = createRoute({
  ...parent,
  path: 'applications/$applicationId',
  loader: texts('applications'),
  component: lazyPage(() => import('./application-page.tsx'), 'ApplicationPage'),
})

const settings = createRoute({
  ...parent,
  path: 'settings',
  loader: texts('settings'),
  component: lazyPage(() => import('./settings-page.tsx'), 'SettingsPage'),
})

const signIn = createRoute({
  ...parent,
  path: 'settings/sign-in',
  loader: texts('providers'),
  component: lazyPage(() => import('./sign-in-settings-page.tsx'), 'SignInSettingsPage'),
})

const connectors = createRoute({
  ...parent,
  path: 'connectors',
  validateSearch: (search) => textsOf(search, 'cursor'),
  loader: texts('connectors'),
  component: lazyPage(() => import('./connectors-page.tsx'), 'ConnectorsPage'),
})

const peopleSources = createRoute({
  ...parent,
  path: 'people-sources',
  validateSearch: (search) => textsOf(search, 'cursor'),
  loader: texts('sources'),
  component: lazyPage(() => import('./people-sources-page.tsx'), 'PeopleSourcesPage'),
})

const ldapSource = createRoute({
  ...parent,
  path: 'people-sources/$sourceId',
  loader: texts('sources', 'people', 'users'),
  component: lazyPage(() => import('./ldap-source-page.tsx'), 'LdapSourcePage'),
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

const changes = createRoute({
  ...parent,
  path: 'changes',
  loader: texts('changes'),
  component: lazyPage(() => import('./changes-page.tsx'), 'ChangesPage'),
})

const mails = createRoute({
  ...parent,
  path: 'mails',
  validateSearch: (search) => textsOf(search, 'q', 'state', 'cursor'),
  loader: texts('mails'),
  component: lazyPage(() => import('./mails-page.tsx'), 'MailsPage'),
})

const preferences = createRoute({
  ...parent,
  path: 'preferences',
  loader: texts('mails'),
  component: lazyPage(() => import('./preferences-page.tsx'), 'PreferencesPage'),
})

export const directoryRoutes = [
  mails,
  preferences,
  changes,
  groups,
  group,
  applications,
  application,
  settings,
  signIn,
  connectors,
  peopleSources,
  ldapSource,
  tokens,
  sessions,
]
