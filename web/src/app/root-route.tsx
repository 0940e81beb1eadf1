import { createRootRoute, createRoute } from '@tanstack/react-router'
import { latePage } from '../lib/late.ts'
import { textsOf } from '../lib/search-text.ts'
import { BrokenStart, UnknownAddress } from './fallback-pages.tsx'
import { leadHome, passOn, requireSession } from './guards.ts'

export const rootRoute = createRootRoute({ notFoundComponent: UnknownAddress, errorComponent: BrokenStart })

export const homeRoute = createRoute({ getParentRoute: () => rootRoute, path: '/', beforeLoad: leadHome })

export const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: 'sign-in',
  validateSearch: (search) => textsOf(search, 'next', 'ended'),
  beforeLoad: passOn,
  component: latePage(() => import('./sign-in-page.tsx'), 'SignInPage'),
})

export const adminRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: 'admin',
  beforeLoad: requireSession,
  component: latePage(() => import('./admin/admin-layout.tsx'), 'AdminLayout'),
})

export const portalRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: 'portal',
  beforeLoad: requireSession,
  component: latePage(() => import('./portal/portal-layout.tsx'), 'PortalLayout'),
})
