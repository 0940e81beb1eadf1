/** Who may open a page; asked before its code is even loaded. */
import { type ParsedLocation, redirect } from '@tanstack/react-router'
import { queryClient } from '../api/query-client.ts'
import type { Me } from '../api/types.ts'
import { addressOf, loadDefaultView } from '../features/queue/default-view.ts'
import type { QueueSearch } from '../features/queue/queue-search.ts'
import { isAdministrator, loadMe, meOptions } from '../features/session/me.ts'
import { localAddress } from '../lib/local-address.ts'

/** Leads to the sign-in page, or to the one that asks for a new password, and back here afterwards. */
export async function requireSession({ location }: { location: ParsedLocation }): Promise<void> {
  const me = await loadMe()
  const search = { next: location.href }
  if (!me) redirect({ to: '/sign-in', search, throw: true })
  else if (me.mustChangePassword) redirect({ to: '/new-password', search, throw: true })
}

/** Only for whoever must change their password; everybody else goes where they were going. */
export async function requireFirstPassword({ search }: { search: { next?: string } }): Promise<void> {
  const me = await loadMe()
  if (!me) redirect({ to: '/sign-in', search, throw: true })
  else if (!me.mustChangePassword) redirect({ href: localAddress(search.next) ?? '/', replace: true, throw: true })
}

/** Beside the portals there is the description of the API. */
export function leaveFor(address: string): Promise<never> {
  window.location.replace(address)
  return new Promise(() => {})
}

/** Whoever is signed in already needs no form, and Back does not return to it. */
export async function passOn({ search }: { search: { next?: string } }): Promise<void> {
  try {
    await queryClient.fetchQuery({ ...meOptions, staleTime: 0, retry: false })
  } catch {
    return
  }
  const address = localAddress(search.next) ?? '/'
  if (address.startsWith('/api/')) return leaveFor(address)
  redirect({ href: address, replace: true, throw: true })
}

/** The queue opens with the view that somebody has chosen for that, where its address says nothing. */
export async function openDefaultView({ search }: { search: QueueSearch }): Promise<void> {
  const me = await loadMe()
  if (!me || !isAdministrator(me) || Object.keys(search).length > 0) return
  const view = await loadDefaultView()
  if (view) redirect({ to: '/admin/requests', search: addressOf(view), replace: true, throw: true })
}

/** Administrators start in the queue, everyone else with what they have. */
export async function leadHome(): Promise<void> {
  const me = await loadMe()
  redirect({ to: me ? homeOf(me) : '/sign-in', throw: true })
}

/** The same address below the portal of whoever is signed in, where it is told that it has no page. */
export async function intoPortal({ location }: { location: ParsedLocation }): Promise<void> {
  const me = await loadMe()
  if (me) redirect({ href: (isAdministrator(me) ? '/admin' : '/portal') + location.href, replace: true, throw: true })
}

export function homeOf(me: Me): '/admin/requests' | '/portal/applications' {
  return isAdministrator(me) ? '/admin/requests' : '/portal/applications'
}
