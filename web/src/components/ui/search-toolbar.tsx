import { Group, NativeSelect } from '@mantine/core'
import { SearchField } from './search-field.tsx'

interface SearchToolbarProps {
  label: string
  q: string
  onSearch: (q: string) => void
  /** What of the list is shown. */
  choice: { label: string; value: string; data: { value: string; label: string }[]; onChange: (value: string) => void }
}

/** Above a list: its search, and a choice of what it shows. */
export function SearchToolbar({ label, q, onSearch, choice }: SearchToolbarProps) {
  return (
    <Group gap="xs" mb="md">
      <SearchField label={label} q={q} onSearch={onSearch} />
      <NativeSelect
        aria-label={choice.label}
        value={choice.value}
        data={choice.data}
        onChange={(event) => choice.onChange(event.currentTarget.value)}
      />
    </Group>
  )
}
