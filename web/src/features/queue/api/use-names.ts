import { useQueries } from '@tanstack/react-query'
import { $api } from '../../../api/client.ts'
import { toProblem } from '../../../api/problem.ts'
import type { QueueFilters } from '../queue-search.ts'

/** Nothing before it is known, null for what is gone. */
type Names = Record<string, string | null | undefined>

/** What the flows and the person are called that are filtered by. */
export function useNames({ flow, approver }: QueueFilters): { flows: Names; people: Names } {
  const flows = useQueries({
    queries: flow.map((id) => $api.queryOptions('get', '/approval-flows/{id}', { params: { path: { id } } })),
  })
  const people = useQueries({
    queries: (approver ? [approver] : []).map((id) =>
      $api.queryOptions('get', '/users/{id}', { params: { path: { id } } }),
    ),
  })
  const nameOf = ({ data, error }: { data?: { name: string } | undefined; error: unknown }) =>
    data?.name ?? (error && toProblem(error).status === 404 ? null : undefined)
  return {
    flows: Object.fromEntries(flow.map((id, place) => [id, flows[place] && nameOf(flows[place])])),
    people: Object.fromEntries(people.map((found) => [approver, nameOf(found)])),
  }
}
