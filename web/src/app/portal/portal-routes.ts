/** Addresses of the User Portal. Only paths and search parameters live here: pages are loaded when they are opened. */
import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { texts } from '../../i18n/i18n.ts'
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
  component: lazyRouteComponent(() => import('./applications-page.tsx'), 'ApplicationsPage'),
})

export const portalRoutes = [index, applications]
