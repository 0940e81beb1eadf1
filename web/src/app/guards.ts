/** Who may open a page; asked before its code is even loaded. */
import { type ParsedLocation, redirect } from '@tanstack/react-router'
import type { Me } from '../api/types.ts'
import { isAdministrator, loadMe } from '../features/session/me.ts'

/** Leads to the sign-in page, and back here afterwards. */
export async function requireSession({ location }: { location: ParsedLocation }): Promise<void> {
  const me = await loadMe()
  if (!me) redirect({ to: '/sign-in', search: { next: location.href }, throw: true })
}

/** Administrators start in the queue, everyone else with what they have. */
export async function leadHome(): Promise<void> {
  const me = await loadMe()
  redirect({ to: me ? homeOf(me) : '/sign-in', throw: true })
}

export function homeOf(me: Me): '/admin/requests' | '/portal/applications' {
  return isAdministrator(me) ? '/admin/requests' : '/portal/applications'
}
