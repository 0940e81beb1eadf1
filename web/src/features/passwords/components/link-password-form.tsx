import { useTranslation } from 'react-i18next'
import { client } from '../../../api/client.ts'
import { AnchorLink } from '../../../components/ui/link.tsx'
import { PasswordFields } from './password-fields.tsx'

/** Sets the password of whoever the link was mailed to. */
export function LinkPasswordForm({ token, onDone }: { token: string; onDone: () => void }) {
  const { t } = useTranslation('passwords')
  return (
    <PasswordFields
      fields={['password'] as const}
      labelOf={() => t('newPassword')}
      isNew={() => true}
      submitLabel={t('byLink.submit')}
      send={(body) =>
        // Without a token it is refused as a link that is used up is.
        client.POST('/password-resets/{token}', { params: { path: { token: token || 'none' } }, body })
      }
      onDone={onDone}
    >
      <AnchorLink to="/forgot-password" ta="center">
        {t('byLink.another')}
      </AnchorLink>
    </PasswordFields>
  )
}
