import { NativeSelect } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { changeLanguage, type Language, languages } from '../../i18n/i18n.ts'

/** Language choice where there is no account yet. */
export function LanguageSwitch() {
  const { t, i18n } = useTranslation()
  return (
    <NativeSelect
      aria-label={t('account.language')}
      size="xs"
      value={i18n.language}
      onChange={(event) => void changeLanguage(event.currentTarget.value as Language)}
      data={Object.entries(languages).map(([value, label]) => ({ value, label }))}
    />
  )
}
