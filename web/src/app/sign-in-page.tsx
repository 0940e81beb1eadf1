import { Alert } from '@mantine/core'
import { getRouteApi, useRouter } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { queryClient } from '../api/query-client.ts'
import { EntryFrame } from '../components/shell/entry-frame.tsx'
import { Icon } from '../components/ui/icon.tsx'
import { WaysIn } from '../features/session/ways-in.tsx'
import { localAddress } from '../lib/local-address.ts'
import { leaveFor } from './guards.ts'

const route = getRouteApi('/sign-in')

export function SignInPage() {
  const { t } = useTranslation()
  const router = useRouter()
  const { next, ended, set } = route.useSearch()

  function goOn(): void {
    // Nothing of whoever was signed in before.
    queryClient.clear()
    const address = localAddress(next) ?? '/'
    if (address.startsWith('/api/')) void leaveFor(address)
    else router.history.replace(address)
  }

  return (
    <EntryFrame title={t('signIn.title')} intro={t('signIn.intro')}>
      {ended && <Note color="blue">{t('signIn.ended')}</Note>}
      {set && <Note color="green">{t('signIn.passwordSet')}</Note>}
      <WaysIn next={localAddress(next) ?? '/'} onDone={goOn} />
    </EntryFrame>
  )
}

function Note({ color, children }: { color: 'blue' | 'green'; children: ReactNode }) {
  return (
    <Alert role="note" mb="md" color={color} icon={<Icon name={color === 'green' ? 'check' : 'info'} />}>
      {children}
    </Alert>
  )
}
