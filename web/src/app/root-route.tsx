import { createRootRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { textsOf } from '../lib/search-text.ts'
import { BrokenStart, UnknownAddress } from './fallback-pages.tsx'
import { leadHome, requireSession } from './guards.ts'

export const rootRoute = createRootRoute({ notFoundComponent: UnknownAddress, errorComponent: BrokenStart })

export const homeRoute = createRoute({ getParentRoute: () => rootRoute, path: '/', beforeLoad: leadHome })

export const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: 'sign-in',
  validateSearch: (search) => textsOf(search, 'next', 'ended'),
  component: lazyRouteComponent(() => import('./sign-in-page.tsx'), 'SignInPage'),
})

export const adminRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: 'admin',
  beforeLoad: requireSession,
  component: lazyRouteComponent(() => import('./admin/admin-layout.tsx'), 'AdminLayout'),
})

export const portalRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: 'portal',
  beforeLoad: requireSession,
  component: lazyRouteComponent(() => import('./portal/portal-layout.tsx'), 'PortalLayout'),
})
