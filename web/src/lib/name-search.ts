import { textsOf } from './search-text.ts'

const nameSorts = ['name', '-name', 'createdAt', '-createdAt'] as const
const pageSize = 20

interface NameSearch {
  q?: string
  sort?: string
  cursor?: string
}

/** What the address of a list of named things asks for; sorted by name when it does not say. */
export function readNameSearch(search: NameSearch) {
  const { q = '', cursor } = search
  const sort = nameSorts.find((each) => each === search.sort) ?? 'name'
  return {
    q,
    sort,
    cursor,
    /** As the API is asked. */
    query: { limit: pageSize, sort, ...(q && { q }), ...(cursor && { cursor }) },
    /** The address after a change; unless a page is named, it shows the first. */
    after: (change: { [Key in keyof NameSearch]: NameSearch[Key] | undefined }) =>
      textsOf({ q, sort: search.sort, ...change }, 'q', 'sort', 'cursor'),
  }
}
