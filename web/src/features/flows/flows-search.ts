/** The address of the list of flows: what is searched, filtered and shown. */
import { textsOf } from '../../lib/search-text.ts'

export type FlowsSearch = ReturnType<typeof readFlowsSearch>

export function readFlowsSearch(search: Record<string, unknown>) {
  return textsOf(search, 'q', 'enabled', 'approvalType', 'cursor')
}

/** What the API's filters are called; what it would not understand is left out. */
export function flowsQueryOf({ q, enabled, approvalType, cursor }: FlowsSearch) {
  const type = (['manual', 'automatic'] as const).find((each) => each === approvalType)
  const state = (['true', 'false'] as const).find((each) => each === enabled)
  return {
    limit: 20,
    ...(q && { q }),
    ...(state && { enabled: state }),
    ...(type && { approvalType: [type] }),
    ...(cursor && { cursor }),
  }
}
