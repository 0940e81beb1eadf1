import { Select } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useTypeAhead } from '../../../lib/use-type-ahead.ts'
import { type Choice, groups, people } from '../directory.ts'

export interface PickerProps {
  of: 'users' | 'groups'
  label: string
  description?: ReactNode
  placeholder: string
  value: string | null
  onChange: (id: string | null) => void
  /** Cannot be picked here: they are named already. */
  exceptIds?: readonly string[]
  /** What is picked goes elsewhere, and the field is empty again. */
  isAdding?: boolean
  error?: string | undefined
  required?: boolean
}

/** One user or user group; a part of the name is enough. Says it when the chosen one was deleted meanwhile. */
export function DirectoryPicker({ of, exceptIds = [], isAdding, value, onChange, error, ...field }: PickerProps) {
  const { t } = useTranslation('flows')
  const directory = of === 'users' ? people : groups
  const [picked, setPicked] = useState<Choice>()
  const { choice, isGone } = directory.useOne(picked?.value === value ? null : value)
  const typeAhead = useTypeAhead(picked?.value === value ? picked : choice)
  const found = directory.useList(typeAhead.q).filter((each) => !exceptIds.includes(each.value))
  const data = typeAhead.choicesOf(found)

  function pick(id: string | null): void {
    if (!isAdding) setPicked(data.find((each) => each.value === id))
    onChange(id)
    if (isAdding) typeAhead.clear()
  }

  return (
    <Select
      {...field}
      {...typeAhead.field}
      data={data}
      value={value}
      onChange={pick}
      nothingFoundMessage={t('picker.nothing')}
      allowDeselect={false}
      error={error ?? (isGone ? t('picker.gone') : undefined)}
    />
  )
}
