import { useTranslation } from 'react-i18next'
import { client } from '../../../api/client.ts'
import { PasswordFields } from './password-fields.tsx'

/** Puts a password of one's own in place of the one that an administrator chose. */
export function FirstPasswordForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation('passwords')
  return (
    <PasswordFields
      fields={['currentPassword', 'newPassword'] as const}
      labelOf={(field) => (field === 'newPassword' ? t('newPassword') : t('first.given'))}
      isNew={(field) => field === 'newPassword'}
      submitLabel={t('first.submit')}
      send={(body) => client.POST('/me/password', { body })}
      onDone={onDone}
    />
  )
}
