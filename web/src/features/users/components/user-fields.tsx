import { TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ApiProblem } from '../../../api/problem.ts'
import type { FieldOf } from '../../../lib/use-form.ts'

export interface UserTexts {
  name: string
  email: string
  department: string
  jobTitle: string
}

const fields = ['name', 'email', 'department', 'jobTitle'] as const
const isNeeded = (field: (typeof fields)[number]) => field === 'name' || field === 'email'

/** Says what is wrong with what is written about a user, by field. */
export function useUserCheck(): (texts: UserTexts) => { [Field in keyof UserTexts]?: string | undefined } {
  const { t } = useTranslation('common')
  const lackOf = (text: string) => (text.trim() ? undefined : t('required'))
  return ({ name, email }) => ({ name: lackOf(name), email: lackOf(email) })
}

/** The texts as the service takes them. */
export function inputOf({ name, email, department, jobTitle }: UserTexts) {
  return {
    name: name.trim(),
    email: email.trim(),
    department: department.trim() || null,
    jobTitle: jobTitle.trim() || null,
  }
}

interface UserFieldsProps {
  field: FieldOf<keyof UserTexts>
  problem: ApiProblem | undefined
  /** Where writing begins. */
  firstField?: 'name' | 'email'
}

export function UserFields({ field, problem, firstField = 'name' }: UserFieldsProps) {
  const { t } = useTranslation('users')
  const isTaken = problem?.status === 409 && problem.fieldMessage('email')
  return fields.map((name) => {
    const { error, ...input } = field(name)
    return (
      <TextInput
        key={name}
        {...(name === firstField && { 'data-autofocus': true })}
        type={name === 'email' ? 'email' : 'text'}
        label={t(`column.${name}`)}
        required={isNeeded(name)}
        maxLength={200}
        {...input}
        error={name === 'email' && isTaken && error === isTaken ? t('emailTaken') : error}
      />
    )
  })
}
