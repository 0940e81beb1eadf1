import { keepPreviousData } from '@tanstack/react-query'
import { $api } from '../../api/client.ts'

export const foundKinds = ['pages', 'people', 'requests', 'flows', 'groups', 'applications'] as const
export type FoundKind = (typeof foundKinds)[number]

export interface Found {
  kind: FoundKind
  id: string
  label: string
  /** What tells it from others of the same name. */
  detail: string
  href: string
}

/** A page of the portal that can be found by its name. */
export interface Place {
  to: string
  label: string
}

const most = 5

/**
 * Everything of the Admin Portal that `q` finds, by kind: pages by their names, the rest as its own list finds it.
 * @returns also whether something is still being looked for
 */
export function useFound(q: string, places: readonly Place[]): { found: Found[]; isLooking: boolean } {
  const query = { q, limit: most }
  const options = { enabled: q !== '', placeholderData: keepPreviousData }
  const people = $api.useQuery('get', '/users', { params: { query } }, options)
  const requests = $api.useQuery(
    'get',
    '/access-requests',
    { params: { query: { ...query, view: 'summary' } } },
    options,
  )
  const flows = $api.useQuery('get', '/approval-flows', { params: { query } }, options)
  const groups = $api.useQuery('get', '/user-groups', { params: { query } }, options)
  const applications = $api.useQuery('get', '/applications', { params: { query } }, options)

  const words = q.toLowerCase().split(/\s+/)
  const pages = places.filter(({ label }) => words.every((word) => label.toLowerCase().includes(word)))
  const toFound =
    <Item extends { id: string; name: string }>(kind: FoundKind, path: string, detailOf: (item: Item) => string) =>
    (item: Item): Found => ({ kind, id: item.id, label: item.name, detail: detailOf(item), href: `${path}/${item.id}` })
  const found: Found[] = [
    ...pages.map(({ to, label }) => ({ kind: 'pages' as const, id: to, label, detail: '', href: to })),
    ...(people.data?.items ?? []).map(toFound('people', '/admin/users', ({ email }) => email)),
    ...(requests.data?.items ?? []).map(({ id, requester, approvalFlow }) => ({
      kind: 'requests' as const,
      id,
      label: `${requester.name} · ${approvalFlow.name}`,
      detail: id,
      href: `/admin/requests/${id}`,
    })),
    ...(flows.data?.items ?? []).map(toFound('flows', '/admin/flows', ({ description }) => description)),
    ...(groups.data?.items ?? []).map(toFound('groups', '/admin/groups', ({ description }) => description)),
    ...(applications.data?.items ?? []).map(toFound('applications', '/admin/applications', ({ url }) => url)),
  ]
  const isLooking = [people, requests, flows, groups, applications].some(({ isFetching }) => isFetching)
  return { found: q === '' ? [] : found, isLooking }
}
