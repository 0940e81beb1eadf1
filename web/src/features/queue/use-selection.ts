import { useState } from 'react'
import type { AccessRequest } from '../../api/types.ts'
import { filterQueryOf, type QueueSearch } from './queue-search.ts'

type Chosen = ReadonlyMap<string, AccessRequest>
const none: Chosen = new Map()

export const canDecide = ({ abilities }: AccessRequest): boolean => Boolean(abilities.grant || abilities.deny)

/** What is selected, over all pages of a list. Another tab, search or filter starts anew: nothing out of sight is decided by mistake. */
export function useSelection(search: QueueSearch, shown: readonly AccessRequest[]) {
  const key = JSON.stringify([search.queue ?? 'administrator', filterQueryOf(search)])
  const [state, setState] = useState({ key, chosen: none })
  const chosen = state.key === key ? state.chosen : none
  const now = new Map(shown.map((request) => [request.id, request]))
  const requests = [...chosen.values()].map((request) => now.get(request.id) ?? request).filter(canDecide)

  function set(ids: Iterable<string>): void {
    const all = [...ids].flatMap((id) => now.get(id) ?? chosen.get(id) ?? [])
    setState({ key, chosen: new Map(all.map((request) => [request.id, request])) })
  }

  return {
    /** In the order in which they were selected, as they are now where they are shown. */
    requests,
    ids: new Set(requests.map(({ id }) => id)) as ReadonlySet<string>,
    set,
    replace: (all: readonly AccessRequest[]) =>
      setState({ key, chosen: new Map(all.map((request) => [request.id, request])) }),
    toggle(request: AccessRequest | undefined): void {
      if (!request || !canDecide(request)) return
      const ids = new Set(chosen.keys())
      if (!ids.delete(request.id)) ids.add(request.id)
      set(ids)
    },
    drop: (gone: readonly string[]) => set([...chosen.keys()].filter((id) => !gone.includes(id))),
    isWholePage: shown.some(canDecide) && shown.filter(canDecide).every(({ id }) => chosen.has(id)),
  }
}
