import '../../../theme/mantine-more.css'
import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Choice, groups, people } from '../directory.ts'
import type { PickerProps } from './picker.tsx'

/** One user or user group; a part of the name is enough. Says it when the chosen one was deleted meanwhile. */
export function DirectoryPicker({ of, exceptIds = [], isAdding, value, onChange, error, ...field }: PickerProps) {
  const { t } = useTranslation('flows')
  const directory = of === 'users' ? people : groups
  const [text, setText] = useState('')
  const [picked, setPicked] = useState<Choice>()
  const { choice, isGone } = directory.useOne(picked?.value === value ? null : value)
  const chosen = picked?.value === value ? picked : choice
  const isSearching = text !== '' && text !== chosen?.label
  const [q] = useDebouncedValue(isSearching ? text.trim() : '', 200)
  const others = directory.useList(q).filter((each) => each.value !== value && !exceptIds.includes(each.value))
  // The field must know its own value, but what was searched for comes first.
  const data = chosen ? (isSearching ? [...others, chosen] : [chosen, ...others]) : others

  function pick(id: string | null): void {
    if (!isAdding) setPicked(data.find((each) => each.value === id))
    onChange(id)
    if (isAdding) setText('')
  }

  return (
    <Select
      {...field}
      data={data}
      value={value}
      onChange={pick}
      searchable
      searchValue={text}
      onSearchChange={setText}
      filter={({ options }) => options}
      nothingFoundMessage={t('picker.nothing')}
      allowDeselect={false}
      error={error ?? (isGone ? t('picker.gone') : undefined)}
      withScrollArea={false}
      comboboxProps={{ withinPortal: false }}
    />
  )
}
