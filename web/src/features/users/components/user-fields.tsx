import { TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ApiProblem } from '../../../api/problem.ts'

export interface UserTexts {
  name: string
  email: string
  department: string
  jobTitle: string
}

interface UserFieldsProps {
  value: UserTexts
  onChange: (value: UserTexts) => void
  problem: ApiProblem | undefined
  /** Set once somebody tried to send the form. */
  isTried: boolean
}

const fields = ['name', 'email', 'department', 'jobTitle'] as const
const isNeeded = (field: (typeof fields)[number]) => field === 'name' || field === 'email'

/** Whether what must be filled in is filled in. */
export function isComplete({ name, email }: UserTexts): boolean {
  return name.trim() !== '' && email.trim() !== ''
}

export function UserFields({ value, onChange, problem, isTried }: UserFieldsProps) {
  const { t } = useTranslation(['users', 'common'])
  const errorOf = (field: (typeof fields)[number]) => {
    if (isTried && isNeeded(field) && !value[field].trim()) return t('common:required')
    const refusal = problem?.fieldMessage(field)
    return refusal && field === 'email' && problem?.status === 409 ? t('emailTaken') : refusal
  }
  return fields.map((field) => (
    <TextInput
      key={field}
      {...(field === 'name' && { 'data-autofocus': true })}
      type={field === 'email' ? 'email' : 'text'}
      label={t(`column.${field}`)}
      required={isNeeded(field)}
      maxLength={200}
      value={value[field]}
      onChange={(event) => onChange({ ...value, [field]: event.currentTarget.value })}
      error={errorOf(field)}
    />
  ))
}
