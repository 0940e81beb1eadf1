import type { ComboboxItem, SelectProps } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'

const typingPauseMs = 200

/** How a field looks whose choices the server looks up: they are shown as they came, and not filtered again. */
const lookedUp = {
  searchable: true,
  filter: ({ options }) => options,
  withScrollArea: false,
  comboboxProps: { withinPortal: false },
} as const satisfies SelectProps

/**
 * A field that finds its choices by what is typed. `q` follows once typing pauses, and is empty while the field only
 * shows what is chosen.
 */
export function useTypeAhead(chosen: ComboboxItem | undefined) {
  const [text, setText] = useState(chosen?.label ?? '')
  const isSearching = text !== '' && text !== chosen?.label
  const [q] = useDebouncedValue(isSearching ? text.trim() : '', typingPauseMs)

  return {
    q,
    clear: () => setText(''),
    /** The field must know its own value, but what was searched for comes first. */
    choicesOf(found: ComboboxItem[]): ComboboxItem[] {
      const others = found.filter(({ value }) => value !== chosen?.value)
      if (!chosen) return others
      return isSearching ? [...others, chosen] : [chosen, ...others]
    },
    field: { ...lookedUp, searchValue: text, onSearchChange: setText },
  }
}
