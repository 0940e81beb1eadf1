import { Button, Stack, Text } from '@mantine/core'
import { Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { $api } from '../../../api/client.ts'
import { DialogSlot } from '../../../components/ui/dialog-slot.tsx'
import { PageHeader } from '../../../components/ui/page-header.tsx'
import { Failed, Loading } from '../../../components/ui/states.tsx'
import type { Session } from '../session-types.ts'
import { EndSessionDialog, PasswordForm, SignOutElsewhereDialog } from './dialogs.ts'
import { SessionsTable } from './sessions-table.tsx'

/** Where one is signed in, and one's password: the whole page, the same in both portals. */
export function SessionsPanel() {
  const { t } = useTranslation('sessions')
  const [ended, setEnded] = useState<Session>()
  const [isLeavingOthers, setIsLeavingOthers] = useState(false)
  const { data, error, refetch } = $api.useQuery('get', '/me/sessions')
  const { data: me } = $api.useQuery('get', '/me')
  const hasPassword = me?.confirmBy.includes('password') ?? false
  const hasOthers = data?.items.some(({ current }) => !current) ?? false
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('intro')}
        actions={
          hasOthers && (
            <Button variant="default" onClick={() => setIsLeavingOthers(true)}>
              {t('elsewhere')}
            </Button>
          )
        }
      />
      <Stack gap="lg">
        {!data && (error ? <Failed error={error} retry={() => void refetch()} /> : <Loading />)}
        {data && <SessionsTable sessions={data.items} onEnd={setEnded} />}
        {data && !hasOthers && (
          <Text size="sm" c="dimmed">
            {t('nowhereElse')}
          </Text>
        )}
        {hasPassword && (
          <Suspense fallback={<Loading />}>
            <PasswordForm />
          </Suspense>
        )}
      </Stack>
      <DialogSlot>
        {ended && <EndSessionDialog session={ended} onClose={() => setEnded(undefined)} />}
        {isLeavingOthers && <SignOutElsewhereDialog onClose={() => setIsLeavingOthers(false)} />}
      </DialogSlot>
    </>
  )
}
