import { TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ApiProblem } from '../../../api/problem.ts'
import { ColorField } from '../../../components/ui/color-field.tsx'
import { type ApplicationDraft, lacksOf } from '../application-types.ts'
import { GroupsField } from './groups-field.tsx'

interface ApplicationFieldsProps {
  value: ApplicationDraft
  onChange: (value: ApplicationDraft) => void
  problem: ApiProblem | undefined
  /** Set once somebody tried to send the form. */
  isTried: boolean
}

export function ApplicationFields({ value, onChange, problem, isTried }: ApplicationFieldsProps) {
  const { t } = useTranslation(['applications', 'common'])
  const lacks = isTried ? lacksOf(value) : {}
  const errorOf = (field: keyof ApplicationDraft) => {
    const lack = lacks[field]
    if (lack) return lack === 'required' ? t('common:required') : t(`field.${lack}`)
    return problem?.fieldMessage(field)
  }
  const set = (change: Partial<ApplicationDraft>) => onChange({ ...value, ...change })
  return (
    <>
      <TextInput
        label={t('field.name')}
        data-autofocus
        required
        maxLength={120}
        value={value.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
        error={errorOf('name')}
      />
      <TextInput
        label={t('field.url')}
        description={t('field.urlHint')}
        type="url"
        required
        maxLength={2000}
        value={value.url}
        onChange={(event) => set({ url: event.currentTarget.value })}
        error={errorOf('url')}
      />
      <GroupsField value={value.groupIds} onChange={(groupIds) => set({ groupIds })} error={errorOf('groupIds')} />
      <TextInput
        label={t('field.logoUrl')}
        description={t('field.logoHint')}
        type="url"
        maxLength={2000}
        value={value.logoUrl}
        onChange={(event) => set({ logoUrl: event.currentTarget.value })}
        error={errorOf('logoUrl')}
      />
      <ColorField value={value.color} onChange={(color) => set({ color })} error={errorOf('color')} />
    </>
  )
}
