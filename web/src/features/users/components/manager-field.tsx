import type { Ref } from 'react'
import { useTranslation } from 'react-i18next'
import { type Person, PersonSelect } from '../../../components/ui/person-select.tsx'

interface ManagerFieldProps {
  value: Person | null
  onChange: (manager: Person | null) => void
  /** Nobody is their own manager. */
  exceptId?: string
  fieldRef?: Ref<HTMLInputElement>
  error?: string | undefined
}

/** A part of a name or email is enough; people of that name are offered. */
export function ManagerField({ fieldRef, ...field }: ManagerFieldProps) {
  const { t } = useTranslation('users')
  return (
    <PersonSelect
      {...field}
      ref={fieldRef}
      label={t('column.manager')}
      placeholder={t('employment.managerHint')}
      nothingFoundMessage={t('employment.noManager')}
      clearable
      clearButtonProps={{ 'aria-label': t('employment.clearManager') }}
      data-manager-field
    />
  )
}
