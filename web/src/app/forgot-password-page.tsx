import { useTranslation } from 'react-i18next'
import { EntryFrame } from '../components/shell/entry-frame.tsx'
import { ForgotPasswordForm } from '../features/passwords/components/forgot-password-form.tsx'

export function ForgotPasswordPage() {
  const { t } = useTranslation('passwords')
  return (
    <EntryFrame title={t('forgot.title')} intro={t('forgot.intro')}>
      <ForgotPasswordForm />
    </EntryFrame>
  )
}
