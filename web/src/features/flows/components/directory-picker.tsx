import { Select, type SelectProps } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useOffer } from '../../../components/making/use-offer.tsx'
import { useTypeAhead } from '../../../lib/use-type-ahead.ts'
import { applications, type Choice, groups, namedOf, people, personOf } from '../directory.ts'

export interface PickerProps {
  of: 'users' | 'groups' | 'applications'
  label: string
  description?: ReactNode
  placeholder: string
  value: string | null
  onChange: (id: string | null) => void
  /** Cannot be picked here: they are named already. */
  exceptIds?: readonly string[]
  /** What is picked goes elsewhere, and the field is empty again. */
  isAdding?: boolean
  /** What one that is made here is called unless something else is typed. */
  suggestion?: string
  clearable?: boolean
  clearButtonProps?: SelectProps['clearButtonProps']
  error?: string | undefined
  required?: boolean
}

const directories = {
  users: { ...people, what: 'user' },
  groups: { ...groups, what: 'group' },
  applications: { ...applications, what: 'application' },
} as const

/**
 * One of the directory; a part of the name is enough, and what is not there can be made. Says it when the chosen one
 * was deleted meanwhile.
 */
export function DirectoryPicker(props: PickerProps) {
  const { of, exceptIds = [], isAdding, suggestion, value, onChange, error, ...field } = props
  const { t } = useTranslation('flows')
  const directory = directories[of]
  const [picked, setPicked] = useState<Choice>()
  const { choice, isGone } = directory.useOne(picked?.value === value ? null : value)
  const typeAhead = useTypeAhead(picked?.value === value ? picked : choice)
  const { found, isLoaded } = directory.useList(typeAhead.q)
  const data = typeAhead.choicesOf(found.filter((each) => !exceptIds.includes(each.value)))
  const offer = useOffer({
    what: directory.what,
    q: typeAhead.q,
    isLoaded,
    found: found.map(({ name }) => name),
    suggestion,
    onMade: (made) => take(of === 'users' ? personOf(made) : namedOf(made)),
  })

  function take(taken: Choice | undefined): void {
    if (!isAdding) setPicked(taken)
    onChange(taken?.value ?? null)
    if (isAdding) typeAhead.clear()
  }

  return (
    <>
      <Select
        {...field}
        {...typeAhead.field}
        data={offer.withOffer(data)}
        value={value}
        onChange={(id) => offer.takes(id) || take(found.find((each) => each.value === id))}
        nothingFoundMessage={t('picker.nothing')}
        allowDeselect={false}
        error={error ?? (isGone ? t('picker.gone') : undefined)}
      />
      {offer.dialog}
    </>
  )
}
