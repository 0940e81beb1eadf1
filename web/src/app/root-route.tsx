import { createRootRoute, createRoute } from '@tanstack/react-router'
import { texts } from '../i18n/i18n.ts'
import { lazyPage } from '../lib/lazy.ts'
import { textsOf } from '../lib/search-text.ts'
import { BrokenStart, UnknownAddress } from './fallback-pages.tsx'
import { intoPortal, leadHome, passOn, requireFirstPassword, requireSession } from './guards.ts'

export const rootRoute = createRootRoute({ notFoundComponent: UnknownAddress, errorComponent: BrokenStart })

export const homeRoute = createRoute({ getParentRoute: () => rootRoute, path: '/', beforeLoad: leadHome })

/** An address outside of both portals: whoever is signed in is told so within theirs. */
export const unknownRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '$',
  beforeLoad: intoPortal,
  component: UnknownAddress,
})

export const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: 'sign-in',
  validateSearch: (search) => textsOf(search, 'next', 'ended', 'set'),
  beforeLoad: passOn,
  loader: texts('providers'),
  component: lazyPage(() => import('./sign-in-page.tsx'), 'SignInPage'),
})

/** Where the way by the identity provider ends when it did not work. */
export const signInProblemRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: 'sign-in-problem',
  validateSearch: (search) => textsOf(search, 'code', 'next'),
  loader: texts('providers'),
  component: lazyPage(() => import('./sign-in-problem-page.tsx'), 'SignInProblemPage'),
})

/** Where somebody comes back to who was asked to sign in once more, in a tab of its own. */
export const signedInAgainRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: 'signed-in-again',
  loader: texts('providers'),
  component: lazyPage(() => import('./signed-in-again-page.tsx'), 'SignedInAgainPage'),
})

export const forgotPasswordRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: 'forgot-password',
  loader: texts('passwords'),
  component: lazyPage(() => import('./forgot-password-page.tsx'), 'ForgotPasswordPage'),
})

export const setPasswordRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: 'set-password',
  loader: texts('passwords'),
  component: lazyPage(() => import('./set-password-page.tsx'), 'SetPasswordPage'),
})

export const newPasswordRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: 'new-password',
  validateSearch: (search) => textsOf(search, 'next'),
  beforeLoad: requireFirstPassword,
  loader: texts('passwords'),
  component: lazyPage(() => import('./new-password-page.tsx'), 'NewPasswordPage'),
})

export const adminRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: 'admin',
  beforeLoad: requireSession,
  component: lazyPage(() => import('./admin/admin-layout.tsx'), 'AdminLayout'),
})

export const portalRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: 'portal',
  beforeLoad: requireSession,
  component: lazyPage(() => import('./portal/portal-layout.tsx'), 'PortalLayout'),
})
