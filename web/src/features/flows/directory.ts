/** People, user groups and applications for type-ahead fields. */
import { keepPreviousData } from '@tanstack/react-query'
import { $api } from '../../api/client.ts'
import { toProblem } from '../../api/problem.ts'

export interface Choice {
  value: string
  label: string
  /** Without what else the label says. */
  name: string
}

export interface Directory {
  /** Those with `q` in what they are found by. */
  useList: (q: string) => { found: Choice[]; isLoaded: boolean }
  /** The one of this id; `isGone` when there is none any more. Nothing for no id. */
  useOne: (id: string | null) => { choice: Choice | undefined; isGone: boolean }
}

const shown = 8
const isMissing = (error: unknown) => Boolean(error) && toProblem(error).status === 404
export const personOf = ({ id, name, email }: { id: string; name: string; email: string }) => ({
  value: id,
  name,
  label: `${name} (${email})`,
})
/** A group or an application. */
export const namedOf = ({ id, name }: { id: string; name: string }) => ({ value: id, label: name, name })

/** One user group with the number of its members. */
export function useGroup(id: string | null) {
  return $api.useQuery('get', '/user-groups/{id}', { params: { path: { id: id ?? '' } } }, { enabled: id !== null })
}

/** Activated users by a part of name or email; a chosen one whatever its state. */
export const people: Directory = {
  useList: (q) => {
    const query = { limit: shown, state: 'activated' as const, ...(q && { person: q }) }
    const list = $api.useQuery('get', '/users', { params: { query } }, { placeholderData: keepPreviousData })
    return { found: (list.data?.items ?? []).map(personOf), isLoaded: !list.isFetching }
  },
  useOne: (id) => {
    const path = { id: id ?? '' }
    const { data, error } = $api.useQuery('get', '/users/{id}', { params: { path } }, { enabled: id !== null })
    return { choice: id && data ? personOf(data) : undefined, isGone: id !== null && isMissing(error) }
  },
}

/** User groups by a part of the name. */
export const groups: Directory = {
  useList: (q) => {
    const query = { limit: shown, ...(q && { q }) }
    const list = $api.useQuery('get', '/user-groups', { params: { query } }, { placeholderData: keepPreviousData })
    return { found: (list.data?.items ?? []).map(namedOf), isLoaded: !list.isFetching }
  },
  useOne: (id) => {
    const { data, error } = useGroup(id)
    const isGone = id !== null && (isMissing(error) || Boolean(data?.archivedAt))
    return { choice: id && data ? namedOf(data) : undefined, isGone }
  },
}

/** Applications by a part of the name. */
export const applications: Directory = {
  useList: (q) => {
    const query = { limit: shown, ...(q && { q }) }
    const list = $api.useQuery('get', '/applications', { params: { query } }, { placeholderData: keepPreviousData })
    return { found: (list.data?.items ?? []).map(namedOf), isLoaded: !list.isFetching }
  },
  useOne: (id) => {
    const path = { id: id ?? '' }
    const { data, error } = $api.useQuery('get', '/applications/{id}', { params: { path } }, { enabled: id !== null })
    return { choice: id && data ? namedOf(data) : undefined, isGone: id !== null && isMissing(error) }
  },
}
