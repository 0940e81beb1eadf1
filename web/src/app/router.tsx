/** All addresses of both portals. The portals' pages and frames are separate chunks and do not import each other. */
import { createRouter } from '@tanstack/react-router'
import { whenSignedOut } from '../api/client.ts'
import { queryClient } from '../api/query-client.ts'
import { whenSessionReplaced } from '../api/session-identity.ts'
import { Loading } from '../components/ui/states.tsx'
import { parseSearch, stringifySearch } from '../lib/search-text.ts'
import { adminRoutes } from './admin/admin-routes.ts'
import { BrokenPage, UnknownPage } from './fallback-pages.tsx'
import { portalRoutes } from './portal/portal-routes.ts'
import {
  adminRoute,
  forgotPasswordRoute,
  homeRoute,
  newPasswordRoute,
  portalRoute,
  rootRoute,
  setPasswordRoute,
  signedInAgainRoute,
  signInProblemRoute,
  signInRoute,
  unknownRoute,
} from './root-route.tsx'

const routeTree = rootRoute.addChildren([
  homeRoute,
  unknownRoute,
  signInRoute,
  signInProblemRoute,
  signedInAgainRoute,
  forgotPasswordRoute,
  setPasswordRoute,
  newPasswordRoute,
  adminRoute.addChildren(adminRoutes),
  portalRoute.addChildren(portalRoutes),
])

export const router = createRouter({
  routeTree,
  parseSearch,
  stringifySearch,
  // What a page does not understand of its address is dropped.
  search: { strict: true },
  scrollRestoration: true,
  defaultPreload: 'intent',
  defaultPendingMs: 300,
  defaultPendingComponent: Loading,
  defaultErrorComponent: BrokenPage,
  defaultNotFoundComponent: UnknownPage,
})

whenSignedOut(() => {
  const { pathname, href } = router.state.location
  if (pathname === '/sign-in') return
  queryClient.clear()
  void router.navigate({ to: '/sign-in', search: { next: href, ended: 'yes' } })
})

// What is shown is not theirs, and what is typed must not be sent in their name.
whenSessionReplaced(() => window.location.reload())

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
