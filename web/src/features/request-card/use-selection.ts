import { useState } from 'react'

type Chosen<Row> = ReadonlyMap<string, Row>

interface SelectionOptions<Row> {
  /** Which list it is, with its search and filters. Another one starts anew: nothing out of sight is decided by mistake. */
  list: unknown
  /** The rows of the page that is shown. */
  shown: readonly Row[]
  canSelect: (row: Row) => boolean
}

/** What is selected, over all pages of a list. */
export function useSelection<Row extends { id: string }>({ list, shown, canSelect }: SelectionOptions<Row>) {
  const key = JSON.stringify(list)
  const [state, setState] = useState<{ key: string; chosen: Chosen<Row> }>({ key, chosen: new Map() })
  const chosen: Chosen<Row> = state.key === key ? state.chosen : new Map()
  const now = new Map(shown.map((row) => [row.id, row]))
  const requests = [...chosen.values()].map((row) => now.get(row.id) ?? row).filter(canSelect)

  const replace = (all: readonly Row[]) => setState({ key, chosen: new Map(all.map((row) => [row.id, row])) })

  function set(ids: Iterable<string>): void {
    replace([...ids].flatMap((id) => now.get(id) ?? chosen.get(id) ?? []))
  }

  return {
    /** In the order in which they were selected, as they are now where they are shown. */
    requests,
    ids: new Set(requests.map(({ id }) => id)) as ReadonlySet<string>,
    set,
    replace,
    toggle(row: Row | undefined): void {
      if (!row || !canSelect(row)) return
      const ids = new Set(chosen.keys())
      if (!ids.delete(row.id)) ids.add(row.id)
      set(ids)
    },
    drop: (gone: readonly string[]) => set([...chosen.keys()].filter((id) => !gone.includes(id))),
    isWholePage: shown.some(canSelect) && shown.filter(canSelect).every(({ id }) => chosen.has(id)),
  }
}
