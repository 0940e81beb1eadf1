import { Button } from '@mantine/core'
import { getRouteApi, useRouter } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { queryClient } from '../api/query-client.ts'
import { EntryFrame } from '../components/shell/entry-frame.tsx'
import { FirstPasswordForm } from '../features/passwords/components/first-password-form.tsx'
import { useSignOut } from '../features/session/use-sign-out.ts'
import { localAddress } from '../lib/local-address.ts'

const route = getRouteApi('/new-password')

/** All there is for somebody whose password was chosen by an administrator. */
export function NewPasswordPage() {
  const { t } = useTranslation('passwords')
  const router = useRouter()
  const signOut = useSignOut()
  const { next } = route.useSearch()

  function goOn(): void {
    queryClient.clear()
    router.history.replace(localAddress(next) ?? '/')
  }

  return (
    <EntryFrame title={t('first.title')} intro={t('first.intro')}>
      <FirstPasswordForm onDone={goOn} />
      <Button variant="subtle" fullWidth mt="md" onClick={() => void signOut()}>
        {t('first.signOut')}
      </Button>
    </EntryFrame>
  )
}
