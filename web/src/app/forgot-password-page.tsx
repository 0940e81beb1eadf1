import { useTranslation } from 'react-i18next'
import { EntryFrame } from '../components/shell/entry-frame.tsx'
import { ForgotPasswordForm } from '../features/passwords/components/forgot-password-form.tsx'
import { PasswordsOff, useArePasswordsOff } from '../features/passwords/components/passwords-off.tsx'

export function ForgotPasswordPage() {
  const { t } = useTranslation('passwords')
  const isOff = useArePasswordsOff()
  return (
    <EntryFrame title={t('forgot.title')} intro={isOff ? '' : t('forgot.intro')}>
      {isOff ? <PasswordsOff /> : <ForgotPasswordForm />}
    </EntryFrame>
  )
}
