import { Button, Stack, Text } from '@mantine/core'
import { useEffect, useEffectEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { $api, client } from '../../api/client.ts'
import { whenSignedInAgain } from '../../api/signed-in-again.ts'
import { Icon } from '../ui/icon.tsx'

interface AskProviderProps {
  /** There is a password field above it. */
  isSecond?: boolean
  /** Once the session is fresh. */
  onDone: () => void
}

const startAddress = `/auth/oidc/start?${new URLSearchParams({ fresh: '1', next: '/signed-in-again' })}`

/** Leads to the identity provider in a tab of its own, so that what was begun here stays, and hears when that is done. */
export function AskProvider({ isSecond = false, onDone }: AskProviderProps) {
  const { t } = useTranslation('providers')
  const [isOpened, setIsOpened] = useState(false)
  const { data } = $api.useQuery('get', '/session/options')
  const name = data?.provider?.name ?? '…'

  const look = useEffectEvent(async () => {
    const { data: me } = await client.GET('/me')
    if (me?.fresh) onDone()
  })
  useEffect(() => whenSignedInAgain(() => void look().catch(() => undefined)), [])

  return (
    <Stack gap="xs" align="flex-start">
      <Text size="sm">{t(isSecond ? 'fresh.textBoth' : 'fresh.text', { name })}</Text>
      <Button
        component="a"
        href={startAddress}
        target="_blank"
        rel="noopener"
        variant={isSecond ? 'default' : 'filled'}
        rightSection={<Icon name="external" size={16} />}
        onClick={() => setIsOpened(true)}
        data-autofocus={!isSecond}
      >
        {t('fresh.open', { name })}
      </Button>
      <Text size="sm" c="dimmed" role="status">
        {isOpened && t('fresh.waiting')}
      </Text>
    </Stack>
  )
}
