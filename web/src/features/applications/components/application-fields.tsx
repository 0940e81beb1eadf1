import { TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { ColorField } from '../../../components/ui/color-field.tsx'
import type { FieldOf } from '../../../lib/use-form.ts'
import type { ApplicationDraft } from '../application-types.ts'
import { GroupsField } from './groups-field.tsx'

interface ApplicationFieldsProps {
  field: FieldOf<keyof ApplicationDraft>
  /** The name is there from the start: writing begins with the address. */
  isNamed?: boolean
}

/** What people write about an application. */
export function ApplicationFields({ field, isNamed = false }: ApplicationFieldsProps) {
  const { t } = useTranslation('applications')
  return (
    <>
      <TextInput
        label={t('field.name')}
        data-autofocus={!isNamed || undefined}
        required
        maxLength={120}
        {...field('name')}
      />
      <TextInput
        label={t('field.url')}
        description={t('field.urlHint')}
        type="url"
        data-autofocus={isNamed || undefined}
        required
        maxLength={2000}
        {...field('url')}
      />
      <GroupsField {...field('groupIds')} />
      <TextInput
        label={t('field.logoUrl')}
        description={t('field.logoHint')}
        type="url"
        maxLength={2000}
        {...field('logoUrl')}
      />
      <ColorField {...field('color')} />
    </>
  )
}
