import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ImportedLine } from '../people-import.ts'

type Change = ImportedLine['changes'][number]

const fields = ['name', 'email', 'manager', 'department', 'jobTitle', 'state', 'groups'] as const
const states = ['staged', 'activated', 'suspended'] as const

/** Field by field what would become of somebody; of somebody new what they would be. */
export function LineChanges({ person }: { person: ImportedLine }) {
  const { t } = useTranslation('people')
  const shown = person.changes.flatMap((change) => {
    const field = fields.find((each) => each === change.field)
    // Name and address of somebody new stand beside this already.
    const isSaid = person.outcome === 'created' && (field === 'name' || field === 'email')
    return field && !isSaid ? [{ field, change }] : []
  })
  if (shown.length === 0) return <>–</>
  return (
    <>
      {shown.map(({ field, change }) => (
        <Text key={field} size="sm" className="gh-break">
          {t(`field.${field}`)}: {field === 'groups' ? <Groups change={change} /> : <Values change={change} />}
        </Text>
      ))}
    </>
  )
}

function Values({ change: { field, from, to } }: { change: Change }) {
  const { t } = useTranslation('users')
  const word = (value: unknown) => {
    const state = field === 'state' ? states.find((each) => each === value) : undefined
    return state ? t(`state.${state}`) : typeof value === 'string' ? value : '–'
  }
  return <>{from === null ? word(to) : `${word(from)} → ${word(to)}`}</>
}

function Groups({ change: { from, to } }: { change: Change }) {
  const { t } = useTranslation('people')
  const names = (value: unknown) => (Array.isArray(value) ? value.join(', ') : '')
  const added = to === null ? [] : [t('groupsAdded', { names: names(to) })]
  const removed = from === null ? [] : [t('groupsRemoved', { names: names(from) })]
  return <>{[...added, ...removed].join('  ')}</>
}
