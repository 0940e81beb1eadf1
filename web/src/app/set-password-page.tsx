import { useRouter } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { queryClient } from '../api/query-client.ts'
import { endSession } from '../api/session-identity.ts'
import { EntryFrame } from '../components/shell/entry-frame.tsx'
import { LinkPasswordForm } from '../features/passwords/components/link-password-form.tsx'
import { PasswordsOff, useArePasswordsOff } from '../features/passwords/components/passwords-off.tsx'

/** Where the links in mails lead. Their token stands behind `#` and is taken out of the address at once. */
export function SetPasswordPage() {
  const { t } = useTranslation('passwords')
  const router = useRouter()
  const token = useToken()
  const isOff = useArePasswordsOff()

  function goOn(): void {
    endSession()
    queryClient.clear()
    void router.navigate({ to: '/sign-in', search: { set: 'yes' }, replace: true })
  }

  return (
    <EntryFrame title={t('byLink.title')} intro={isOff ? '' : t('byLink.intro')}>
      {isOff ? <PasswordsOff /> : <LinkPasswordForm key={token} token={token} onDone={goOn} />}
    </EntryFrame>
  )
}

function useToken(): string {
  const router = useRouter()
  const [token, setToken] = useState(() => window.location.hash.slice(1))
  useEffect(() => {
    function take(): void {
      const given = window.location.hash.slice(1)
      if (!given) return
      setToken(given)
      router.history.replace('/set-password')
    }
    take()
    // Another link of a mail was opened in this tab.
    window.addEventListener('hashchange', take)
    return () => window.removeEventListener('hashchange', take)
  }, [router])
  return token
}
