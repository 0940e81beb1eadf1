import { Alert, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { $api } from '../../../api/client.ts'
import { Icon } from '../../../components/ui/icon.tsx'
import { AnchorLink } from '../../../components/ui/link.tsx'

/** Whether nobody signs in with a password here; false while that is not known. */
export function useArePasswordsOff(): boolean {
  const { data } = $api.useQuery('get', '/session/options', undefined, { retry: false })
  return data?.password === 'off'
}

/** In place of the forms for passwords. */
export function PasswordsOff() {
  const { t } = useTranslation('passwords')
  return (
    <Stack gap="md">
      <Alert role="status" color="yellow" icon={<Icon name="alert" />}>
        {t('off')}
      </Alert>
      <AnchorLink to="/sign-in" ta="center">
        {t('toSignIn')}
      </AnchorLink>
    </Stack>
  )
}
