/** People and user groups for type-ahead fields. */
import { keepPreviousData } from '@tanstack/react-query'
import { $api } from '../../api/client.ts'
import { toProblem } from '../../api/problem.ts'

export interface Choice {
  value: string
  label: string
}

export interface Directory {
  /** Those with `q` in what they are found by. */
  useList: (q: string) => Choice[]
  /** The one of this id; `isGone` when there is none any more. Nothing for no id. */
  useOne: (id: string | null) => { choice: Choice | undefined; isGone: boolean }
}

const shown = 8
const isMissing = (error: unknown) => Boolean(error) && toProblem(error).status === 404
const personOf = ({ id, name, email }: { id: string; name: string; email: string }) => ({
  value: id,
  label: `${name} (${email})`,
})
const groupOf = ({ id, name }: { id: string; name: string }) => ({ value: id, label: name })

/** One user group with the number of its members. */
export function useGroup(id: string | null) {
  return $api.useQuery('get', '/user-groups/{id}', { params: { path: { id: id ?? '' } } }, { enabled: id !== null })
}

/** Activated users by a part of name or email; a chosen one whatever its state. */
export const people: Directory = {
  useList: (q) => {
    const query = { limit: shown, state: 'activated' as const, ...(q && { q }) }
    const { data } = $api.useQuery('get', '/users', { params: { query } }, { placeholderData: keepPreviousData })
    return (data?.items ?? []).map(personOf)
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
    const { data } = $api.useQuery('get', '/user-groups', { params: { query } }, { placeholderData: keepPreviousData })
    return (data?.items ?? []).map(groupOf)
  },
  useOne: (id) => {
    const { data, error } = useGroup(id)
    return { choice: id && data ? groupOf(data) : undefined, isGone: id !== null && isMissing(error) }
  },
}
